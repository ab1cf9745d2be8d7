import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonMath

/// Rows of numbers, of clusters and of forecasts.
extension StudyRows {
  static var regression: [StudyRows] {
    [
      number("clean", 1_000), number("tied", 1_000, levels: 2),
      number("weighted", 1_000, weighted: true),
      numbers("1 in 1,000 far off", 100_000) { stream in
        let actual = 2 + stream.uniform()
        let wrong = stream.uniform() < 0.001 ? 1e4 : 0.2
        return (actual, actual + wrong * stream.uniform(), 1)
      },
      numbers("far from zero", 1_000) { stream in
        let actual = 1e6 + stream.standardNormal()
        return (actual, actual + stream.standardNormal(), 1)
      },
      numbers("constant", 200, undefined: ["pearson", "spearman"]) { stream in
        (3 + stream.uniform(), 3.5, 1)
      },
      numbers("exact", 200) { stream in
        let actual = 3 + stream.uniform()
        return (actual, actual, 1)
      },
      number("large", 1_000_000),
    ]
  }

  private static func number(
    _ name: String,
    _ count: Int,
    levels: Double = 0,
    weighted: Bool = false
  ) -> StudyRows {
    numbers(name, count) { stream in
      var actual = 2 + 10 * stream.uniform()
      var predicted = actual + 2 * (stream.uniform() - 0.4)
      if levels > 0 {
        actual = (actual * levels).rounded() / levels
        predicted = (predicted * levels).rounded() / levels
      }
      return (actual, predicted, weight(weighted, &stream))
    }
  }

  private static func numbers(
    _ name: String,
    _ count: Int,
    undefined: [String] = [],
    _ row: (inout RandomStream) -> (actual: Double, predicted: Double, weight: Double)
  ) -> StudyRows {
    var stream = stream(.regression, name)
    let rows = (0..<count).map { _ in row(&stream) }
    let (actual, predicted) = (rows.map { $0.actual }, rows.map { $0.predicted })
    let weights = rows.map { $0.weight }
    return StudyRows(
      .regression,
      name,
      columns: [("y", actual), ("p", predicted), ("w", weights)],
      call: "m.regression(y, p, w)",
      undefined: undefined
    ) {
      try Cases(
        labels: .numbers(actual),
        predictions: .regression(predicted),
        weights: weights
      )
    }
  }

  static var clustering: [StudyRows] {
    [
      clusters("clean", [300, 250, 200]), clusters("tied", [200, 150, 150], grid: 2),
      clusters("weighted", [200, 150, 150], weighted: true),
      clusters("1 in 1,000", [2_000, 1_000, 3]), clusters("one row alone", [60, 1, 40]),
      clusters("one cluster", [100]), clusters("far from zero", [200, 200], offset: 1e4),
      clusters("large", [100_000, 60_000, 40_000], shapes: false),
    ]
  }

  /// Points around as many middles as there are sizes, in four dimensions.
  ///
  /// Nine of ten classes are told by the cluster.
  private static func clusters(
    _ name: String,
    _ sizes: [Int],
    grid: Double = 0,
    offset: Double = 0,
    weighted: Bool = false,
    shapes: Bool = true
  ) -> StudyRows {
    var stream = stream(.clustering, name)
    let width = 4
    var (points, labels, assigned, weights): ([Double], [Double], [Double], [Double]) =
      ([], [], [], [])
    for (cluster, size) in sizes.enumerated() {
      let middle = (0..<width).map { _ in offset + 3 * stream.standardNormal() }
      for _ in 0..<size {
        for j in 0..<width {
          let value = middle[j] + stream.standardNormal()
          points.append(grid > 0 ? (value * grid).rounded() / grid : value)
        }
        let isKnown = stream.uniform() < 0.9
        labels.append(Double(isKnown ? cluster : stream.integer(below: sizes.count)))
        assigned.append(Double(cluster))
        weights.append(weighted ? Double(stream.integer(below: 3)) : 1)
      }
    }
    let flag = shapes ? "True" : "False"
    return StudyRows(
      .clustering,
      name,
      columns: [("x", points), ("y", labels), ("c", assigned), ("w", weights)],
      call: "n.clustering(x.reshape(len(y), -1), y.astype(int), c.astype(int), w, "
        + "\(sizes.count), \(flag))"
    ) {
      try Cases(
        labels: .classes(labels.map { Int32($0) }),
        predictions: .clusters(assigned.map { Int32($0) }, count: sizes.count),
        weights: weights,
        classes: sizes.indices.map { "k\($0)" },
        features: FeatureMatrix(
          names: (0..<width).map { "x\($0)" },
          rows: labels.count,
          values: points
        )
      )
    }
  }

  static var forecasting: [StudyRows] {
    [
      series("clean", 20, steps: 24, season: 4),
      series("tied", 20, steps: 24, season: 4, levels: 1),
      series("weighted", 12, steps: 40, season: 1, weighted: true),
      series("1 in 1,000 is not 0", 100, steps: 100, season: 1, share: 0.001),
      series("past that stands still", 5, steps: 10, season: 2, still: true),
      series("large", 5_000, steps: 100, season: 7),
    ]
  }

  /// Series of unequal level with a season, 30 values of past, and three forecast quantiles.
  private static func series(
    _ name: String,
    _ count: Int,
    steps: Int,
    season: Int,
    levels: Double = 0,
    share: Double = 1,
    still: Bool = false,
    weighted: Bool = false
  ) -> StudyRows {
    var stream = stream(.forecasting, name)
    let pastLength = 30
    func value(_ series: Int, _ step: Int) -> Double {
      let value = 10 * Double(series % 7 + 1) + 3 * Double(step % season) + 2 * stream.uniform()
      if share < 1, stream.uniform() >= share { return 0 }
      return levels > 0 ? (value * levels).rounded() / levels : value
    }
    var (actual, middle, quantiles): ([Double], [Double], [Double]) = ([], [], [])
    var (numbers, places, weights, past): ([Double], [Int32], [Double], [Double]) = ([], [], [], [])
    for number in 0..<count {
      past += (0..<pastLength).map { still ? 3 : value(number, $0) }
      for step in 0..<steps {
        actual.append(value(number, pastLength + step))
        let forecast = share < 1 ? 0.01 : value(number, pastLength + step)
        let reach = 0.5 + stream.uniform()
        middle.append(forecast)
        quantiles += [forecast - reach, forecast, forecast + 1.5 * reach]
        numbers.append(Double(number))
        places.append(Int32(step))
        weights.append(weight(weighted, &stream))
      }
    }
    return StudyRows(
      .forecasting,
      name,
      columns: [
        ("y", actual), ("p", middle), ("q", quantiles), ("s", numbers), ("w", weights),
        ("past", past),
      ],
      call: "n.forecasting(y, p, q.reshape(len(y), 3), s, w, past.reshape(-1, \(pastLength)), "
        + "\(season))"
    ) {
      let scales = (0..<count).map { number -> Double in
        let own = Array(past[number * pastLength..<(number + 1) * pastLength])
        return SeasonalNaive.error(own, season: season) ?? .nan
      }
      return try Cases(
        labels: .numbers(actual),
        predictions: .regression(middle),
        weights: weights,
        forecasts: Forecasts(
          levels: [0.1, 0.5, 0.9],
          quantiles: quantiles,
          series: numbers.map { Int32($0) },
          steps: places,
          scales: numbers.map { scales[Int($0)] }
        )
      )
    }
  }
}
