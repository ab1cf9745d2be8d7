package import ColophonCore

/// What a cell makes for other cells: bytes in the store, a value in memory.
package protocol Artifact: Sendable {
  /// What a reference calls it: `dataset`, `model`.
  static var artifactName: String { get }
  /// The canonical bytes; equal artifacts have equal bytes.
  func encodedArtifact() throws -> [UInt8]
  /// Reads the bytes back; throws where they were not written by this engine.
  static func decodedArtifact(_ bytes: [UInt8]) throws -> Self
}

/// Another cell, by name, that must make an artifact of this type.
package struct Reference<Made: Artifact>: Sendable {
  package var cell: Located<String>

  package init(_ cell: Located<String>) { self.cell = cell }
}

extension FieldReader {
  /// Another cell that makes the artifact; an edge of the plan.
  ///
  /// A required reference that is absent is reported, and nil is returned.
  package mutating func reference<Made: Artifact>(
    _ name: String,
    to made: Made.Type,
    required: Bool = false,
    _ documentation: String
  ) -> Reference<Made>? {
    reference(name, to: [made.artifactName], required: required, documentation).map {
      Reference($0)
    }
  }
}
