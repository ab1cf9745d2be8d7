import Foundation
import Testing

/// The rows of a fixture file: a name, then numbers.
struct FixtureTable {
  struct Row: CustomTestStringConvertible, Sendable {
    var name: String
    var numbers: [Double]
    var testDescription: String { "\(name) \(numbers)" }
  }

  let rows: [Row]

  /// Reads `Tests/Fixtures/NAME`.
  init(_ name: String, file: String = #filePath) {
    var folder = URL(fileURLWithPath: file)
    while folder.lastPathComponent != "Tests", folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
    }
    let path = folder.appendingPathComponent("Fixtures").appendingPathComponent(name)
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    rows = text.split(separator: "\n").map { line in
      let parts = line.split(separator: ",")
      return Row(name: String(parts[0]), numbers: parts.dropFirst().compactMap { Double($0) })
    }
  }

  /// The rows of one name, which must be there.
  func rows(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) -> [Row] {
    let found = rows.filter { $0.name == name }
    #expect(!found.isEmpty, "no row '\(name)' in the fixture", sourceLocation: sourceLocation)
    return found
  }
}

/// The relative difference; the absolute one where zero is expected.
func relativeError(_ value: Double, _ expected: Double) -> Double {
  if value == expected || value.isNaN && expected.isNaN { return 0 }
  if value.isNaN || expected.isNaN { return .infinity }
  return expected == 0 ? abs(value) : abs((value - expected) / expected)
}

/// The largest relative error seen, and where.
struct WorstError: CustomStringConvertible {
  var error = 0.0
  var place = ""

  mutating func see(_ value: Double, _ expected: Double, at place: @autoclosure () -> String) {
    let error = relativeError(value, expected)
    guard error > self.error else { return }
    self.error = error
    self.place = "\(place()): \(value), expected \(expected)"
  }

  var description: String { "relative error \(error) at \(place)" }
}
