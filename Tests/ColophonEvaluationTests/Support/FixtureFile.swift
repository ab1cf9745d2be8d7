import ColophonCore
import Foundation
import Testing

/// A file of expected values in Tests/Fixtures.
enum FixtureFile {
  static func value(_ name: String, file: String = #filePath) throws -> Value {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try Value(
      json: Array(try Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name)")))
    )
  }

  /// The members of a list in a file.
  static func list(_ name: String, _ member: String) throws -> [Value] {
    try #require(try value(name)[member]?.asArray)
  }
}

extension Value {
  /// A number, or nil where there is null or nothing.
  func number(_ name: String) -> Double? { self[name]?.asNumber }

  /// A number that must be there.
  func needed(_ name: String) throws -> Double { try #require(number(name), "\(name)") }
}
