package import ColophonCore

/// Adds what the rows of a window before each row come to, by time and within each group.
///
/// The window ends `shift` rows before the row itself, so that with the default of 1 it holds the
/// past alone. The columns are named `COLUMN_rolling_mean_7`. Missing values in the window are left
/// out, and a window with fewer than `min_periods` values is missing. As a shifted rolling window
/// of a sorted series in pandas (the deviation divided by n − 1).
package struct Rolling: Transform {
  package static let name = "rolling"
  package static let summary = "What a window of earlier rows comes to, by time."

  package var columns: ColumnChoice
  package var window: Int
  package var statistic: WindowStatistic
  package var minPeriods: Int
  package var shift: Int

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice(
      [.numeric],
      "The columns of numbers, the target too if it is named; by default all features."
    )
    let window = fields.integer("window", in: 1...100_000, required: true, "Rows to a window.")
    self.window = window ?? 1
    let word = fields.choice(
      "statistic",
      of: WindowStatistic.allCases.map { $0.rawValue },
      default: WindowStatistic.mean.rawValue,
      "What is made of a window."
    )
    statistic = WindowStatistic(rawValue: word) ?? .mean
    let least = fields.integer(
      "min_periods",
      in: 1...100_000,
      "How many values a window must hold; by default as many as it has rows."
    )
    minPeriods = least ?? self.window
    fields.resolve("min_periods", to: .integer(minPeriods))
    shift = fields.integer(
      "shift",
      in: 0...100_000,
      default: 1,
      "How many rows before its row a window ends; 0 takes in the row itself, which the target "
        + "may not."
    )
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    var faults = columns.faults(in: preview, of: [.numeric], mayBeTarget: shift > 0)
    if preview.time == nil { faults.append(.stepNeedsTime(Rolling.name)) }
    let made = rolled([])
    if case .names(let names) = columns {
      preview.append(names.map { made.name($0) })
    } else {
      preview.families += columns.names(in: preview, of: [.numeric]).map { made.name($0) }
    }
    return faults
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> Rolled {
    let dataset = training.dataset
    let places = try columns.places(in: dataset, of: [.numeric], mayBeTarget: shift > 0)
    return rolled(places.map { dataset.table.columns[$0].name })
  }

  private func rolled(_ columns: [String]) -> Rolled {
    Rolled(
      columns: columns,
      window: window,
      statistic: statistic,
      minPeriods: minPeriods,
      shift: shift
    )
  }
}

/// What may be made of a window's numbers.
package enum WindowStatistic: String, Codable, Hashable, Sendable, CaseIterable {
  case mean, sum, std, min, max, median

  /// The statistic of some numbers in their order; NaN where it isn't defined.
  func value(_ numbers: [Double]) -> Double {
    guard !numbers.isEmpty else { return .nan }
    let count = Double(numbers.count)
    switch self {
    case .sum: return numbers.reduce(0, +)
    case .mean: return numbers.reduce(0, +) / count
    case .min: return numbers.min() ?? .nan
    case .max: return numbers.max() ?? .nan
    case .median: return NumberSummary.quantile(0.5, of: numbers.sorted())
    case .std:
      guard numbers.count > 1 else { return .nan }
      let mean = numbers.reduce(0, +) / count
      let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / (count - 1)).squareRoot()
    }
  }
}

/// Columns whose windows are summed up.
package struct Rolled: FittedTransform {
  package static let name = Rolling.name

  package var columns: [String]
  package var window: Int
  package var statistic: WindowStatistic
  package var minPeriods: Int
  package var shift: Int

  package var learned: [String: Value] {
    ["window": .byColumn(columns.map { ($0, .integer(window)) })]
  }

  func name(_ column: String) -> String { "\(column)_rolling_\(statistic.rawValue)_\(window)" }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    let order = try RowOrder(dataset, step: Rolling.name)
    var made: [Column] = []
    for column in columns {
      let values = try dataset.numbers(of: column)
      let rolled = order.values { run, place in
        let end = place - shift + 1
        guard end > 0 else { return .nan }
        let seen = run[max(0, end - window)..<end].map { values[$0] }.filter { !$0.isNaN }
        return seen.count < minPeriods ? .nan : statistic.value(seen)
      }
      made.append(Column(name: name(column), type: .numeric, storage: .numbers(rolled)))
    }
    var result = dataset
    try result.append(made)
    return result
  }

  package func notices(of dataset: Dataset) -> [TransformNotice] {
    guard let order = try? RowOrder(dataset, step: Rolling.name),
      let notice = order.notice(dataset, back: window + shift - 1)
    else { return [] }
    return [notice]
  }
}
