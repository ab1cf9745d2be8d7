import ColophonCore
package import ColophonData

/// Series on an even grid of steps, gaps filled.
package struct SeriesGrid: Sendable {
  package struct Series: Sendable {
    package var name: String
    /// The number of its first step.
    package var first: Int
    /// By step from the first on; NaN where nothing was observed.
    package var values: [Double]
    /// The same with the last observed value where there is none; 0 before the first.
    package var filled: [Double]
    /// Steps × covariates, gaps filled alike.
    package var covariates: [Double]

    package var count: Int { values.count }
  }

  /// The rows of one forecast: some steps of one series that follow each other.
  package struct Block: Hashable, Sendable {
    package var series: Int
    /// The first step that is forecast, from the series' first on.
    package var start: Int
    /// Which rows are asked for, and their distance from the start.
    package var rows: [(row: Int, step: Int)] {
      zip(asked, steps).map { ($0, $1) }
    }
    var asked: [Int]
    var steps: [Int]
    /// How many steps are needed.
    package var length: Int { (steps.last ?? 0) + 1 }
  }

  package let series: [Series]
  package let covariates: [SeriesPanel.Covariate]
  package let isCalendar: Bool
  /// The step of each row that is asked for, from its series' first on.
  private let places: [SeriesPanel.Place]

  /// - Throws: `TrainingFault` where two rows lie in one step, or times are no steps.
  package init(_ panel: SeriesPanel, _ terms: ForecastTerms) throws {
    covariates = panel.covariates
    isCalendar = panel.isCalendar
    var steps: [[Int]] = []
    var series: [Series] = []
    for one in panel.series {
      let own = try SeriesGrid.steps(one, panel, terms)
      steps.append(own)
      series.append(SeriesGrid.series(one, own, width: panel.covariates.count))
    }
    self.series = series
    places = panel.places.map { place in
      let own = steps[place.series]
      return SeriesPanel.Place(series: place.series, row: own[place.row] - own[0])
    }
  }

  private static func steps(
    _ series: SeriesPanel.Series,
    _ panel: SeriesPanel,
    _ terms: ForecastTerms
  ) throws -> [Int] {
    let steps = try series.times.map { time -> Int in
      if panel.isCalendar { return terms.frequency.step(of: time) }
      guard let step = Int(exactly: time), step.magnitude < 1 << 40 else {
        throw TrainingFault(
          "train.series",
          "the time \(time) of the series '\(series.name)' is no whole number of steps",
          hint: "number the steps, or write dates"
        )
      }
      return step
    }
    if let place = steps.indices.dropFirst().first(where: { steps[$0] == steps[$0 - 1] }) {
      let text = panel.isCalendar ? ISOTime.text(series.times[place]) : "\(series.times[place])"
      throw TrainingFault(
        "train.series",
        "the series '\(series.name)' has two rows in one step of \(terms.frequency.text), the second "
          + "at \(text)",
        hint: "sum them up, or take a smaller time_freq",
        field: "hyperparameters.time_freq"
      )
    }
    if let first = steps.first, let last = steps.last, last - first > 100 * steps.count + 10_000 {
      throw TrainingFault(
        "train.series",
        "the series '\(series.name)' has \(steps.count) rows in \(last - first + 1) steps of "
          + terms.frequency.text,
        hint: "take a larger time_freq",
        field: "hyperparameters.time_freq"
      )
    }
    return steps
  }

  private static func series(
    _ one: SeriesPanel.Series,
    _ steps: [Int],
    width: Int
  ) -> Series {
    let first = steps.first ?? 0
    let count = (steps.last ?? first - 1) - first + 1
    var values = [Double](repeating: .nan, count: count)
    var covariates = [Double](repeating: 0, count: count * width)
    var rowOf = [Int?](repeating: nil, count: count)
    for (row, step) in steps.enumerated() { rowOf[step - first] = row }
    var filled = values
    var last = 0.0
    var lastRow: Int?
    for step in 0..<count {
      if let row = rowOf[step] {
        values[step] = one.values[row]
        lastRow = row
        if !one.values[row].isNaN { last = one.values[row] }
      }
      filled[step] = last
      guard let lastRow else { continue }
      for k in 0..<width { covariates[step * width + k] = one.covariates[lastRow * width + k] }
    }
    return Series(
      name: one.name,
      first: first,
      values: values,
      filled: filled,
      covariates: covariates
    )
  }

  /// The rows that are asked for, cut into forecasts of at most so many steps, by series and step.
  package func blocks(length: Int) -> [Block] {
    let order = places.indices.sorted {
      (places[$0].series, places[$0].row, $0) < (places[$1].series, places[$1].row, $1)
    }
    var blocks: [Block] = []
    for row in order {
      let place = places[row]
      if let last = blocks.last, last.series == place.series, place.row < last.start + length {
        blocks[blocks.count - 1].asked.append(row)
        blocks[blocks.count - 1].steps.append(place.row - last.start)
      } else {
        blocks.append(Block(series: place.series, start: place.row, asked: [row], steps: [0]))
      }
    }
    return blocks
  }

  /// How many rows are asked for.
  package var rows: Int { places.count }
}
