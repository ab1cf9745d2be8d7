package import ColophonCore

/// Puts a value where one is missing.
///
/// A column's mean, median (the middle of the two middle numbers) or most frequent value (the
/// smallest of equally frequent ones) over the training rows, or a constant. As scikit-learn's
/// `SimpleImputer`, but that a column without any training value is an error.
package struct Impute: Transform {
  package enum Strategy: String, Codable, Hashable, Sendable, CaseIterable {
    case mean
    case median
    case mostFrequent = "most_frequent"
    case constant
  }

  package static let name = "impute"
  package static let summary = "A value where one is missing."
  /// What a category's missing value becomes unless the author says otherwise.
  package static let missingLevel = "missing_value"

  package var columns: ColumnChoice
  package var strategy: Strategy
  /// The constant: a number or a text.
  package var value: Value?
  package var indicator: Bool

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice(
      [.numeric, .category],
      "The columns to fill; by default all that the strategy can: numbers for mean and median, "
        + "categories too for the others."
    )
    let word = fields.choice(
      "strategy",
      of: Strategy.allCases.map { $0.rawValue },
      default: Strategy.mean.rawValue,
      "What is put in, learned from the training rows."
    )
    strategy = Strategy(rawValue: word) ?? .mean
    let node = fields.node(
      "value",
      .union([.number(.finite), .string]),
      "The constant of the strategy 'constant': a number for numeric columns, a text for "
        + "categories; 0 and 'missing_value' where none is given."
    )
    value = Impute.constant(node, strategy, &fields)
    indicator = fields.boolean(
      "indicator",
      default: false,
      "Whether a column missingindicator_NAME of 0 and 1 is added for each column that has missing "
        + "training values."
    )
  }

  private static func constant(
    _ node: Node?,
    _ strategy: Strategy,
    _ fields: inout FieldReader
  ) -> Value? {
    guard let node else { return nil }
    guard node.isScalar else {
      fields.report(.wrongType("value", expected: "a number or a text", found: node))
      return nil
    }
    if strategy != .constant { fields.report(.valueWithoutConstant(node)) }
    return node.value.asNumber.map { .number($0) } ?? .string(node.text)
  }

  /// The types that the strategy can fill, and of these the ones that the constant is for.
  private var types: [ColumnType] {
    switch (strategy, columns, value) {
    case (.mean, _, _), (.median, _, _): [.numeric]
    case (.constant, .all, .number?): [.numeric]
    case (.constant, .all, .string?): [.category]
    default: [.numeric, .category]
    }
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    if indicator {
      preview.families += columns.names(in: preview, of: types).map { Imputed.indicator(of: $0) }
    }
    return columns.faults(in: preview, of: types)
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> Imputed {
    var parts: [Imputed.Part] = []
    var faults: [DataFault] = []
    for place in try columns.places(in: training.dataset, of: types) {
      let column = training.dataset.table.columns[place]
      let isMissing = training.rows.contains { column.isMissing($0) }
      var part = Imputed.Part(column: column.name, hasIndicator: indicator && isMissing)
      switch column.storage {
      case .numbers(let values): part.number = number(training.present(values))
      case .categories(let codes, let levels):
        part.level = level(training.weights(of: codes, levels: levels.count), levels)
      default: break
      }
      if part.number == nil, part.level == nil {
        faults.append(value != nil ? .constantOfOtherType(column.name) : .nothingKnown(column.name))
      }
      parts.append(part)
    }
    if !faults.isEmpty { throw DataFaults(faults) }
    return Imputed(parts: parts)
  }

  private func number(_ numbers: [WeightedNumber]) -> Double? {
    if strategy == .constant { return value == nil ? 0 : value?.asNumber }
    guard !numbers.isEmpty else { return nil }
    switch strategy {
    case .mean: return numbers.mean
    case .median: return numbers.median
    case .mostFrequent, .constant: return mostFrequent(numbers)
    }
  }

  private func mostFrequent(_ numbers: [WeightedNumber]) -> Double? {
    var best: WeightedNumber?
    var run: WeightedNumber?
    for item in numbers.sorted(by: { ($0.value, $0.weight) < ($1.value, $1.weight) }) {
      let weight = run?.value == item.value ? (run?.weight ?? 0) + item.weight : item.weight
      run = WeightedNumber(item.value, weight)
      if weight > (best?.weight ?? 0) { best = run }
    }
    return best?.value
  }

  private func level(_ weights: [Double], _ levels: [String]) -> String? {
    if strategy == .constant {
      guard let value else { return Impute.missingLevel }
      return value.asNumber.map { shortestText($0) } ?? value.asString
    }
    var best: Int?
    for place in weights.indices where weights[place] > (best.map { weights[$0] } ?? 0) {
      best = place
    }
    return best.map { levels[$0] }
  }
}

/// What stands for the missing values of some columns.
package struct Imputed: FittedTransform {
  package static let name = Impute.name

  /// One column's part: a number or a level.
  package struct Part: Codable, Hashable, Sendable {
    package var column: String
    package var number: Double?
    package var level: String?
    /// Whether a column tells where the value was missing.
    package var hasIndicator: Bool
  }

  package var parts: [Part]

  package var learned: [String: Value] {
    let values = parts.map { part in
      (part.column, part.number.map { Value.number($0) } ?? .string(part.level ?? ""))
    }
    return ["value": .byColumn(values)]
  }

  static func indicator(of column: String) -> String { "missingindicator_\(column)" }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var made = dataset
    var indicators: [Column] = []
    for part in parts {
      if let fill = part.number {
        let values = try dataset.numbers(of: part.column)
        made.replace(part.column, with: values.map { $0.isNaN ? fill : $0 })
      } else if let level = part.level {
        try Imputed.fill(part.column, with: level, in: &made)
      }
      if part.hasIndicator, let column = dataset.table[part.column] {
        let marks = (0..<column.count).map { column.isMissing($0) ? 1.0 : 0 }
        let name = Imputed.indicator(of: part.column)
        indicators.append(Column(name: name, type: .numeric, storage: .numbers(marks)))
      }
    }
    try made.append(indicators)
    return made
  }

  private static func fill(
    _ name: String,
    with level: String,
    in dataset: inout Dataset
  ) throws(DataFaults) {
    let (codes, levels) = try dataset.categories(of: name)
    guard codes.contains(-1) else { return }
    let known = levels.contains(level) ? levels : levels + [level]
    let place = Int32(known.firstIndex(of: level) ?? 0)
    let storage = LevelOrder.storage(codes: codes.map { $0 < 0 ? place : $0 }, levels: known)
    dataset.replace(name, with: [Column(name: name, type: .category, storage: storage)])
  }
}
