import ColophonMath

/// One query's ranks, as runs of rows that may stand in any order among themselves.
///
/// Where ties are taken as they stand, every run is a single row. Else a value is the mean over all
/// orders of the runs' rows, in closed form (McSherry and Najork, "Computing information retrieval
/// performance measures efficiently in the presence of tied scores", 2008).
struct QueryRanks {
  private let query: RankedQuery
  private let relevance: [Double]
  private let options: MetricOptions

  init(_ query: RankedQuery, relevance: [Double], options: MetricOptions) {
    self.query = query
    self.relevance = relevance
    self.options = options
  }

  /// How many rows the query has.
  var count: Int { query.rows.count }
  /// How many of them are relevant.
  var relevant: Double { Double(query.relevant) }

  /// Rows that may stand in any order: the ranks before them, and how many are relevant.
  private struct Run {
    var start: Int
    var end: Int
    var relevant: Int
    var size: Int { end - start }
  }

  private var runs: [Run] {
    let ends = options.ties == .file ? Array(1...query.rows.count) : query.ends
    var start = 0
    return ends.map { end in
      let relevant = query.rows[start..<end].count { relevance[$0] > 0 }
      defer { start = end }
      return Run(start: start, end: end, relevant: relevant)
    }
  }

  private func gain(of relevance: Double) -> Double {
    options.gain == .linear ? relevance : Elementary.pow(2, relevance) - 1
  }

  /// What a gain at a rank, from 0, is divided by.
  private func discount(_ place: Int) -> Double { 1 / Elementary.log2(Double(place + 2)) }

  /// The discounted gain of the first ranks.
  func gain(_ length: Int?) -> Double {
    let last = min(length ?? count, count)
    var sum = CompensatedSum()
    for run in runs where run.start < last {
      var gains = CompensatedSum()
      for place in run.start..<run.end { gains.add(gain(of: relevance[query.rows[place]])) }
      let mean = gains.value / Double(run.size)
      for place in run.start..<min(run.end, last) { sum.add(mean * discount(place)) }
    }
    return sum.value
  }

  /// The same of the best order.
  func idealGain(_ length: Int?) -> Double {
    var sum = CompensatedSum()
    for place in 0..<min(length ?? count, count) {
      sum.add(gain(of: query.ideal[place]) * discount(place))
    }
    return sum.value
  }

  /// How many of the first ranks are relevant.
  func hits(_ length: Int?) -> Double {
    let last = min(length ?? count, count)
    var sum = 0.0
    for run in runs where run.start < last {
      let share = Double(run.relevant) / Double(run.size)
      sum += share * Double(min(run.end, last) - run.start)
    }
    return sum
  }

  /// The chance that none of the first ranks is relevant.
  func chanceOfNone(_ length: Int?) -> Double {
    let last = min(length ?? count, count)
    for run in runs where run.relevant > 0 {
      if run.start >= last { return 1 }
      if run.end <= last { return 0 }
      var chance = 1.0
      for drawn in 0..<last - run.start {
        let others = run.size - run.relevant - drawn
        if others <= 0 { return 0 }
        chance *= Double(others) / Double(run.size - drawn)
      }
      return chance
    }
    return 1
  }

  /// The sum of the precisions at the relevant among the first ranks.
  func precisionSum(_ length: Int?) -> Double {
    let last = min(length ?? count, count)
    var sum = CompensatedSum()
    var before = 0.0
    for run in runs where run.start < last {
      let (size, relevant) = (Double(run.size), Double(run.relevant))
      let others = run.size > 1 ? (relevant - 1) / (size - 1) : 0
      for place in run.start..<min(run.end, last) where run.relevant > 0 {
        let found = before + 1 + Double(place - run.start) * others
        sum.add(relevant / size * found / Double(place + 1))
      }
      before += relevant
    }
    return sum.value
  }

  /// One over the rank of the first relevant row.
  func reciprocalRank() -> Double {
    guard let run = runs.first(where: { $0.relevant > 0 }) else { return 0 }
    var sum = CompensatedSum()
    // The chance that the rows so far of the run are none of the relevant.
    var chance = 1.0
    for drawn in 0...(run.size - run.relevant) {
      let left = Double(run.size - drawn)
      sum.add(chance * Double(run.relevant) / left / Double(run.start + drawn + 1))
      chance *= (left - Double(run.relevant)) / left
    }
    return sum.value
  }
}
