/// Makes a dataset of a text table as its recipe says: types, task, classes, splits.
package struct DatasetReader {
  private let recipe: DatasetRecipe
  private var faults: [DataFault] = []

  /// Reads a table as a dataset.
  ///
  /// The splits' stream is keyed by `root` (the notebook's seed, or the cell's own) and the cell's
  /// name. All faults that can be found are thrown at once.
  package static func read(
    _ table: TextTable,
    _ recipe: DatasetRecipe,
    root: UInt64,
    cell: String
  ) throws(DataFaults) -> Dataset {
    var reader = DatasetReader(recipe: recipe)
    let faults = recipe.faults(header: table.header)
    if !faults.isEmpty { throw DataFaults(faults) }
    var dataset = reader.schema(table)
    reader.checkRoles(dataset)
    if !reader.faults.isEmpty { throw DataFaults(reader.faults) }
    dataset.splits = try SplitReader(dataset, recipe.split, root: root, cell: cell).splits()
    return dataset
  }

  private init(recipe: DatasetRecipe) { self.recipe = recipe }

  /// The dataset before its splits.
  private mutating func schema(_ table: TextTable) -> Dataset {
    var columns = ColumnReader(table, missing: recipe.missing)
    var made = columns.columns(
      declared: recipe.columns,
      categories: Set([recipe.target].compactMap { $0 })
    )
    faults += columns.faults
    if case .column(let name) = recipe.split.method {
      // The column that says the split must not become a feature.
      for i in made.indices where made[i].name == name { made[i].type = .ignore }
    }
    for i in made.indices where made[i].name == recipe.time && made[i].type == .numeric {
      made[i].type = .time
      made[i].isCalendar = false
    }
    var dataset = Dataset(
      table: Table(columns: made, rowCount: table.rowCount),
      task: .clustering,
      target: recipe.target,
      weight: recipe.weight,
      group: recipe.group,
      time: recipe.time,
      splits: []
    )
    if faults.isEmpty { settleTarget(&dataset) }
    return dataset
  }

  /// Decides task and classes, and puts the target into the form that the task asks for.
  private mutating func settleTarget(_ dataset: inout Dataset) {
    dataset.task = recipe.task ?? .clustering
    guard let name = recipe.target,
      let index = dataset.table.columns.firstIndex(where: { $0.name == name })
    else { return }
    var column = dataset.table.columns[index]
    if column.missingCount == column.count { return faults.append(.noLabels(name)) }
    if column.type == .time {
      return faults.append(.roleType(name, field: "target", needs: "numeric or a category"))
    }
    dataset.task = recipe.task ?? TargetRule.task(of: column)
    if dataset.task.isClassification || dataset.task == .clustering {
      column = TargetRule.classified(column)
    } else if column.numbers == nil {
      return faults.append(.roleType(name, field: "target", needs: "numeric"))
    }
    dataset.table.columns[index] = column
    if recipe.positive != nil, dataset.task != .binary {
      return faults.append(.positiveOfOtherTask(dataset.task))
    }
    if case .categories(_, let levels) = column.storage, dataset.task == .clustering {
      dataset.classes = levels
    }
    if dataset.task.isClassification { settleClasses(&dataset, column) }
  }

  private mutating func settleClasses(_ dataset: inout Dataset, _ column: Column) {
    guard case .categories(_, let levels) = column.storage else { return }
    dataset.classes = levels
    if levels.count == 1 {
      guard recipe.allowsOneClass else {
        return faults.append(.oneClass(column.name, label: levels[0]))
      }
      if dataset.task == .binary {
        dataset.classes = TargetRule.pair(levels[0], positive: recipe.positive)
      }
      return
    }
    if dataset.task == .binary, levels.count != 2 {
      return faults.append(.notBinary(column.name, classes: levels.count))
    }
    guard let positive = recipe.positive else { return }
    guard let place = levels.firstIndex(of: TargetRule.label(positive, among: levels)) else {
      return faults.append(.positiveUnknown(positive, classes: levels, target: column.name))
    }
    if place == 0 { dataset.classes = levels.reversed() }
  }

  private mutating func checkRoles(_ dataset: Dataset) {
    guard faults.isEmpty else { return }
    if let name = recipe.weight, let column = dataset.table[name] {
      checkWeights(column)
    }
    if let name = recipe.group, let column = dataset.table[name] {
      checkComplete(column, field: "group")
    }
    if let name = recipe.time, let column = dataset.table[name] {
      if column.numbers == nil {
        faults.append(.roleType(name, field: "time", needs: "a time or numeric"))
      } else {
        checkComplete(column, field: "time")
      }
    }
  }

  private mutating func checkWeights(_ column: Column) {
    guard column.type != .time, let weights = column.numbers else {
      return faults.append(.roleType(column.name, field: "weight", needs: "numeric"))
    }
    checkComplete(column, field: "weight")
    if let row = weights.firstIndex(where: { $0 < 0 }) {
      faults.append(.negativeWeight(column.name, row: row + 1, weight: weights[row]))
    }
  }

  private mutating func checkComplete(_ column: Column, field: String) {
    guard let row = (0..<column.count).first(where: { column.isMissing($0) }) else { return }
    faults.append(
      .missingRole(column.name, row: row + 1, count: column.missingCount, field: field)
    )
  }
}
