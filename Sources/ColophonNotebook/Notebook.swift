package import ColophonCore

/// A notebook as it was read: prose, cells and front matter, each with its place.
package struct Notebook: Sendable {
  /// The file as the user named it.
  package var path: String
  /// The front matter's title, else the first heading, else the file's name.
  package var title: String
  package var frontMatter: FrontMatter
  /// The values of the parameters, overrides applied.
  package var parameters: [String: Value]
  /// The document; each cell stands in it as `Block.cell(index)`.
  package var blocks: [Block]
  package var cells: [Cell]
  /// The prepared text, for excerpts beneath diagnostics and for the report's own copy.
  package var source: SourceText

  /// The root of every random stream.
  package var seed: UInt64 { frontMatter.seed }

  /// Every value written into abstract, prose and captions, in the order of the file.
  package var inlineValues: [InlineValue] {
    (frontMatter.abstract.values + blocks.values + cells.flatMap { $0.caption.values })
      .sorted { $0.position < $1.position }
  }

  /// The line that a diagnostic's excerpt shows.
  package func sourceLine(at position: SourcePosition) -> String? {
    position.path == path ? source.lineText(position.line) : nil
  }
}
