import ColophonCore

/// How a long table, a row for each step of each series, is folded into a row for each series.
package struct SeriesFold: Hashable, Sendable {
  /// The column that names the series.
  package var id: String
  /// The column that orders a series's rows.
  package var step: String
  /// Columns that hold one value for a whole series, such as its label.
  package var once: [String]

  package init(id: String, step: String, once: [String]) {
    self.id = id
    self.step = step
    self.once = once
  }

  /// What is wrong with the header.
  package func faults(header: [String]) -> [DataFault] {
    ([("source.id", id), ("source.step", step)] + once.map { ("source.once", $0) })
      .filter { !header.contains($0.1) }
      .map { .unknownColumn($0.1, field: $0.0, known: header) }
  }
}

extension TextTable {
  /// The table with a row for each series, in the order of their first rows.
  ///
  /// First the series's name and what it holds once; then, step by step, its other columns as
  /// `NAME_1`, `NAME_2` …, empty behind a series's end. Steps are ordered as numbers where all are
  /// numbers, else as texts.
  ///
  /// - Throws: Faults for unknown columns, a step that occurs twice in a series, and a column of
  ///   `once` whose value changes within one.
  package func folded(_ fold: SeriesFold) throws(DataFaults) -> TextTable {
    let faults = fold.faults(header: header)
    if !faults.isEmpty { throw DataFaults(faults) }
    func place(_ name: String) -> Int { header.firstIndex(of: name) ?? 0 }
    let (id, step) = (place(fold.id), place(fold.step))
    let once = fold.once.map { place($0) }
    let rest = header.indices.filter { $0 != id && $0 != step && !once.contains($0) }
    let series = try rowsBySeries(id: id, step: step)
    for (name, rows) in series {
      for column in once where Set(rows.map { text($0, column) }).count > 1 {
        throw DataFaults(.changesWithinSeries(header[column], name))
      }
    }
    let steps = series.reduce(0) { max($0, $1.rows.count) }
    let names =
      [fold.id] + fold.once
      + (1...max(steps, 1)).flatMap { step in rest.map { "\(header[$0])_\(step)" } }
    return try TextTable(header: names, rowCount: series.count, digest: digest) { row, column in
      let own = series[row]
      if column == 0 { return own.name }
      if column <= once.count { return text(own.rows[0], once[column - 1]) }
      let (step, which) = (column - 1 - once.count).quotientAndRemainder(dividingBy: rest.count)
      return step < own.rows.count ? text(own.rows[step], rest[which]) : ""
    }
  }

  /// Each series with its rows in the order of their steps.
  private func rowsBySeries(
    id: Int,
    step: Int
  ) throws(DataFaults) -> [(name: String, rows: [Int])] {
    var places: [String: Int] = [:]
    var series: [(name: String, rows: [Int])] = []
    for row in 0..<rowCount {
      let name = text(row, id)
      if let place = places[name] {
        series[place].rows.append(row)
      } else {
        places[name] = series.count
        series.append((name, [row]))
      }
    }
    let texts = (0..<rowCount).map { text($0, step) }
    let numbers = texts.compactMap { Double($0) }
    let areNumbers = numbers.count == texts.count && numbers.allSatisfy { $0.isFinite }
    for place in series.indices {
      series[place].rows.sort {
        areNumbers
          ? (numbers[$0], $0) < (numbers[$1], $1)
          : texts[$0] == texts[$1] ? $0 < $1 : scalarOrder(texts[$0], texts[$1])
      }
      let rows = series[place].rows
      for (a, b) in zip(rows, rows.dropFirst())
      where areNumbers ? numbers[a] == numbers[b] : texts[a] == texts[b] {
        throw DataFaults(.stepTwice(texts[a], series[place].name))
      }
    }
    return series
  }
}

extension DataFault {
  static func changesWithinSeries(_ column: String, _ series: String) -> DataFault {
    DataFault(
      "data.series",
      "'\(column)' has several values in the series '\(series)'",
      hint: "leave it out of 'once', so that every step has its own",
      field: "source.once"
    )
  }

  static func stepTwice(_ step: String, _ series: String) -> DataFault {
    DataFault(
      "data.series",
      "the step '\(step)' occurs twice in the series '\(series)'",
      field: "source.step"
    )
  }
}
