import ColophonCore
import ColophonLineage
import ColophonRegistry

/// Versions and events as the terminal and scripts read them.
enum RegistryPages {
  static func text(_ version: RegisteredVersion) -> String {
    let content = version.content
    var rows = [
      ["version", version.name], ["status", version.status.rawValue],
      ["aliases", version.aliases.joined(separator: ", ")],
      ["content", "sha256:" + version.digest],
      ["model", "\(content.modelDigest?.description ?? "") of '\(content.model)'"],
      ["notebook", "\(version.source.path), cell '\(version.source.cell)'"],
      ["promise", content.reproducibility.rawValue], ["engine", content.engine],
      ["description", content.card.description ?? ""],
      ["intended use", content.card.intendedUse ?? ""],
      ["limitations", content.card.limitations ?? ""],
      ["gate", version.decision.reason],
    ]
    rows += version.withdrawn.map { ["withdrawn", "\($0.node): \($0.reason)"] }
    rows.removeAll { $0[1].isEmpty }
    var text = TextTable.text(rows)
    if !version.decision.conditions.isEmpty {
      text += "\nconditions\n"
      text += TextTable.text(
        version.decision.conditions.map { condition in
          let readings = condition.readings.sorted { $0.key < $1.key }
            .map { "\($0.key) = \($0.value)" }
          return [
            "  " + condition.list, condition.text, condition.holds ? "holds" : "does not hold",
            readings.joined(separator: ", "),
          ]
        }
      )
    }
    for (title, readings) in [
      ("metrics", content.readings.filter { $0.isMetric && !$0.isOfSlice }),
      ("slices", content.readings.filter { $0.isMetric && $0.isOfSlice }),
      ("tests", content.readings.filter { isOutcome($0) }),
    ] where !readings.isEmpty {
      text += "\n\(title)\n"
      text += TextTable.text(
        readings.map { ["  " + $0.cell, $0.path, words($0.value, $0.interval)] }
      )
    }
    text += "\nevidence\n"
    text += TextTable.text(
      content.cells.map { node in
        [
          "  " + node.name, node.kind, node.stamp.short,
          (node.inputs.keys.sorted() + node.files.keys.sorted()).joined(separator: ", "),
        ]
      }
    )
    return text + "\nhistory\n" + self.text(version.events)
  }

  /// Whether a reading says how a test between models ended.
  private static func isOutcome(_ reading: EvidenceReading) -> Bool {
    reading.kind == EvidenceReading.testKind && EvidenceReading.outcomes.contains(reading.path)
  }

  /// A value, and its interval in brackets.
  static func words(_ value: Value?, _ interval: [Double]?) -> String {
    guard let value else { return "–" }
    let ends = interval.map { ends in
      " [\(DecimalText.general(ends[0], digits: 4)), \(DecimalText.general(ends[1], digits: 4))]"
    }
    return NumberFormat.standard(value) + (ends ?? "")
  }

  /// A version's line in a list, with the values of some paths.
  static func row(_ line: VersionLine, values paths: [String] = []) -> [String] {
    [
      "\(line.group)@\(line.number)", line.status.rawValue, line.aliases.joined(separator: " "),
      String(line.model.prefix(8)),
    ] + paths.map { words(line.values[$0], nil) } + [line.isWithdrawn ? "withdrawn data" : ""]
  }

  /// A line for each event: when, who (and by which key), what, why.
  static func text(_ events: [RegistryEvent]) -> String {
    TextTable.text(
      events.map { event in
        [
          "  " + String(event.sequence), Moment(milliseconds: event.time).short,
          event.actor + (event.key.isEmpty ? "" : ", key \(event.key.prefix(8))"),
          event.summary, event.reason,
        ]
      }
    )
  }

  static func value(_ version: RegisteredVersion) -> Value {
    var members: [String: Value] = [
      "group": .string(version.group), "version": .integer(version.number),
      "status": .string(version.status.rawValue),
      "aliases": .array(version.aliases.map { .string($0) }),
      "digest": .string("sha256:" + version.digest),
      "model": version.content.modelDigest.map { .string($0.description) } ?? .null,
      "notebook": .string(version.source.path), "cell": .string(version.source.cell),
      "reproducibility": .string(version.content.reproducibility.rawValue),
      "events": .array(version.events.map { $0.value }),
    ]
    if !version.withdrawn.isEmpty {
      members["withdrawn"] = .array(version.withdrawn.map { $0.value })
    }
    members["content"] = try? Value(encoding: version.content)
    members["decision"] = try? Value(encoding: version.decision)
    return .object(members)
  }
}
