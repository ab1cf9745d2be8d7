package import ColophonCore

/// The machine-readable record that a report carries: everything that it takes to run the notebook
/// again and to compare what comes out.
package struct Manifest: Codable, Hashable, Sendable {
  /// The version of the record's layout.
  package static let currentFormat = "colophon/1"

  package struct Notebook: Codable, Hashable, Sendable {
    /// From the project's root.
    package var path: String
    package var digest: Digest
    package var title: String
    /// The notebook's text; carried by reports, left out of `output/NAME.json`.
    package var source: String?

    package init(path: String, digest: Digest, title: String, source: String?) {
      self.path = path
      self.digest = digest
      self.title = title
      self.source = source
    }
  }

  package struct Engine: Codable, Hashable, Sendable {
    package var version: String
    package var libraries: [String: String]

    package init(version: String, libraries: [String: String]) {
      self.version = version
      self.libraries = libraries
    }
  }

  package struct Advice: Codable, Hashable, Sendable {
    package var code: String
    package var message: String
    package var line: Int
    package var column: Int

    package init(code: String, message: String, line: Int, column: Int) {
      self.code = code
      self.message = message
      self.line = line
      self.column = column
    }

    package init(_ diagnostic: Diagnostic) {
      self.init(
        code: diagnostic.code.description,
        message: diagnostic.message,
        line: diagnostic.position.line,
        column: diagnostic.position.column
      )
    }
  }

  package let format: String
  package var notebook: Notebook
  package var parameters: [String: Value]
  package var seed: UInt64
  package var engine: Engine
  /// The content digest of every file that a cell read, by the path that the author wrote.
  package let data: [String: Digest]
  /// In document order.
  package let cells: [Cell]
  /// Advice on the notebook as a whole.
  package var advice: [Advice]
  package let stamp: Digest

  /// A record of a run; the data's digests and the report's stamp follow from the cells.
  package init(
    notebook: Notebook,
    parameters: [String: Value],
    seed: UInt64,
    engine: Engine,
    cells: [Cell],
    advice: [Advice] = []
  ) {
    format = Manifest.currentFormat
    self.notebook = notebook
    self.parameters = parameters
    self.seed = seed
    self.engine = engine
    self.cells = cells
    self.advice = advice
    data = cells.reduce(into: [:]) { $0.merge($1.files ?? [:]) { first, _ in first } }
    stamp = Manifest.stamp(of: notebook, cells).digest
  }

  /// The cell of a name.
  package subscript(cell name: String) -> Cell? { cells.first { $0.name == name } }

  static func stamp(of notebook: Notebook, _ cells: [Cell]) -> ReportStamp {
    ReportStamp(notebook: notebook.digest, cells: cells.compactMap { $0.stamp })
  }
}
