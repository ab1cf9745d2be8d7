import ColophonCore

/// Findings as SARIF 2.1.0 (OASIS, 2020), which code hosts and editors read.
enum SARIF {
  static func log(_ findings: [Diagnostic]) -> Value {
    let codes = Set(findings.map { $0.code.description }).sorted()
    let driver: Value = [
      "name": "colophon",
      "version": .string(Version.number),
      "rules": .array(codes.map { ["id": .string($0)] }),
    ]
    let run: Value = [
      "tool": ["driver": driver],
      "results": .array(findings.map { result($0) }),
    ]
    return ["version": "2.1.0", "runs": [run]]
  }

  private static func result(_ finding: Diagnostic) -> Value {
    let text = finding.message + (finding.hint.map { ". Hint: \($0)" } ?? "")
    let related = finding.notes.map { note -> Value in
      var place = location(note.position, length: 1).asObject ?? [:]
      place["message"] = ["text": .string(note.message)]
      return .object(place)
    }
    return [
      "ruleId": .string(finding.code.description),
      "level": finding.severity == .error ? "error" : "warning",
      "message": ["text": .string(text)],
      "locations": [location(finding.position, length: finding.length)],
      "relatedLocations": .array(related),
    ]
  }

  private static func location(_ place: SourcePosition, length: Int) -> Value {
    let region: Value = [
      "startLine": .integer(place.line),
      "startColumn": .integer(place.column),
      "endColumn": .integer(place.column + length),
    ]
    return [
      "physicalLocation": ["artifactLocation": ["uri": .string(place.path)], "region": region]
    ]
  }
}
