package import ColophonCore

/// A payload with a signature over it and its type.
///
/// - SeeAlso: "DSSE: Dead Simple Signing Envelope", version 1, protocol section 2.
package struct DSSEEnvelope: Hashable, Sendable {
  package static let inTotoType = "application/vnd.in-toto+json"

  package var payload: [UInt8]
  package var payloadType: String
  /// DER, as hexadecimal digits.
  package var signature: String

  /// Signs a payload.
  package init(signing payload: [UInt8], type: String = inTotoType, with key: RegistryKey) throws {
    self.payload = payload
    payloadType = type
    signature = try key.sign(bytes: DSSEEnvelope.signedBytes(payload, type: type))
  }

  /// Reads an envelope; nil where a member is missing or of another kind.
  package init?(_ value: Value) {
    guard let payload = value["payload"]?.asString.flatMap({ Base64Text.decode($0) }),
      let type = value["payloadType"]?.asString,
      let signatures = value["signatures"]?.asArray, signatures.count == 1,
      let signature = signatures[0]["sig"]?.asString.flatMap({ Base64Text.decode($0) })
    else { return nil }
    self.payload = payload
    payloadType = type
    self.signature = RegistryPublicKey.hex(signature)
  }

  /// What a signature is over: `DSSEv1`, then type and payload, each after its length.
  static func signedBytes(_ payload: [UInt8], type: String) -> [UInt8] {
    Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }

  package func isSigned(by key: RegistryPublicKey) -> Bool {
    key.verifies(signature, over: DSSEEnvelope.signedBytes(payload, type: payloadType))
  }

  package var value: Value {
    [
      "payload": .string(Base64Text.encode(payload)), "payloadType": .string(payloadType),
      "signatures": [
        [
          "keyid": "",
          "sig": .string(Base64Text.encode(RegistryPublicKey.bytes(signature) ?? [])),
        ]
      ],
    ]
  }
}
