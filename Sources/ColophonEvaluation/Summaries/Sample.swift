/// Some cases under one weighting: the rows themselves, or one of their resamples.
///
/// What several metrics need (the confusion matrix, the area under a curve) is computed when the
/// first of them asks and kept until the weights change. A sample belongs to one thread.
package final class Sample {
  package let cases: Cases
  /// A binary row counts as predicted positive where its score is at least this.
  package let threshold: Double
  package let options: MetricOptions
  private(set) var weighting: Weighting
  var cache = SampleCache()

  /// The cases as they are.
  package init(
    _ cases: Cases,
    threshold: Double = 0.5,
    options: MetricOptions = MetricOptions()
  ) {
    self.cases = cases
    self.threshold = threshold
    self.options = options
    weighting = Weighting(values: cases.weights)
  }

  /// Puts other weights in place, one a row; what was computed under the old ones is forgotten.
  func reweight(_ change: (inout [Double]) -> Void) {
    var values = weighting.values ?? Array(repeating: 1, count: cases.count)
    weighting.values = nil
    change(&values)
    weighting.values = values
    cache = SampleCache()
  }

  /// The sum of the rows' weights.
  package var totalWeight: Double {
    cached(\.totalWeight) { weighting.total(cases.count) }
  }

  /// What was computed before, else what `make` computes now.
  func cached<Value>(_ place: WritableKeyPath<SampleCache, Value?>, _ make: () -> Value) -> Value {
    if let known = cache[keyPath: place] { return known }
    let made = make()
    cache[keyPath: place] = made
    return made
  }

  /// The weighted mean of a term over the rows; nil where nothing has weight.
  @inline(__always)
  func mean(_ term: (Int) -> Double) -> Double? {
    let total = totalWeight
    return total > 0 ? weighting.sum(cases.count, term) / total : nil
  }
}

/// What a sample has computed so far.
struct SampleCache {
  var totalWeight: Double?
  var counts: BinaryCounts?
  var matrix: ConfusionMatrix?
  var scoreWeights: LabelWeights?
  var areaUnderROC: Double??
  var averagePrecision: Double??
  var classAreas: [Int: Double?] = [:]
  var bins: [ReliabilityBin]?
  var clusters: ClusterSummary?
  var silhouettes: [Double]??
  var contingency: ContingencyTable?
}

/// How much weight the two classes of a binary task have.
struct LabelWeights {
  var positive: Double
  var negative: Double
}
