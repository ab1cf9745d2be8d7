/// The schema of a dataset as far as the head of its source and the recipes tell.
package struct DatasetPreview: Hashable, Sendable {
  /// Every column that is known, in the table's order.
  package var columns: [String]
  package var target: String?
  /// Where a recipe says it.
  package var task: String?
  /// The types that a recipe declares or a step makes.
  package var types: [String: ColumnType]
  package var weight: String?
  package var group: String?
  package var time: String?
  /// How the names begin of columns that only the data can number, such as `Contract=`; an empty
  /// text where any name may come.
  package var families: [String] = []

  package init(
    columns: [String],
    target: String?,
    task: String?,
    types: [String: ColumnType] = [:],
    weight: String? = nil,
    group: String? = nil,
    time: String? = nil
  ) {
    self.columns = columns
    self.target = target
    self.task = task
    self.types = types
    self.weight = weight
    self.group = group
    self.time = time
  }

  /// What a dataset's own preview would be, had everything been known.
  package init(_ dataset: Dataset) {
    self.init(
      columns: dataset.table.columns.map { $0.name },
      target: dataset.target,
      task: dataset.task.rawValue,
      types: Dictionary(dataset.table.columns.map { ($0.name, $0.type) }) { first, _ in first },
      weight: dataset.weight,
      group: dataset.group,
      time: dataset.time
    )
  }

  /// Whether a column of that name may be there.
  package func mayHave(_ name: String) -> Bool {
    columns.contains(name) || families.contains { name.hasPrefix($0) }
  }

  /// What a column is for, where it is no feature.
  package func role(of name: String) -> String? {
    switch name {
    case target: "target"
    case weight: "weight"
    case group: "group"
    case time: "time"
    default: nil
    }
  }

  /// Adds columns of numbers after the last one.
  package mutating func append(_ names: [String]) {
    columns += names.filter { !columns.contains($0) }
    for name in names { types[name] = .numeric }
  }

  /// Forgets a column.
  package mutating func remove(_ name: String) {
    columns.removeAll { $0 == name }
    types[name] = nil
  }
}
