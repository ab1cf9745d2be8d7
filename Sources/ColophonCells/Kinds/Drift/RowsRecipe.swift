import ColophonCore
import ColophonData

/// Rows of a dataset: a cell's name, or `{data: NAME, split: SPLIT}`.
struct RowsRecipe: Sendable {
  let cell: Located<String>
  /// Nil for all rows that are in a split.
  let split: Split?

  /// Nil where a finding was reported.
  init?(_ name: String, reading fields: inout FieldReader, _ documentation: String) {
    var blank = FieldReader()
    _ = RowsRecipe.section(&blank)
    let type = FieldType.union([.reference("dataset"), .section(blank.fields)])
    guard let node = fields.node(name, type, required: true, documentation) else { return nil }
    guard let entries = node.entries else {
      guard node.isScalar, node.content != .null else {
        fields.report(.wrongType(name, expected: "a dataset cell's name", found: node))
        return nil
      }
      cell = Located(node.text, at: node.position)
      split = nil
      fields.resolve(name, to: .string(cell.value))
      fields.use(cell: cell, to: ["dataset"], in: name)
      return
    }
    var reader = FieldReader(entries, context: "'\(name)'", at: node.position)
    let (data, part) = RowsRecipe.section(&reader)
    reader.finish()
    fields.absorb(reader)
    fields.resolve(name, to: .object(reader.configuration))
    guard let data else { return nil }
    cell = data
    split = part
  }

  private static func section(_ fields: inout FieldReader) -> (Located<String>?, Split?) {
    let data = fields.reference("data", to: ["dataset"], required: true, "The dataset cell.")
    let split = fields.choice(
      "split",
      of: Split.allCases.map { $0.rawValue } + ["all"],
      default: "all",
      "Which of its rows; `all` takes every row that is in a split."
    )
    return (data, Split(rawValue: split))
  }

  /// The dataset and the places of the rows.
  func load(_ field: String, in workshop: Workshop) throws -> (dataset: Dataset, rows: [Int]) {
    let dataset = try workshop.load(Dataset.self, from: cell.value)
    let rows = dataset.splits.indices.filter { row in
      split.map { dataset.splits[row] == $0 } ?? (dataset.splits[row] != nil)
    }
    if !rows.isEmpty { return (dataset, rows) }
    throw CellFailure("\(words) has no rows", field: field)
  }

  /// "the test split of 'churn'".
  var words: String { (split.map { "the \($0.rawValue) split of " } ?? "") + "'\(cell.value)'" }
}
