package import ColophonCore

/// The notebook that a version was registered from: what it takes to run it again.
package struct VersionSource: Codable, Hashable, Sendable {
  /// From the project's root.
  package var path: String
  package var title: String
  package var text: String
  package var parameters: [String: Value]
  package var seed: UInt64
  /// The register cell.
  package var cell: String

  package init(
    path: String,
    title: String,
    text: String,
    parameters: [String: Value],
    seed: UInt64,
    cell: String
  ) {
    self.path = path
    self.title = title
    self.text = text
    self.parameters = parameters
    self.seed = seed
    self.cell = cell
  }

  func document() throws -> String { try Value(encoding: self).canonicalText }

  init(document text: String) throws { self = try Value(json: text.utf8).decode() }
}
