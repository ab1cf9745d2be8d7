import ColophonCore
import Foundation
import Testing

/// The expected values that the scripts in Tests/Fixtures/make wrote.
enum Fixture {
  static func section(_ names: String...) throws -> [String: Value] {
    try #require(try value(in: "metrics.json", names).asObject)
  }

  /// A part of a file of expected values.
  static func value(in file: String, _ names: [String], beside here: String = #filePath) throws
    -> Value
  {
    let folder = URL(fileURLWithPath: here).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let url = folder.appendingPathComponent("Fixtures/\(file)")
    var value = try Value(json: Array(try Data(contentsOf: url)))
    for name in names { value = try #require(value[name]) }
    return value
  }
}

/// Both are computed in another order of sums, so the last digits differ; twelve must agree.
let twelveDigits = 1e-12

/// Whether two values agree, relative to their size where that is above 1.
func agree(_ a: Double?, _ b: Double?, within tolerance: Double = twelveDigits) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return a == b || (a - b).magnitude <= tolerance * max(1, a.magnitude, b.magnitude)
}
