import ColophonCore
import ColophonData
import ColophonEvaluation

/// What an audit found; its values and pictures are made of this alone.
struct BiasAudit {
  /// A metric's value, or why there is none.
  struct Measure {
    var metric: BiasMetric
    var value: Double?
    var interval: ConfidenceInterval?
    var reason: String?
  }

  /// Some rows that belong together.
  struct Line {
    var name: String
    /// Whether they belong to the disadvantaged group.
    var isDisadvantaged: Bool
    var counts: BiasCounts.Group
  }

  let facet: FacetRecipe
  /// The good answer in words.
  let outcome: String
  let group: String?
  let origin: String
  let rows: BiasRows
  let counts: BiasCounts
  let measures: [Measure]
  /// The disadvantaged group and the others.
  let groups: [Line]
  /// Each value of the facet, where it has more than two and at most 30.
  let values: [Line]
  /// Rows that were left out, as the facet or the group variable has no value there.
  let leftOut: Int
  let intervals: BiasIntervals

  init(
    _ input: AuditInput,
    facet: FacetRecipe,
    outcome selection: Selection?,
    group: String?,
    threshold: Double,
    intervals: BiasIntervals,
    threads: Int,
    stream: @escaping @Sendable (Int) -> RandomStream
  ) throws {
    self.facet = facet
    self.group = group
    self.intervals = intervals
    origin = input.origin
    let good = try GoodAnswer(input, selection, threshold: threshold)
    outcome = good.words
    let membership = try Membership(input, facet, group: group)
    let kept = membership.kept
    leftOut = input.places.count - kept.count
    let places = kept.map { input.places[$0] }
    rows = BiasRows(
      isDisadvantaged: membership.isDisadvantaged,
      labels: kept.map { good.labels[$0] },
      predictions: good.predictions.map { all in kept.map { all[$0] } },
      groups: membership.groups,
      weights: input.weights.map { all in kept.map { all[$0] } },
      features: input.features.map { all in
        FeatureMatrix(
          names: all.names,
          rows: kept.count,
          values: kept.flatMap { all.row($0) }
        )
      }
    )
    counts = rows.counts()
    let flips = FlipSearch(rows, forResamples: true, threads: threads)
    measures = BiasAudit.measures(rows, counts, flips, intervals, threads, stream)
    groups = [
      Line(name: facet.words, isDisadvantaged: true, counts: counts.disadvantaged),
      Line(name: "all others", isDisadvantaged: false, counts: counts.others),
    ]
    values = BiasAudit.values(membership.column, places, rows)
  }

  /// The measure of that name.
  subscript(name: String) -> Measure? { measures.first { $0.metric.name == name } }

  /// Whether the disparate impact is within four fifths and its inverse; nil where undefined.
  var holdsFourFifths: Bool? { self["DI"]?.value.map { $0 >= 0.8 && $0 <= 1.25 } }

  private static func measures(
    _ rows: BiasRows,
    _ counts: BiasCounts,
    _ flips: FlipSearch?,
    _ intervals: BiasIntervals,
    _ threads: Int,
    _ stream: @escaping @Sendable (Int) -> RandomStream
  ) -> [Measure] {
    let metrics = biasMetrics.members.filter { $0.stage == .pre || counts.hasPredictions }
    let bounds = BiasBootstrap(intervals.bootstrap).intervals(
      of: metrics,
      rows: rows,
      flips: flips,
      threads: threads,
      stream: stream
    )
    let evidence = BiasMetric.Evidence(counts, flips: flips?.test())
    return zip(metrics, bounds).map { metric, interval in
      let value = metric.value(evidence)
      var reason: String?
      if value == nil {
        switch metric.need {
        case .groups where !counts.hasGroups: reason = "no 'group' column is named"
        case .neighbours: reason = FlipTest.obstacle(rows) ?? metric.undefined
        default: reason = metric.undefined
        }
      }
      return Measure(metric: metric, value: value, interval: interval, reason: reason)
    }
  }

  private static func values(_ column: Column, _ places: [Int], _ rows: BiasRows) -> [Line] {
    var lines: [String: [Int]] = [:]
    for (row, place) in places.enumerated() {
      lines[column.text(place) ?? "", default: []].append(row)
    }
    guard (3...30).contains(lines.count) else { return [] }
    let parser = DecimalParser()
    let names = lines.keys.sorted { a, b in
      let (x, y) = (parser.parse(a) ?? .infinity, parser.parse(b) ?? .infinity)
      return x == y ? scalarOrder(a, b) : x < y
    }
    return names.map { name in
      let own = lines[name] ?? []
      var group = BiasCounts.Group()
      for row in own {
        let weight = rows.weights?[row] ?? 1
        switch (rows.labels[row], rows.predictions?[row] ?? false) {
        case (true, true): group.truePositive += weight
        case (true, false): group.falseNegative += weight
        case (false, true): group.falsePositive += weight
        case (false, false): group.trueNegative += weight
        }
      }
      return Line(
        name: name,
        isDisadvantaged: own.first.map { rows.isDisadvantaged[$0] } ?? false,
        counts: group
      )
    }
  }
}
