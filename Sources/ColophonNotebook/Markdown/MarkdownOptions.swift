/// What Markdown gains over plain CommonMark.
package struct MarkdownOptions: Hashable, Sendable {
  /// Whether pipe tables are read.
  package var tables: Bool
  /// Whether code spans that start with `=` are values.
  package var values: Bool
  /// Whether links keep to safe schemes and images to relative files.
  package var checksDestinations: Bool
  /// Whether fences are cells, and must be closed.
  package var cells: Bool
  /// How deep blocks, and inlines within a block, may be nested.
  package var nesting = 100

  /// What a notebook's prose may use.
  package static let notebook = MarkdownOptions(
    tables: true,
    values: true,
    checksDestinations: true,
    cells: true
  )

  /// What a caption or an abstract may use: everything but cells.
  package static let caption = MarkdownOptions(
    tables: true,
    values: true,
    checksDestinations: true,
    cells: false
  )

  /// CommonMark 0.30 as the specification has it.
  package static let plain = MarkdownOptions(
    tables: false,
    values: false,
    checksDestinations: false,
    cells: false
  )
}
