/// The last section: what the report rests on, and how to make it again.
package struct Colophon: Sendable {
  /// A cell's line in the table of stamps.
  package struct StampRow: Hashable, Sendable {
    package var name: String
    package var anchor: String?
    package var kind: String
    /// The short stamp; nil where the cell has none.
    package var stamp: String?
    /// What it was made from: cells and files.
    package var inputs: [String]
    package var stampClass: StampClass?

    package init(
      name: String,
      anchor: String? = nil,
      kind: String,
      stamp: String?,
      inputs: [String],
      stampClass: StampClass?
    ) {
      self.name = name
      self.anchor = anchor
      self.kind = kind
      self.stamp = stamp
      self.inputs = inputs
      self.stampClass = stampClass
    }
  }

  /// A file that was read.
  package struct File: Hashable, Sendable {
    /// Relative to the notebook.
    package var path: String
    /// The digest, in full or short.
    package var digest: String

    package init(path: String, digest: String) {
      self.path = path
      self.digest = digest
    }
  }

  /// Such as `0.1.0`.
  package var engineVersion: String
  package var notebook: File
  package var data: [File] = []
  /// Names and versions.
  package var libraries: [Fact] = []
  package var stampClass: StampClass
  /// The report's stamp for reading aloud, such as `amber-finch-river`.
  package var stampWords: String
  /// The report's stamp in full.
  package var stamp: String
  package var command: String
  package var graph: GraphChart?
  package var stamps: [StampRow] = []
  /// The notebook's source, printed folded with its lines numbered; nil prints none.
  package var source: String?

  package init(
    engineVersion: String,
    notebook: File,
    stampClass: StampClass,
    stampWords: String,
    stamp: String,
    command: String
  ) {
    self.engineVersion = engineVersion
    self.notebook = notebook
    self.stampClass = stampClass
    self.stampWords = stampWords
    self.stamp = stamp
    self.command = command
  }
}
