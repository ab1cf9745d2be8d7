package import ColophonCore
import ColophonReport

/// Prints rows of a dataset, or a list or map among the values, as a table.
package struct TableKind: CellKind {
  package static let name = "table"
  package static let summary = "Rows of a dataset, or values of a cell, as a table."

  private let source: ListingSource
  private let columns: [Located<String>]
  private let sort: Located<String>?
  private let limit: Int

  package init(reading fields: inout FieldReader) {
    source = ListingSource(reading: &fields)
    columns = fields.strings("columns", "The columns to print, in this order; all by default.")
    sort = fields.string(
      "sort",
      "The column to sort by, upward; with a '-' before it, downward. Missing stands last."
    )
    limit = fields.integer("limit", in: 1...10_000, default: 20, "How many rows are printed.")
  }

  package var values: [PathPattern] { ["rows", "shown"] }

  package func check(in survey: Survey) -> [Diagnostic] {
    var named = columns
    if let sort {
      let name = sortColumn(sort.value)
      named.append(
        Located(
          name,
          at: sort.position.advanced(by: sort.value.utf8.count - name.utf8.count)
        )
      )
    }
    return source.check(named, in: survey)
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    let names = columns.map { $0.value }
    let sortName = sort.map { sortColumn($0.value) }
    let needed = names.isEmpty ? nil : names + (sortName.map { [$0] } ?? [])
    let listing = try source.load(in: workshop, columns: needed)
    let shown =
      try names.isEmpty
      ? listing.columns
      : names.map { try ListingSource.column($0, of: listing, field: "columns") }
    var order = Array(0..<listing.rowCount)
    if let sortName, let sort {
      let column = try ListingSource.column(sortName, of: listing, field: "sort")
      order = TableKind.order(column.values, isDescending: sort.value.hasPrefix("-"))
    }
    let rows = order.prefix(limit)
    let isCut = rows.count < listing.rowCount
    let table = TableExhibit(
      caption: isCut
        ? "\(rows.count) of \(DecimalText.grouped(String(listing.rowCount))) rows" : nil,
      columns: shown.map { TableColumn($0.name, $0.isNumeric ? .numeric : .text) },
      rows: rows.map { row in shown.map { TableKind.cell($0.values[row]) } },
      rowHeaderColumn: shown.first?.isNumeric == false ? 0 : nil
    )
    return Outcome(
      values: ["rows": .integer(listing.rowCount), "shown": .integer(rows.count)],
      exhibits: [.table(table)]
    )
  }

  private func sortColumn(_ text: String) -> String {
    text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  /// The rows in the order of a column: numbers by size before texts by Unicode scalars, missing
  /// ones last, equal ones as they stand.
  static func order(_ values: [Value], isDescending: Bool) -> [Int] {
    values.indices.sorted { a, b in
      let (x, y) = (values[a], values[b])
      if isMissing(x) || isMissing(y) {
        return isMissing(x) == isMissing(y) ? a < b : isMissing(y)
      }
      if isBelow(x, y) { return !isDescending }
      if isBelow(y, x) { return isDescending }
      return a < b
    }
  }

  private static func isMissing(_ value: Value) -> Bool {
    value == .null || value.asNumber?.isNaN == true
  }

  private static func isBelow(_ a: Value, _ b: Value) -> Bool {
    switch (a.asNumber, b.asNumber) {
    case (let x?, let y?): x < y
    case (_?, nil): true
    case (nil, _?): false
    case (nil, nil): a.plainText.utf8.lexicographicallyPrecedes(b.plainText.utf8)
    }
  }

  private static func cell(_ value: Value) -> TableCell {
    switch value {
    case .null: .missing
    case .integer(let number): .number(Double(number), .raw)
    case .number(let number): number.isNaN ? .missing : .number(number, .general(6))
    default: .text(value.plainText)
    }
  }
}

extension Listing.Column {
  /// Whether every value that is there is a number, and there is one.
  var isNumeric: Bool {
    let present = values.filter { $0 != .null }
    return !present.isEmpty && present.allSatisfy { $0.asNumber != nil }
  }

  /// The numbers; NaN where there is none.
  var numbers: [Double] { values.map { $0.asNumber ?? .nan } }
}
