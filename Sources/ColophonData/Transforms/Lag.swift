package import ColophonCore

/// Adds what numbers were some rows before, by time and within each group.
///
/// The columns are named `COLUMN_lag1`. Rows without so many before them are missing. Nothing is
/// learned, and only the past is looked at, so the target may be lagged too. As a shift of a sorted
/// series in pandas.
package struct Lag: Transform {
  package static let name = "lag"
  package static let summary = "What numbers were some rows before, by time."

  package var columns: ColumnChoice
  package var lags: [Int]

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice(
      [.numeric],
      "The columns of numbers, the target too if it is named; by default all features."
    )
    let numbers = fields.numbers(
      "lags",
      in: .closed(1, 1_000_000),
      "How many rows back; several give several columns, and 1 where it is not given."
    )
    let whole = numbers.compactMap { Int(exactly: $0) }
    if whole.count != numbers.count, let node = fields.peek("lags") {
      fields.report(.wrongType("lags", expected: "whole numbers", found: node))
    }
    lags = whole.isEmpty ? [1] : whole
    fields.resolve("lags", to: .array(lags.map { .integer($0) }))
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    var faults = columns.faults(in: preview, of: [.numeric], mayBeTarget: true)
    if preview.time == nil { faults.append(.stepNeedsTime(Lag.name)) }
    if case .names(let names) = columns {
      preview.append(names.flatMap { name in lags.map { Lagged.name(name, $0) } })
    } else {
      preview.families += columns.names(in: preview, of: [.numeric]).map { "\($0)_lag" }
    }
    return faults
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> Lagged {
    let dataset = training.dataset
    let places = try columns.places(in: dataset, of: [.numeric], mayBeTarget: true)
    return Lagged(columns: places.map { dataset.table.columns[$0].name }, lags: lags)
  }
}

/// Columns that are lagged.
package struct Lagged: FittedTransform {
  package static let name = Lag.name

  package var columns: [String]
  package var lags: [Int]

  package var learned: [String: Value] {
    ["lags": .byColumn(columns.map { ($0, .array(lags.map { .integer($0) })) })]
  }

  static func name(_ column: String, _ lag: Int) -> String { "\(column)_lag\(lag)" }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    let order = try RowOrder(dataset, step: Lag.name)
    var made: [Column] = []
    for column in columns {
      let values = try dataset.numbers(of: column)
      for lag in lags {
        let lagged = order.values { run, place in place < lag ? .nan : values[run[place - lag]] }
        let name = Lagged.name(column, lag)
        made.append(Column(name: name, type: .numeric, storage: .numbers(lagged)))
      }
    }
    var result = dataset
    try result.append(made)
    return result
  }

  package func notices(of dataset: Dataset) -> [TransformNotice] {
    guard let order = try? RowOrder(dataset, step: Lag.name),
      let notice = order.notice(dataset, back: lags.max() ?? 1)
    else { return [] }
    return [notice]
  }
}
