package import ColophonData

extension TrainedModel {
  /// Whether an algorithm may go on from the model on a dataset's training rows.
  ///
  /// Algorithm, task, target, classes and their order must be those of the model, and every column
  /// that the dataset offers as a feature must be one that the model knows, and the other way
  /// round; the types are checked when the rows are encoded.
  ///
  /// - Throws: The first `TrainingFault` of the code `train.incremental-or-transfer`.
  ///
  /// `toOtherTarget`: Whether only the features must be those of the model, as for a transfer.
  package func checkContinuation(
    of algorithm: any Algorithm,
    with dataset: Dataset,
    toOtherTarget: Bool = false
  ) throws {
    let type = Swift.type(of: algorithm)
    guard type.name == self.algorithm else {
      throw TrainingFault.otherAlgorithm(type.name, was: self.algorithm)
    }
    guard type.canContinue else { throw TrainingFault.cannotContinue(type.name) }
    if !toOtherTarget { try checkTarget(of: dataset) }
    let known = Set(encoding.parts.map { $0.column })
    let offered = Set(dataset.features.map { $0.name })
    let lacking = encoding.parts.map { $0.column }.filter { !offered.contains($0) }
    let added = dataset.features.map { $0.name }.filter { !known.contains($0) }
    if !lacking.isEmpty || !added.isEmpty {
      throw TrainingFault.otherColumns(lacking: lacking, added: added)
    }
    for column in dataset.features {
      guard let part = encoding.parts.first(where: { $0.column == column.name }) else { continue }
      if (part.levels == nil) != (column.numbers != nil) {
        throw TrainingFault.otherType(column.name, wasNumeric: part.levels == nil)
      }
    }
  }

  private func checkTarget(of dataset: Dataset) throws {
    guard dataset.target == target else {
      throw TrainingFault.otherTarget(dataset.target, was: target)
    }
    guard dataset.task == task else { throw TrainingFault.otherTask(dataset.task, was: task) }
    guard dataset.classes == classes else {
      throw TrainingFault.otherClasses(dataset.classes, was: classes)
    }
  }

  /// For each category column the values in some rows that the model has never seen, and in how
  /// many rows they stand; to the model they are unknown.
  package func unknownLevels(
    in dataset: Dataset,
    rows: [Int]
  ) -> [(column: String, levels: [String], rows: Int)] {
    encoding.parts.compactMap { part in
      guard let known = part.levels.map({ Set($0) }), let column = dataset.table[part.column]
      else { return nil }
      var levels: Set<String> = []
      var count = 0
      for row in rows {
        guard let level = column.text(row), !known.contains(level) else { continue }
        levels.insert(level)
        count += 1
      }
      return count == 0 ? nil : (part.column, levels.sorted(by: scalarOrder), count)
    }
  }
}
