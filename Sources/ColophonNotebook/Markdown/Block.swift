package import ColophonCore

/// One block of a notebook's prose, with the place where it starts.
///
/// The tree is a plain value: no pointer of libcmark stays in it, and it is never nested deeper than
/// `MarkdownOptions.nesting`, so that walking it by recursion is safe.
package indirect enum Block: Hashable, Sendable {
  /// A heading; its anchor is unique in the document, lower case, without spaces.
  case heading(level: Int, anchor: String, content: [Inline], at: SourcePosition)
  case paragraph([Inline], at: SourcePosition)
  case list(MarkdownList, at: SourcePosition)
  case quote([Block], at: SourcePosition)
  /// A listing: fenced or indented code that is no cell. The text ends with a line feed.
  case code(info: String, text: String, at: SourcePosition)
  /// Raw HTML, to be shown as text and never passed through.
  case html(String, at: SourcePosition)
  case thematicBreak(at: SourcePosition)
  case table(PipeTable, at: SourcePosition)
  /// The place of a cell, by its index in `Notebook.cells`.
  case cell(Int)
}

/// A bulleted or numbered list.
package struct MarkdownList: Hashable, Sendable {
  /// The number of the first item; nil for bullets.
  package var start: Int?
  /// Whether its items' paragraphs are set without space between them.
  package var isTight: Bool
  package var items: [[Block]]
}

/// A pipe table; every row has as many cells as the head.
package struct PipeTable: Hashable, Sendable {
  package enum Alignment: String, Hashable, Sendable {
    case none, left, center, right
  }

  package var alignments: [Alignment]
  package var head: [[Inline]]
  package var rows: [[[Inline]]]
}

extension Block {
  /// The inline content that belongs to the block itself, not to blocks within it.
  package var inlines: [Inline] {
    switch self {
    case .heading(_, _, let content, _), .paragraph(let content, _): content
    case .table(let table, _): table.head.flatMap { $0 } + table.rows.flatMap { $0.flatMap { $0 } }
    default: []
    }
  }

  /// The blocks directly within this one.
  package var children: [Block] {
    switch self {
    case .quote(let blocks, _): blocks
    case .list(let list, _): list.items.flatMap { $0 }
    default: []
    }
  }

  /// Where the block starts; nil for a cell, which knows its own place.
  package var position: SourcePosition? {
    switch self {
    case .heading(_, _, _, let place), .paragraph(_, let place), .list(_, let place),
      .quote(_, let place), .code(_, _, let place), .html(_, let place), .thematicBreak(let place),
      .table(_, let place):
      place
    case .cell: nil
    }
  }
}
