/// The rows of a dataset as they follow each other in time, each group for itself.
struct RowOrder {
  /// Each group's rows by time, rows of equal times in the table's order.
  let runs: [[Int]]

  /// - Throws: A fault at the step where the dataset has no time.
  init(_ dataset: Dataset, step: String) throws(DataFaults) {
    guard let times = dataset.time.flatMap({ dataset.table[$0] })?.numbers else {
      throw DataFaults(.stepNeedsTime(step))
    }
    let keys = dataset.group.flatMap { dataset.table[$0] }?.keys.codes
    let rows = times.indices.sorted {
      (keys?[$0] ?? 0, times[$0], $0) < (keys?[$1] ?? 0, times[$1], $1)
    }
    var runs: [[Int]] = []
    for row in rows {
      if let last = runs.last?.last, keys?[last] == keys?[row] {
        runs[runs.count - 1].append(row)
      } else {
        runs.append([row])
      }
    }
    self.runs = runs
  }

  /// A number for each row, made from its run's rows up to it.
  ///
  /// `body`: Called with a run and the row's place in it.
  func values(_ body: ([Int], Int) -> Double) -> [Double] {
    var values = [Double](repeating: .nan, count: runs.reduce(0) { $0 + $1.count })
    for run in runs {
      for place in run.indices { values[run[place]] = body(run, place) }
    }
    return values
  }

  /// Tells of training rows that look back at rows of another split; nil where there are none.
  func notice(_ dataset: Dataset, back: Int) -> TransformNotice? {
    var count = 0
    for run in runs {
      for place in run.indices where dataset.splits[run[place]] == .train {
        let seen = run[max(0, place - back)..<place]
        let isForeign = seen.contains {
          dataset.splits[$0] == .test || dataset.splits[$0] == .validation
        }
        if isForeign { count += 1 }
      }
    }
    return count == 0 ? nil : .looksBack(rows: count)
  }
}
