/// What a dataset cell says about its file, apart from where the file is.
package struct DatasetRecipe: Hashable, Sendable {
  package var target: String?
  /// The label that counts as positive in a binary task; nil for the last in the levels' order.
  package var positive: String?
  /// nil to tell it by the target.
  package var task: Task?
  /// Declared types, which overrule what the values look like.
  package var columns: [String: ColumnType]
  /// The texts that are read as missing; an empty field always is.
  package var missing: [String]
  package var weight: String?
  package var group: String?
  package var time: String?
  package var split: SplitRecipe
  /// Whether a classification's rows may all be of one class: nothing to learn from, but predictions
  /// can still be looked at.
  package var allowsOneClass = false

  /// What is read as missing unless the cell says otherwise.
  package static let missingTexts = ["NA", "N/A", "NaN", "nan", "null", "NULL", "?"]

  package init(
    target: String? = nil,
    positive: String? = nil,
    task: Task? = nil,
    columns: [String: ColumnType] = [:],
    missing: [String] = DatasetRecipe.missingTexts,
    weight: String? = nil,
    group: String? = nil,
    time: String? = nil,
    split: SplitRecipe = .standard
  ) {
    self.target = target
    self.positive = positive
    self.task = task
    self.columns = columns
    self.missing = missing
    self.weight = weight
    self.group = group
    self.time = time
    self.split = split
  }

  /// What the recipe makes of columns that are known by name alone.
  package func preview(of names: [String]) -> DatasetPreview {
    var types = columns
    if case .column(let name) = split.method { types[name] = .ignore }
    return DatasetPreview(
      columns: names,
      target: target,
      task: task?.rawValue,
      types: types,
      weight: weight,
      group: group,
      time: time
    )
  }

  /// The columns that the recipe names and the fields that name them, in the reference's order.
  package var uses: [(field: String, column: String)] {
    var uses: [(field: String, column: String)] = []
    for (field, column) in [
      ("target", target), ("weight", weight), ("group", group), ("time", time),
    ] {
      if let column { uses.append((field, column)) }
    }
    uses += columns.keys.sorted(by: scalarOrder).map { ("columns.\($0)", $0) }
    if case .column(let column) = split.method { uses.append(("split.by", column)) }
    return uses
  }

  /// What the recipe says that a file with this header can't fulfil.
  package func faults(header: [String]) -> [DataFault] {
    var faults: [DataFault] = uses.filter { !header.contains($0.column) }.map {
      .unknownColumn($0.column, field: $0.field, known: header)
    }
    var roles: [String: String] = [:]
    for (field, column) in uses where !field.hasPrefix("columns.") {
      if let other = roles[column], column == target || field == "split.by" {
        faults.append(.twoRoles(column, other, field))
      }
      roles[column] = roles[column] ?? field
      if columns[column] == .ignore, field != "split.by" {
        faults.append(.ignoredRole(column, field: field))
      }
    }
    return faults + contradictions
  }

  /// What the recipe says that no file could fulfil.
  package var contradictions: [DataFault] {
    var faults = split.faults
    if target == nil {
      if let task, task != .clustering { faults.append(.taskNeeds(task, "a target")) }
      if split.method == .stratified { faults.append(.splitNeeds("stratified", "a target")) }
      if positive != nil { faults.append(.positiveWithoutTarget) }
    }
    if task == .ranking, group == nil {
      faults.append(.taskNeeds(.ranking, "a group (query) column"))
    }
    if task == .forecasting, time == nil {
      faults.append(.taskNeeds(.forecasting, "a time column"))
    }
    if split.method == .time, time == nil { faults.append(.splitNeeds("time", "a time column")) }
    if split.method == .group, group == nil {
      faults.append(.splitNeeds("group", "a group column"))
    }
    if positive != nil, let task, task != .binary, target != nil {
      faults.append(.positiveOfOtherTask(task))
    }
    return faults
  }
}
