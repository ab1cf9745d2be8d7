package import ColophonCore

extension ManifestDiff {
  /// The sections that have something to say, each with its lines side by side in columns.
  package var text: String {
    let stamps = "\(StampWords(stamps.was)) \u{2192} \(StampWords(stamps.now))\n"
    if isEmpty { return "the two reports carry the same stamp: \(StampWords(self.stamps.was))\n" }
    let parts = Section.allCases.compactMap { section -> String? in
      let lines = lines(of: section)
      return lines.isEmpty ? nil : "\n\(section.rawValue)\n" + ManifestDiff.table(lines)
    }
    return stamps + parts.joined()
  }

  private static func table(_ lines: [Line]) -> String {
    let cells = lines.map { line in
      [
        "  " + line.path, line.was?.briefText ?? "\u{2013}", "\u{2192}",
        line.now?.briefText ?? "\u{2013}", line.step.map { "(\(signed($0)))" } ?? "",
      ]
    }
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { row in
      let padded = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - text.count)
      }
      var line = padded.joined(separator: " ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private static func signed(_ step: Double) -> String {
    (step < 0 ? "" : "+") + DecimalText.general(step, digits: 3)
  }

  /// The same with the same names, for scripts.
  package var value: Value {
    var members: [String: Value] = [
      "stamp": ["was": .string(stamps.was.description), "now": .string(stamps.now.description)]
    ]
    for section in Section.allCases {
      members[section.rawValue] = .array(lines(of: section).map { $0.value })
    }
    return .object(members)
  }
}

extension ManifestDiff.Line {
  fileprivate var value: Value {
    var members: [String: Value] = [
      "path": .string(path), "was": was ?? .null, "now": now ?? .null,
    ]
    if let step { members["step"] = .number(step) }
    return .object(members)
  }
}
