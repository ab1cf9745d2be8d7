package import ColophonCore

/// A signature over the files of a model's folder, as the OpenSSF's client makes and checks it: a
/// Sigstore bundle with a public key's digest in place of a certificate.
///
/// - SeeAlso: OpenSSF, "Model Signing", version 1.0; the Sigstore bundle format v0.3.
package struct ModelSignature: Hashable, Sendable {
  /// A file of the folder.
  package struct Resource: Hashable, Sendable {
    package var name: String
    package var digest: Digest

    package init(_ name: String, _ digest: Digest) {
      self.name = name
      self.digest = digest
    }
  }

  /// Why a signature is not good, in a sentence.
  package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  static let mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json"
  static let predicateType = "https://model_signing/signature/v1.0"

  package var envelope: DSSEEnvelope
  /// SHA-256 of the public key's PEM text, in hexadecimal digits.
  package var hint: String
  package var name: String
  package var resources: [Resource]

  /// Signs a folder's files.
  ///
  /// - Parameters:
  ///   - name: The folder's name, without its path.
  ///   - resources: The files, in any order.
  ///   - key: A key on the curve P-256.
  /// - Throws: What the cryptography throws.
  package init(_ name: String, _ resources: [Resource], with key: RegistryKey) throws {
    self.name = name
    self.resources = resources.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let statement = ModelSignature.statement(name, self.resources)
    envelope = try DSSEEnvelope(signing: statement.canonicalBytes, with: key)
    hint = ModelSignature.hint(of: key.publicKey)
  }

  /// The digest that stands for all the files: of their digests' bytes, one after the other.
  package static func root(_ resources: [Resource]) -> Digest {
    Digest(of: resources.flatMap { $0.digest.bytes })
  }

  /// The client digests the PEM file as its writer ends it: with a line feed.
  static func hint(of key: RegistryPublicKey) -> String {
    Digest(of: (key.pem + "\n").utf8).hex
  }

  static func statement(_ name: String, _ resources: [Resource]) -> Value {
    [
      "_type": "https://in-toto.io/Statement/v1",
      "subject": [
        ["name": .string(name), "digest": ["sha256": .string(root(resources).hex)]]
      ],
      "predicateType": .string(predicateType),
      "predicate": [
        "resources": .array(
          resources.map {
            ["name": .string($0.name), "algorithm": "sha256", "digest": .string($0.digest.hex)]
          }
        ),
        "serialization": [
          "method": "files", "hash_type": "sha256", "allow_symlinks": false, "ignore_paths": [],
        ],
      ],
    ]
  }
}

extension ModelSignature {
  package var value: Value {
    [
      "mediaType": .string(ModelSignature.mediaType),
      "verificationMaterial": ["publicKey": ["hint": .string(hint)], "tlogEntries": []],
      "dsseEnvelope": envelope.value,
    ]
  }

  /// Reads a bundle as this program writes it.
  ///
  /// - Throws: `Problem`.
  package init(text: String) throws {
    guard let value = try? Value(json: text.utf8),
      value["mediaType"]?.asString == ModelSignature.mediaType,
      let hint = value["verificationMaterial"]?["publicKey"]?["hint"]?.asString,
      let envelope = value["dsseEnvelope"].flatMap({ DSSEEnvelope($0) })
    else { throw Problem(description: "the file is no signature with a public key") }
    guard let statement = try? Value(json: envelope.payload),
      statement["predicateType"]?.asString == ModelSignature.predicateType,
      let name = statement["subject"]?.asArray?.first?["name"]?.asString,
      let entries = statement["predicate"]?["resources"]?.asArray
    else { throw Problem(description: "the signature's statement is about no model") }
    let resources = entries.compactMap { entry -> Resource? in
      guard let name = entry["name"]?.asString, entry["algorithm"]?.asString == "sha256",
        let digest = entry["digest"]?.asString.flatMap({ Digest($0) })
      else { return nil }
      return Resource(name, digest)
    }
    guard resources.count == entries.count, !resources.isEmpty,
      statement["subject"]?.asArray?.first?["digest"]?["sha256"]?.asString
        == ModelSignature.root(resources).hex
    else { throw Problem(description: "the signature's statement does not agree with itself") }
    self.envelope = envelope
    self.hint = hint
    self.name = name
    self.resources = resources
  }

  /// Whether the signature says that it is this key's.
  package func isHinted(_ key: RegistryPublicKey) -> Bool { hint == ModelSignature.hint(of: key) }

  /// Checks who signed, and that the files are those that were signed.
  ///
  /// - Throws: `Problem`.
  package func check(_ files: [Resource], by key: RegistryPublicKey) throws {
    guard envelope.isSigned(by: key) else {
      throw Problem(description: "the signature is not one of the key \(key.fingerprint)")
    }
    let found = Dictionary(files.map { ($0.name, $0.digest) }) { _, last in last }
    for resource in resources {
      guard let digest = found[resource.name] else {
        throw Problem(description: "\(resource.name) is missing")
      }
      if digest != resource.digest {
        throw Problem(description: "\(resource.name) is not the file that was signed")
      }
    }
    let signed = Set(resources.map { $0.name })
    if let more = files.map({ $0.name }).filter({ !signed.contains($0) }).min() {
      throw Problem(description: "\(more) is not among the files that were signed")
    }
  }
}
