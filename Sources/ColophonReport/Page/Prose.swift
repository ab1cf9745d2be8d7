/// The author's text: what Markdown says, without its syntax.
package struct Prose: Hashable, Sendable {
  package var blocks: [Block]

  package init(_ blocks: [Block]) { self.blocks = blocks }

  /// One paragraph of plain text.
  package init(text: String) { blocks = [.paragraph([.text(text)])] }

  /// A part of the text that stands on its own lines.
  package indirect enum Block: Hashable, Sendable {
    /// A level from 1 to 6, the wanted anchor, and the number printed before the text.
    case heading(level: Int, anchor: String, number: String?, [Inline])
    case paragraph([Inline])
    /// The first number where the list is ordered, else nil. A tight list's items are set without
    /// space between them.
    case list(start: Int?, isTight: Bool, [[Block]])
    case quote([Block])
    /// Text in the fixed-width face; `yaml` is coloured.
    case listing(language: String?, String)
    case table(alignments: [Alignment], header: [[Inline]], rows: [[[Inline]]])
    case thematicBreak
    case image(Image)
    /// Raw HTML, shown as the text that it is.
    case html(String)
    case math(String)
    /// The notes at the end of the text; a note's number is its position, from 1.
    case footnotes([[Block]])
  }

  /// A part of a line.
  package indirect enum Inline: Hashable, Sendable {
    case text(String)
    case emphasis([Inline])
    case strong([Inline])
    case strikethrough([Inline])
    case code(String)
    case link([Inline], url: String, title: String?)
    case image(Image)
    case softBreak
    case hardBreak
    case html(String)
    case math(String)
    /// The number of a footnote, from 1.
    case footnote(Int)
    /// A value of a cell, linked to the cell; `path` is shown when a reader points at it.
    case value(String, anchor: String, path: String)
    /// A value that isn't there, and why.
    case missingValue(reason: String)
  }

  /// How a column of a table in prose is set.
  package enum Alignment: Hashable, Sendable {
    case none
    case left
    case center
    case right
  }

  package struct Image: Hashable, Sendable {
    /// The picture as a `data:image/…;base64,` address; nil where it couldn't be read.
    package var dataURI: String?
    /// What is printed instead where there is no picture.
    package var missing: String?
    package var alternative: String
    package var title: String?

    package init(
      dataURI: String?,
      missing: String? = nil,
      alternative: String,
      title: String? = nil
    ) {
      self.dataURI = dataURI
      self.missing = missing
      self.alternative = alternative
      self.title = title
    }
  }
}
