import ColophonCore

/// How a dataset's training rows are cross-validated.
package struct FoldRecipe: Hashable, Sendable {
  /// nil for what the dataset asks for: walking forward where it names a time column, whole groups
  /// where it names a group, stratified for classes, else at random.
  package var scheme: FoldScheme?
  /// How many folds; leave-one-out has as many as rows.
  package var count: Int
  /// Walking forward: how many rows before each held-out block are not learned from.
  package var gap: Int

  package init(scheme: FoldScheme? = nil, count: Int = 5, gap: Int = 0) {
    self.scheme = scheme
    self.count = count
    self.gap = gap
  }

  /// The scheme for a dataset of some columns and task.
  package func scheme(time: String?, group: String?, task: Task?) -> FoldScheme {
    if let scheme { return scheme }
    if time != nil || task == .forecasting { return .timeSeries }
    if group != nil { return .group }
    return task?.isClassification == true ? .stratified : .kfold
  }

  /// The folds of a dataset's training rows.
  ///
  /// The streams are keyed by `root` and the name of the `cell` that the rows belong to. Walking
  /// forward, rows of equal time stay in the table's order.
  ///
  /// - Throws: Faults that name the fields `folds`, `scheme` or `gap`.
  package func folds(
    of dataset: Dataset,
    root: UInt64,
    cell: String
  ) throws(DataFaults) -> [Fold] {
    let rows = dataset.rows(of: .train)
    let scheme = scheme(time: dataset.time, group: dataset.group, task: dataset.task)
    if scheme == .leaveOneOut {
      guard rows.count > 1 else { throw DataFaults(.foldRows(rows.count, needs: 2)) }
      return FoldDrawing.leaveOneOut(rows)
    }
    guard rows.count >= count else { throw DataFaults(.foldRows(rows.count, needs: count)) }
    let drawing = FoldDrawing(count: count, root: root, cell: cell)
    switch scheme {
    case .kfold, .leaveOneOut: return drawing.random(rows)
    case .stratified:
      guard dataset.task.isClassification, case .classes(let classes)? = dataset.labels(of: rows)
      else { throw DataFaults(.foldScheme(scheme, needs: "a target of classes")) }
      return drawing.stratified(rows, classes: classes)
    case .group:
      guard let groups = dataset.groups(of: rows) else {
        throw DataFaults(.foldScheme(scheme, needs: "a group column"))
      }
      let found = Set(groups).count
      guard found >= count else { throw DataFaults(.foldGroups(found, needs: count)) }
      return drawing.grouped(rows, groups: groups)
    case .timeSeries: return try forward(rows, dataset)
    }
  }

  private func forward(_ rows: [Int], _ dataset: Dataset) throws(DataFaults) -> [Fold] {
    guard let times = dataset.time.flatMap({ dataset.table[$0] })?.numbers else {
      throw DataFaults(.foldScheme(.timeSeries, needs: "a time column"))
    }
    let order = rows.sorted { (times[$0], $0) < (times[$1], $1) }
    guard let folds = FoldDrawing.walkForward(order, count: count, gap: gap) else {
      throw DataFaults(.foldGap(rows: rows.count, count: count, gap: gap))
    }
    return folds
  }
}
