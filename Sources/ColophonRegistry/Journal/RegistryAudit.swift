package import ColophonCore

/// What a look at the whole journal found.
package struct RegistryAudit: Hashable, Sendable {
  package var events = 0
  package var groups = 0
  package var versions = 0
  package var documents = 0
  /// The digest of the last event, which stands for all of them.
  package var head = RegistryEvent.start
  /// Whether the tables of metrics and ancestors were made again and compared too.
  package var comparedSearch = false
  package var findings: [RegistryFinding] = []

  package init() {}

  package var isSound: Bool { findings.isEmpty }

  /// What it says, in lines.
  package var text: String {
    var text = findings.map { "\($0)\n" }.joined()
    let counts =
      "\(counted(events, "event")), \(counted(versions, "version")) in "
      + "\(counted(groups, "group")), \(counted(documents, "document"))"
    text +=
      isSound
      ? "the journal is whole: \(counts)\n" : "\(counted(findings.count, "finding")) in \(counts)\n"
    if !comparedSearch {
      text += "the tables of metrics and ancestors were not compared; --full does that\n"
    }
    return text + "head \(head)\n"
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// The same with the same names, for scripts.
  package var value: Value {
    [
      "sound": .boolean(isSound), "events": .integer(events), "groups": .integer(groups),
      "versions": .integer(versions), "documents": .integer(documents), "head": .string(head),
      "full": .boolean(comparedSearch),
      "findings": .array(findings.map { .string($0.description) }),
    ]
  }
}
