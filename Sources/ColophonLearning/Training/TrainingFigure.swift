/// What an algorithm has to show of its work beyond metrics, as data: the cell that ran it draws.
package enum TrainingFigure: Hashable, Sendable {
  case curves(Curves)
  case table(Table)
  case grid(Grid)

  /// Numbers by round.
  package struct Curves: Hashable, Sendable {
    package var title: String
    /// One sentence that says what is to be seen.
    package var description: String
    /// What a step is, such as `round` or `members`; the first is 1.
    package var step: String
    package var unit: String
    /// Named series of one length; nil where there is no number.
    package var series: [Series]

    package init(title: String, description: String, step: String, unit: String, series: [Series]) {
      self.title = title
      self.description = description
      self.step = step
      self.unit = unit
      self.series = series
    }
  }

  package struct Series: Hashable, Sendable {
    package var name: String
    package var values: [Double?]

    package init(_ name: String, _ values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  /// Names and numbers in rows, the first column naming the row.
  package struct Table: Hashable, Sendable {
    package enum Entry: Hashable, Sendable {
      case name(String)
      case text(String)
      case count(Int)
      case number(Double?)
    }

    package var caption: String
    package var columns: [String]
    package var rows: [[Entry]]

    package init(caption: String, columns: [String], rows: [[Entry]]) {
      self.caption = caption
      self.columns = columns
      self.rows = rows
    }
  }

  /// Numbers for pairs of names.
  package struct Grid: Hashable, Sendable {
    package var title: String
    package var description: String
    package var rowTitle: String
    package var columnTitle: String
    package var rows: [String]
    package var columns: [String]
    /// By row, then column.
    package var values: [[Double?]]
    /// Whether the sign matters more than the size.
    package var isSigned: Bool

    package init(
      title: String,
      description: String,
      rowTitle: String,
      columnTitle: String,
      rows: [String],
      columns: [String],
      values: [[Double?]],
      isSigned: Bool = false
    ) {
      self.title = title
      self.description = description
      self.rowTitle = rowTitle
      self.columnTitle = columnTitle
      self.rows = rows
      self.columns = columns
      self.values = values
      self.isSigned = isSigned
    }
  }
}
