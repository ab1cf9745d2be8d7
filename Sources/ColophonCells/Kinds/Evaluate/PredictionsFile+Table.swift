import ColophonCore
import ColophonData
import ColophonEvaluation

extension PredictionsFile {
  /// The field that names what a fault of the table is about.
  func field(of fault: DataFault) -> String {
    switch fault.field {
    case "weight": return "predictions.weight"
    case "group": return "predictions.query"
    case "target", "positive", "task": return "predictions.label"
    default: break
    }
    // A fault of a column's type names the column.
    let name = fault.field.hasPrefix("columns.") ? String(fault.field.dropFirst(8)) : ""
    return columns.filter { $0.value == name }.map { field(of: $0.key) }.min() ?? "predictions"
  }

  /// Every column that the cell names must be there, and ids must differ.
  func check(_ table: TextTable, _ slices: [String]) throws {
    let names =
      [label].compactMap { $0 } + predicted + [weight, query, id].compactMap { $0 }
      + forecast.named.map { $0.value } + slices
    let lacking = names.filter { !table.header.contains($0) }
    if let first = lacking.first {
      throw CellFailure(
        "'\(file)' has no column " + lacking.map { "'\($0)'" }.joined(separator: ", "),
        hint: Suggestion.hint(for: first, among: table.header),
        field: "predictions"
      )
    }
    if knownTask == .binary { try checkLabels(table) }
    try checkKeys(table)
    guard let id, let place = table.header.firstIndex(of: id) else { return }
    var seen: [String: Int] = [:]
    for row in 0..<table.rowCount {
      let text = table.text(row, place)
      if let before = seen.updateValue(row, forKey: text) {
        throw CellFailure(
          "the id '\(text)' in column '\(id)' stands in rows \(before + 1) and \(row + 1) of '\(file)'",
          field: "predictions.id"
        )
      }
    }
  }

  /// A binary task has two labels; the first row with a third is named.
  private func checkLabels(_ table: TextTable) throws {
    guard let label, let column = table.header.firstIndex(of: label) else { return }
    let parser = DecimalParser()
    var labels: [String] = []
    for row in 0..<table.rowCount {
      let text = table.text(row, column)
      if text.isEmpty || DatasetRecipe.missingTexts.contains(text) { continue }
      let name = parser.parse(text).map { shortestText($0) } ?? text
      if labels.contains(name) { continue }
      if labels.count == 2 {
        throw CellFailure(
          "row \(row + 1) of '\(file)': '\(text)' in column '\(label)' is a third label, beside "
            + "'\(labels[0])' and '\(labels[1])'",
          hint: "a score tells two labels apart; give several classes 'probabilities'",
          field: "predictions.label"
        )
      }
      labels.append(name)
    }
  }

  /// What rows belong together by must be there in each.
  private func checkKeys(_ table: TextTable) throws {
    let keys = [
      ("query", query), ("series", forecast.series?.value), ("time", forecast.time?.value),
    ]
    for (role, column) in keys {
      guard let column, let place = table.header.firstIndex(of: column) else { continue }
      let row = (0..<table.rowCount).first { row in
        let text = table.text(row, place)
        return text.isEmpty || DatasetRecipe.missingTexts.contains(text)
      }
      guard let row else { continue }
      throw CellFailure(
        "row \(row + 1) of '\(file)': the \(role) (column '\(column)') is missing",
        field: "predictions.\(role)"
      )
    }
  }
}
