import ColophonCore
import Foundation
import Testing

/// The expected values that Tests/Fixtures/make/metrics.py wrote.
enum Fixture {
  static func section(_ names: String..., file: String = #filePath) throws -> [String: Value] {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let url = folder.appendingPathComponent("Fixtures/metrics.json")
    var value = try Value(json: Array(try Data(contentsOf: url)))
    for name in names { value = try #require(value[name]) }
    return try #require(value.asObject)
  }
}

/// Both are computed in another order of sums, so the last digits differ; twelve must agree.
let twelveDigits = 1e-12

/// Whether two values agree, relative to their size where that is above 1.
func agree(_ a: Double?, _ b: Double?, within tolerance: Double = twelveDigits) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return a == b || (a - b).magnitude <= tolerance * max(1, a.magnitude, b.magnitude)
}
