package import ColophonCore

/// A table of results.
///
/// Rows shorter than the header are filled with empty cells; what is longer is not printed.
package struct TableExhibit: Codable, Hashable, Sendable {
  package var caption: String?
  package var columns: [TableColumn]
  package var rows: [[TableCell]]
  /// Whether a reader may sort the rows, where scripts run.
  package var isSortable: Bool
  /// The column whose cells name their rows.
  package var rowHeaderColumn: Int?
  /// How many rows stand open, the others being folded; nil shows all.
  package var visibleRows: Int?

  package init(
    caption: String? = nil,
    columns: [TableColumn],
    rows: [[TableCell]],
    isSortable: Bool = true,
    rowHeaderColumn: Int? = 0,
    visibleRows: Int? = nil
  ) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.isSortable = isSortable
    self.rowHeaderColumn = rowHeaderColumn
    self.visibleRows = visibleRows
  }
}

/// The head of a column.
package struct TableColumn: Codable, Hashable, Sendable {
  /// Texts start at the left; numbers end at the right, with digits of one width.
  package enum Alignment: String, Codable, Hashable, Sendable {
    case text
    case numeric
  }

  package var header: String
  /// The unit of the column's numbers, printed in the head instead of in each cell.
  package var unit: String?
  package var alignment: Alignment

  package init(_ header: String, unit: String? = nil, _ alignment: Alignment = .text) {
    self.header = header
    self.unit = unit
    self.alignment = alignment
  }
}

/// One cell of a table: what it says, and perhaps a word-sized picture beside it.
package struct TableCell: Codable, Hashable, Sendable {
  package enum Content: Codable, Hashable, Sendable {
    case text(String)
    /// Set in the fixed-width face: names, digests, expressions.
    case code(String)
    case number(Double, NumberFormat)
    /// Nothing is known: printed as a dash, sorted last.
    case missing
  }

  package var content: Content
  /// Heights of a sparkline, in order; not finite ones leave a gap.
  package var sparkline: [Double]?
  /// The length of a bar behind the cell, as a fraction of the column, from 0 to 1.
  package var bar: Double?

  package init(_ content: Content, sparkline: [Double]? = nil, bar: Double? = nil) {
    self.content = content
    self.sparkline = sparkline
    self.bar = bar
  }

  package static let missing = TableCell(.missing)

  package static func text(_ text: String) -> TableCell { TableCell(.text(text)) }

  package static func code(_ text: String) -> TableCell { TableCell(.code(text)) }

  /// A number, to four significant digits unless a format says otherwise.
  package static func number(
    _ number: Double,
    _ format: NumberFormat = .general(4),
    bar: Double? = nil
  ) -> TableCell { TableCell(.number(number, format), bar: bar) }

  /// A whole number, with commas between thousands.
  package static func count(_ count: Int) -> TableCell {
    TableCell(.number(Double(count), .thousands))
  }

  /// The shape of a distribution or of a series, in a word's room.
  package static func sparkline(_ heights: [Double], _ text: String = "") -> TableCell {
    TableCell(.text(text), sparkline: heights)
  }
}

extension TableCell: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = .text(value) }
}
