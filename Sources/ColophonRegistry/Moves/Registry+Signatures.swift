package import ColophonCore
import ColophonLineage
import GRDB

/// A version's signature as the journal keeps it.
package struct RegistrySignature: Sendable {
  package var signature: ModelSignature
  /// The document, as it was written.
  package var text: String
  package var event: RegistryEvent
}

extension RegisteredVersion {
  /// The files that a signature of the version is over: the model, and the evidence that it is
  /// named by.
  package var signedResources: [ModelSignature.Resource] {
    get throws {
      guard let model = content.modelDigest, let content = Digest(digest) else {
        throw RegistryRefusal(.incomplete, "\(name) names no model")
      }
      return [
        ModelSignature.Resource(RegisteredVersion.modelFile, model),
        ModelSignature.Resource(RegisteredVersion.evidenceFile, content),
      ]
    }
  }

  package static let modelFile = "model"
  package static let evidenceFile = "version.json"
}

extension Registry {
  /// Signs a version's model and evidence, and notes the signature.
  ///
  /// - Returns: The signature and its document.
  /// - Throws: `RegistryRefusal` where there is no such version, or the hand has no key.
  package func sign(_ name: VersionName, by hand: RegistryHand) throws -> RegistrySignature {
    let version = try show(name)
    guard let key = hand.key else {
      throw RegistryRefusal(
        .unknown,
        "\(hand.actor) has no key to sign with",
        hint: "make a pair with --new-key"
      )
    }
    let signature = try ModelSignature(
      "\(version.group)-\(version.number)",
      version.signedResources,
      with: key
    )
    let text = signature.value.indentedText
    let event = try writing(by: hand, attempt: RegistryEvent(.signed, group: version.group)) {
      ledger in
      var event = RegistryEvent(.signed, group: version.group)
      event.version = version.number
      event.new = key.publicKey.fingerprint
      event.bound = ModelSignature.root(signature.resources).hex
      event.detail = try ledger.keep(text)
      return try ledger.append(event)
    }
    return RegistrySignature(signature: signature, text: text, event: event)
  }

  /// The signatures of a version, in the journal's order.
  package func signatures(of version: RegisteredVersion) throws -> [RegistrySignature] {
    try version.events.filter { $0.kind == .signed }.map { event in
      let text = try document(event.detail)
      return RegistrySignature(
        signature: try ModelSignature(text: text),
        text: text,
        event: event
      )
    }
  }
}
