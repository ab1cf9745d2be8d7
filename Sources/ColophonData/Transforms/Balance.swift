package import ColophonCore

/// Makes the classes count alike in training, by weights or by rows.
///
/// `class_weight` gives each training row the weight W / (K · W_c), W being the training rows'
/// weight, K the number of classes and W_c the class's weight (scikit-learn's `balanced`), times
/// the weight it had; other rows keep theirs. `oversample` repeats training rows, drawn with
/// replacement, until every class has as many as the largest; `undersample` leaves out training
/// rows until every class has as few as the smallest. Validation rows, test rows and later data
/// stay as they are.
package struct Balance: Transform {
  package static let name = "balance"
  package static let summary = "Classes that count alike in training."
  /// The column of weights where the data has none.
  package static let weightColumn = "class_weight"

  package var method: Balanced.Method

  package init(reading fields: inout FieldReader) {
    let choices = Balanced.Method.allCases.map { $0.rawValue }
    let word = fields.choice("method", of: choices, required: true, "How classes are balanced.")
    method = word.flatMap { Balanced.Method(rawValue: $0.value) } ?? .classWeight
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    if method == .classWeight, preview.weight == nil {
      preview.append([Balance.weightColumn])
      preview.weight = Balance.weightColumn
    }
    let task = preview.task.flatMap { Task(rawValue: $0) }
    return task?.isClassification == false || preview.target == nil ? [.balanceNeedsClasses] : []
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> Balanced {
    let dataset = training.dataset
    guard case .classes(let labels)? = dataset.labels(of: training.rows) else {
      throw DataFaults(.balanceNeedsClasses)
    }
    var sums = [Double](repeating: 0, count: dataset.classes.count)
    var rows = [Int](repeating: 0, count: dataset.classes.count)
    for (label, weight) in zip(labels, training.weights) where label >= 0 {
      sums[Int(label)] += weight
      rows[Int(label)] += 1
    }
    let present = sums.filter { $0 > 0 }.count
    let total = sums.reduce(0, +)
    let classes = dataset.classes.indices.filter { rows[$0] > 0 }.map { place in
      Balanced.Class(
        label: dataset.classes[place],
        rows: rows[place],
        weight: total / (Double(present) * sums[place])
      )
    }
    return Balanced(method: method, classes: classes)
  }

  package func resample(
    _ dataset: Dataset,
    drawing random: inout RandomStream
  ) throws(DataFaults) -> Dataset {
    let training = FittingRows(dataset)
    switch method {
    case .classWeight: return try weighted(dataset, try fit(training))
    case .oversample: return dataset.taking(oversampled(dataset, training, &random))
    case .undersample: return dataset.taking(undersampled(dataset, training, &random))
    }
  }

  private func weighted(_ dataset: Dataset, _ fitted: Balanced) throws(DataFaults) -> Dataset {
    var made = dataset
    let all = Array(0..<dataset.table.rowCount)
    var weights = dataset.weights(of: all) ?? all.map { _ in 1 }
    let byLabel = dataset.classes.map { label in
      fitted.classes.first { $0.label == label }?.weight ?? 1
    }
    guard case .classes(let labels)? = dataset.labels(of: all) else { return dataset }
    for row in all where dataset.splits[row] == .train && labels[row] >= 0 {
      weights[row] *= byLabel[Int(labels[row])]
    }
    if let name = dataset.weight {
      made.replace(name, with: weights)
    } else {
      let name = Balance.weightColumn
      try made.append([Column(name: name, type: .numeric, storage: .numbers(weights))])
      made.weight = name
    }
    return made
  }

  /// The training rows of each class, in the classes' order.
  private func members(_ dataset: Dataset, _ training: FittingRows) -> [[Int]] {
    var members = [[Int]](repeating: [], count: dataset.classes.count)
    guard case .classes(let labels)? = dataset.labels(of: training.rows) else { return members }
    for (row, label) in zip(training.rows, labels) where label >= 0 {
      members[Int(label)].append(row)
    }
    return members.filter { !$0.isEmpty }
  }

  /// All rows in their order, then the drawn ones, class by class.
  private func oversampled(
    _ dataset: Dataset,
    _ training: FittingRows,
    _ random: inout RandomStream
  ) -> [Int] {
    let members = members(dataset, training)
    let most = members.map { $0.count }.max() ?? 0
    var rows = Array(0..<dataset.table.rowCount)
    for member in members {
      for _ in member.count..<most { rows.append(member[random.integer(below: member.count)]) }
    }
    return rows
  }

  private func undersampled(
    _ dataset: Dataset,
    _ training: FittingRows,
    _ random: inout RandomStream
  ) -> [Int] {
    let members = members(dataset, training)
    let least = members.map { $0.count }.min() ?? 0
    var dropped: Set<Int> = []
    for member in members {
      let order = random.permutation(member.count)
      dropped.formUnion(order[least...].map { member[$0] })
    }
    return (0..<dataset.table.rowCount).filter { !dropped.contains($0) }
  }
}

/// How the classes of the training rows were balanced; later data stays as it is.
package struct Balanced: FittedTransform {
  package enum Method: String, Codable, Hashable, Sendable, CaseIterable {
    case classWeight = "class_weight"
    case oversample
    case undersample
  }

  package static let name = Balance.name

  /// One class as it was before.
  package struct Class: Codable, Hashable, Sendable {
    package var label: String
    /// Its training rows.
    package var rows: Int
    /// What a row of weight 1 is to weigh.
    package var weight: Double
  }

  package var method: Method
  package var classes: [Class]

  package var learned: [String: Value] {
    var values: [String: Value] = [
      "rows": .byColumn(classes.map { ($0.label, .integer($0.rows)) })
    ]
    if method == .classWeight {
      values["weight"] = .byColumn(classes.map { ($0.label, .number($0.weight)) })
    }
    return values
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset { dataset }
}
