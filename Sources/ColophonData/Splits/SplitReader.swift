import ColophonCore

/// Chooses how a dataset is split and checks what came of it.
struct SplitReader {
  private let dataset: Dataset
  private let recipe: SplitRecipe
  private let drawing: SplitDrawing

  init(_ dataset: Dataset, _ recipe: SplitRecipe, root: UInt64, cell: String) {
    self.dataset = dataset
    self.recipe = recipe
    drawing = SplitDrawing(fractions: recipe.fractions, root: root, cell: cell)
  }

  /// The method: the recipe's, else by what the dataset names.
  private var method: SplitRecipe.Method {
    if let method = recipe.method { return method }
    if dataset.time != nil { return .time }
    if dataset.group != nil { return .group }
    return dataset.task.isClassification ? .stratified : .random
  }

  /// Each row's split; nil where its target is missing.
  func splits() throws(DataFaults) -> [Split?] {
    let splits = try draw()
    let rows = splits.count
    for (split, fraction) in zip(Split.allCases, recipe.fractions) where !splits.contains(split) {
      if case .column = method {
        if split == .train { throw DataFaults(.noTraining) }
      } else if fraction > 0 {
        throw DataFaults(.emptySplit(split, rows: rows))
      }
    }
    return splits
  }

  private func draw() throws(DataFaults) -> [Split?] {
    let target = dataset.targetColumn
    let rows = (0..<dataset.table.rowCount).filter { target?.isMissing($0) != true }
    switch method {
    case .random: return drawing.random(rows: rows, of: dataset.table.rowCount)
    case .stratified:
      guard case .categories(let codes, let levels)? = target?.storage else {
        throw DataFaults(.splitNeeds("stratified", "a target of classes"))
      }
      return drawing.stratified(classes: codes, count: levels.count)
    case .time:
      guard let times = dataset.time.flatMap({ dataset.table[$0] })?.numbers else {
        throw DataFaults(.splitNeeds("time", "a time column"))
      }
      // Series need not begin and end together: each has its own past and future.
      if dataset.task == .forecasting,
        let keys = dataset.group.flatMap({ dataset.table[$0] })?.keys
      {
        return drawing.time(times, rows: rows, ofSeries: keys.codes)
      }
      return drawing.time(times, rows: rows)
    case .group:
      guard let keys = dataset.group.flatMap({ dataset.table[$0] })?.keys else {
        throw DataFaults(.splitNeeds("group", "a group column"))
      }
      var codes = [Int32](repeating: -1, count: keys.codes.count)
      for row in rows { codes[row] = keys.codes[row] }
      return drawing.groups(codes, count: keys.count)
    case .column(let name): return try column(name, target)
    }
  }

  private func column(_ name: String, _ target: Column?) throws(DataFaults) -> [Split?] {
    guard let column = dataset.table[name] else { return [] }
    var faults: [DataFault] = []
    let splits = (0..<column.count).map { row -> Split? in
      guard let text = column.text(row) else { return nil }
      guard let split = Split(rawValue: text.lowercased()) else {
        if faults.count < TextTable.shown {
          faults.append(.splitValue(text, row: row + 1, column: name))
        }
        return nil
      }
      return target?.isMissing(row) == true ? nil : split
    }
    if !faults.isEmpty { throw DataFaults(faults) }
    return splits
  }
}
