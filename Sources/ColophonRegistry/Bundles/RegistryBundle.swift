package import ColophonCore
import ColophonLineage

/// One version, carried elsewhere: its documents, its part of the journal, the model's bytes.
///
/// The text is canonical JSON, so the same version gives the same bytes, and what was imported is
/// exported again byte for byte.
package struct RegistryBundle: Hashable, Sendable {
  package static let currentFormat = "colophon-bundle/1"

  package var group: String
  package var number: Int
  /// The version's content, the gate's decision, the notebook, verdicts: by digest.
  package var documents: [String: String]
  /// What happened to the version, in order, as the registry of its origin chained it.
  package var events: [RegistryEvent]
  /// The model's bytes; empty where the store has them no more.
  package var model: [UInt8]

  package init(
    group: String,
    number: Int,
    documents: [String: String],
    events: [RegistryEvent],
    model: [UInt8]
  ) {
    self.group = group
    self.number = number
    self.documents = documents
    self.events = events
    self.model = model
  }

  package var bytes: [UInt8] {
    let value: Value = [
      "format": .string(RegistryBundle.currentFormat), "group": .string(group),
      "version": .integer(number), "documents": .object(documents.mapValues { .string($0) }),
      "events": .array(events.map { $0.value }),
      "model": .string(RegistryPublicKey.hex(model)),
    ]
    return value.canonicalBytes + [UInt8(ascii: "\n")]
  }

  /// Reads a bundle from anywhere; nothing in it is believed.
  ///
  /// - Throws: `RegistryRefusal` with what is wrong.
  package init(bytes: [UInt8]) throws {
    func refusal(_ message: String) -> RegistryRefusal { RegistryRefusal(.incomplete, message) }
    guard let value = try? Value(json: bytes),
      value["format"]?.asString == RegistryBundle.currentFormat
    else { throw refusal("the file is no bundle of this engine") }
    guard let group = value["group"]?.asString, RegistryNames.isName(group),
      let number = value["version"]?.asInteger, number > 0,
      let texts = value["documents"]?.asObject?.mapValues({ $0.asString ?? "" }),
      let items = value["events"]?.asArray,
      let model = value["model"]?.asString.flatMap({ RegistryPublicKey.bytes($0) })
    else { throw refusal("the bundle is malformed") }
    for (digest, text) in texts where Digest(of: text.utf8).hex != digest {
      throw refusal("the bundle's document \(digest.prefix(8)) is not the one that it names")
    }
    self.group = group
    self.number = number
    documents = texts
    events = try items.map { item in
      guard let event = RegistryEvent(item) else {
        throw refusal("an event in the bundle is not what its digest says")
      }
      return event
    }
    self.model = model
    guard self.bytes == bytes else { throw refusal("the bundle is not in its canonical form") }
    try check()
  }

  /// The registration, its content, decision and notebook.
  package func parts() throws -> (
    registered: RegistryEvent, content: VersionContent, decision: GateDecision,
    source: VersionSource
  ) {
    guard let first = events.first, first.kind == .registered,
      let content = documents[first.new], let decision = documents[first.bound],
      let source = documents[first.detail]
    else { throw RegistryRefusal(.incomplete, "the bundle lacks a part of its version") }
    return (
      first, try VersionContent(text: content), try GateDecision(text: decision),
      try VersionSource(document: source)
    )
  }

  private func check() throws {
    let parts = try parts()
    for event in events where event.group != group || event.version != number {
      throw RegistryRefusal(.incomplete, "event \(event.sequence) belongs to another version")
    }
    for (a, b) in zip(events, events.dropFirst()) where a.sequence >= b.sequence {
      throw RegistryRefusal(.incomplete, "the bundle's events are not in order")
    }
    if let gap = parts.content.gaps.first {
      throw RegistryRefusal(.incomplete, "the lineage is not closed: \(gap.message)")
    }
    if !model.isEmpty, Digest(of: model) != parts.content.modelDigest {
      throw RegistryRefusal(.incomplete, "the model's bytes are not those that the version names")
    }
  }
}
