package import ColophonCore
import Crypto

/// A person's private key, which signs events; ECDSA over P-256 with SHA-256.
package struct RegistryKey: Sendable {
  private let key: P256.Signing.PrivateKey

  /// A new key.
  package init() { key = P256.Signing.PrivateKey() }

  /// Reads a key's PEM; nil for anything else.
  package init?(pem: String) {
    guard let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) else { return nil }
    self.key = key
  }

  package var pem: String { key.pemRepresentation }

  package var publicKey: RegistryPublicKey { RegistryPublicKey(key.publicKey) }

  /// The signature over a text, DER, in hexadecimal digits.
  package func sign(_ text: String) throws -> String { try sign(bytes: Array(text.utf8)) }

  /// The signature over some bytes, DER, in hexadecimal digits.
  func sign(bytes: [UInt8]) throws -> String {
    RegistryPublicKey.hex(try key.signature(for: bytes).derRepresentation)
  }
}

/// The public half, which everybody may hold.
package struct RegistryPublicKey: Sendable {
  private let key: P256.Signing.PublicKey

  init(_ key: P256.Signing.PublicKey) { self.key = key }

  /// Reads a public key's PEM; nil for anything else.
  package init?(pem: String) {
    guard let key = try? P256.Signing.PublicKey(pemRepresentation: pem) else { return nil }
    self.key = key
  }

  /// Reads the raw 64 bytes in hexadecimal digits; nil for anything else.
  package init?(hex: String) {
    guard let bytes = RegistryPublicKey.bytes(hex),
      let key = try? P256.Signing.PublicKey(rawRepresentation: bytes)
    else { return nil }
    self.key = key
  }

  package var hex: String { RegistryPublicKey.hex(key.rawRepresentation) }

  package var pem: String { key.pemRepresentation }

  /// The name of the key: the first 16 digits of the digest of its raw bytes.
  package var fingerprint: String {
    String(Digest(of: Array(key.rawRepresentation)).hex.prefix(16))
  }

  /// Whether the signature is this key's over the text.
  package func verifies(_ signature: String, over text: String) -> Bool {
    verifies(signature, over: Array(text.utf8))
  }

  /// Whether the signature is this key's over some bytes.
  func verifies(_ signature: String, over bytes: [UInt8]) -> Bool {
    guard let der = RegistryPublicKey.bytes(signature),
      let read = try? P256.Signing.ECDSASignature(derRepresentation: der)
    else { return false }
    // One spelling for one signature, so that no byte of it can change unseen.
    return RegistryPublicKey.hex(read.derRepresentation) == signature
      && key.isValidSignature(read, for: bytes)
  }

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }

  static func bytes(_ hex: String) -> [UInt8]? {
    let digits = Array(hex.utf8)
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for i in stride(from: 0, to: digits.count, by: 2) {
      guard let high = nibble(digits[i]), let low = nibble(digits[i + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }
}
