import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

/// The rows that Tests/Fixtures/make/bias.py makes by the same generator.
struct AuditRows {
  var facets: [Int] = []
  var rows: BiasRows

  init(_ fixture: Value) throws {
    var facets: [Int] = []
    var groups: [Int32] = []
    var features: [Double] = []
    var labels: [Bool] = []
    var predictions: [Bool] = []
    var weights: [Double] = []
    var g = Congruential(state: UInt64(try fixture.needed("seed")))
    let skew = try fixture.needed("skew")
    let rates = try #require(fixture["rates"]?.asArray?.compactMap { $0.asNumber })
    let values = try fixture.needed("facets")
    let isWeighted = fixture["weighted"] == .boolean(true)
    for _ in 0..<Int(try fixture.needed("count")) {
      let facet = Int(g.next() * values)
      facets.append(facet)
      groups.append(Int32(g.next() * 3))
      let (x, y) = (g.next() * 4, g.next() * 2 - 1)
      features += [x, y]
      let base = rates[0] - skew * (facet == 0 ? 1 : 0) + rates[1] * (x > 2 ? 1 : 0)
      let label = g.next() < base
      labels.append(label)
      predictions.append(g.next() < (label ? 0.8 : 0.25) - skew * (facet == 0 ? 1 : 0) * 0.5)
      weights.append(isWeighted ? 1 + Double(Int(g.next() * 3)) : 1)
    }
    let sensitive = Set(try #require(fixture["sensitive"]?.asArray?.compactMap { $0.asNumber }))
    self.facets = facets
    rows = BiasRows(
      isDisadvantaged: facets.map { sensitive.contains(Double($0)) },
      labels: labels,
      predictions: predictions,
      groups: groups,
      weights: isWeighted ? weights : nil,
      features: FeatureMatrix(names: ["x", "y"], rows: labels.count, values: features)
    )
  }
}

extension BiasRows {
  /// The rows at some positions, unweighted.
  func picked(_ places: [Int]) -> BiasRows {
    BiasRows(
      isDisadvantaged: places.map { isDisadvantaged[$0] },
      labels: places.map { labels[$0] },
      predictions: predictions.map { all in places.map { all[$0] } },
      groups: groups.map { all in places.map { all[$0] } },
      features: features.map { all in
        FeatureMatrix(
          names: all.names,
          rows: places.count,
          values: places.flatMap { all.row($0) }
        )
      }
    )
  }

  /// All there is to measure.
  func evidence(threads: Int = 1) -> BiasMetric.Evidence {
    BiasMetric.Evidence(counts(), flips: FlipTest(self, threads: threads))
  }
}
