import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

/// Tests of two models beside statsmodels, scipy and slow definitions (comparison.json).
@Suite struct ComparisonTests {
  /// Rows of two models, as Tests/Fixtures/make/comparison.py makes them.
  static func paired(_ seed: UInt64, _ count: Int, share: Double, levels: Double = 0) -> [Rows] {
    var u = Congruential(state: seed)
    var (labels, a, b): ([Int32], [Double], [Double]) = ([], [], [])
    for _ in 0..<count {
      let label: Int32 = u.next() < share ? 1 : 0
      let common = 0.2 * Double(label) + 0.4 * u.next()
      var one = common + 0.4 * u.next()
      var two = common + 0.1 * Double(label) + 0.3 * u.next()
      if levels > 0 {
        one = (one * levels).rounded(.down) / levels
        two = (two * levels).rounded(.down) / levels
      }
      labels.append(label)
      a.append(one)
      b.append(two)
    }
    return [a, b].map {
      Rows(
        labels: .classes(labels),
        predictions: .binary(scores: $0),
        weights: nil,
        classes: ["no", "yes"]
      )
    }
  }

  static func stream(_ index: Int) -> RandomStream {
    RandomStream(root: 20, cell: "compare", purpose: "bootstrap", index: index)
  }

  static func options(
    margin: Double? = nil,
    kind: Bootstrap.Kind = .bca,
    resamples: Int = 400,
    form: McNemarTest.Form = .exact,
    threads: Int = 1
  ) -> ComparisonOptions {
    ComparisonOptions(
      margin: margin,
      bootstrap: Bootstrap(kind: kind, resamples: resamples),
      form: form,
      threads: threads,
      stream: stream
    )
  }

  static func metric(_ name: String, _ task: Task = .binary) throws -> Metric {
    try #require(Metric.named(name, task: task))
  }

  static func fixture(_ names: String...) throws -> Value {
    try Fixture.value(in: "comparison.json", names)
  }

  private func subjects(_ rows: [Rows]) throws -> [ComparisonSubject] {
    try rows.map { .rows(Sample(try $0.cases())) }
  }

  @Test(
    arguments: [
      ("clean", 61, 300, 0.4, 0.0), ("tied", 62, 400, 0.3, 8), ("rare", 63, 20_000, 0.001, 0),
    ] as [(String, UInt64, Int, Double, Double)]
  )
  func deLongEqualsAllPairs(
    name: String,
    seed: UInt64,
    count: Int,
    share: Double,
    levels: Double
  ) throws {
    let expected = try Self.fixture("delong", name)
    let subjects = try subjects(Self.paired(seed, count, share: share, levels: levels))
    let found = try DeLongTest(Self.options(margin: 0.02)).evidence(
      for: [subjects[1]],
      beside: subjects[0],
      in: Self.metric("roc_auc")
    )[0]
    #expect(agree(found.difference, expected["difference"]?.asNumber))
    // The peer subtracts covariances of size 1; 1e-10 is what that leaves it.
    #expect(agree(found.statistic, expected["statistic"]?.asNumber, within: 1e-10))
    #expect(agree(found.pValue, expected["p"]?.asNumber, within: 1e-10))
    #expect(agree(found.interval?.low, expected["low"]?.asNumber))
    #expect(agree(found.interval?.high, expected["high"]?.asNumber))
    #expect(agree(found.nonInferiority, expected["margin"]?.asNumber, within: 1e-10))
    let gini = try DeLongTest(Self.options()).evidence(
      for: [subjects[1]],
      beside: subjects[0],
      in: Self.metric("gini")
    )[0]
    #expect(agree(gini.difference, found.difference.map { 2 * $0 }))
    #expect(agree(gini.pValue, found.pValue))
  }

  /// Sun and Xu's placements beside those that are counted pair by pair.
  @Test func deLongPlacesRowsAsCountingDoes() throws {
    let rows = Self.paired(64, 200, share: 0.3, levels: 12)[0]
    let analysis = try #require(DeLong(Sample(try rows.cases())))
    guard case .classes(let labels) = rows.labels, case .binary(let scores) = rows.predictions
    else { return }
    for row in labels.indices {
      let others = labels.indices.filter { labels[$0] != labels[row] }
      let won = others.reduce(0.0) { sum, other in
        let (high, low) = labels[row] == 1 ? (row, other) : (other, row)
        return sum + (scores[high] > scores[low] ? 1 : scores[high] == scores[low] ? 0.5 : 0)
      }
      #expect(agree(analysis.placements[row], won / Double(others.count)))
    }
  }

  static let tables = ["3,9", "12,5", "6,6", "1,0", "40,71", "150,111", "0,8"]

  @Test(arguments: tables, McNemarTest.Form.allCases)
  func mcNemarEqualsStatsmodels(table: String, form: McNemarTest.Form) throws {
    let counts = table.split(separator: ",").compactMap { Int($0) }
    let found = McNemarTest.pValue(counts[0], counts[1], form)
    #expect(found == McNemarTest.pValue(counts[1], counts[0], form))
    // Without a difference the corrected χ² is 0 here; statsmodels corrects past it.
    let expected =
      try Self.fixture("mcnemar", table)[form.rawValue]?.asNumber ?? 1
    #expect(agree(found, expected))
    // The binomial's and the χ²'s tails are right to their last digits, however small.
    #expect((found / expected - 1).magnitude < 1e-12)
  }

  @Test func mcNemarFindsNothingWhereModelsAgree() {
    for form in McNemarTest.Form.allCases { #expect(McNemarTest.pValue(0, 0, form) == 1) }
  }

  @Test(arguments: ["3,9,100", "12,5,40", "6,6,60", "0,7,50", "150,111,1000", "1,0,30"])
  func tangoEqualsTheLikelihoodMaximisedBySearch(table: String) throws {
    let counts = table.split(separator: ",").compactMap { Int($0) }
    let expected = try Self.fixture("tango", table)
    let score = TangoScore(first: counts[0], second: counts[1], pairs: counts[2])
    let interval = score.interval(level: 0.95)
    // The search stops 1e-15 from the edge of the parameter space; where the likeliest share lies on
    // the edge, that moves the bounds by the root of it.
    #expect(agree(interval.low, expected["low"]?.asNumber, within: 1e-9))
    #expect(agree(interval.high, expected["high"]?.asNumber, within: 1e-9))
    for (delta, value) in try #require(expected["at"]?.asObject) {
      let found = score.statistic(at: try #require(Double(delta)))
      #expect(agree(found, value.asNumber, within: 1e-9), "\(delta)")
    }
    // At 0 it is McNemar's.
    let chi = McNemarTest.statistic(counts[0], counts[1], .chiSquared) ?? 0
    #expect(agree(score.statistic(at: 0) * score.statistic(at: 0), chi))
    #expect(interval.low <= score.difference && score.difference <= interval.high)
  }

  @Test func theResampledTEqualsItsDefinition() throws {
    let expected = try Self.fixture("paired_t")
    let folds = try ["a", "b"].map { name in
      ComparisonSubject.folds(
        FoldScores(
          values: try #require(try Self.fixture("folds")[name]?.asArray).map { $0.asNumber },
          trained: Array(repeating: 900, count: 10),
          held: Array(repeating: 100, count: 10)
        )
      )
    }
    let found = try ResampledTTest(Self.options(margin: 0.01)).evidence(
      for: [folds[1]],
      beside: folds[0],
      in: Self.metric("roc_auc")
    )[0]
    #expect(agree(found.difference, expected["difference"]?.asNumber))
    #expect(agree(found.statistic, expected["statistic"]?.asNumber, within: 1e-11))
    #expect(agree(found.pValue, expected["p"]?.asNumber))
    #expect(agree(found.interval?.low, expected["low"]?.asNumber))
    #expect(agree(found.interval?.high, expected["high"]?.asNumber))
    #expect(agree(found.nonInferiority, expected["margin"]?.asNumber))
  }

  @Test(arguments: Multiplicity.allCases)
  func pValuesAreRaisedAsStatsmodelsDoes(correction: Multiplicity) throws {
    let section = try Self.fixture("multiplicity")
    let values = try #require(section["values"]?.asArray).map { $0.asNumber }
    let expected = section[correction.rawValue]?.asArray.map { $0.map { $0.asNumber } } ?? values
    let found = correction.adjust(values)
    for (a, b) in zip(found, expected) { #expect(agree(a, b)) }
    // A p-value that is missing stays so and does not count.
    let withGap = correction.adjust([nil] + values)
    #expect(withGap[0] == nil)
    #expect(Array(withGap.dropFirst()) == found)
    for (a, b) in zip(found, values) { #expect((a ?? 0) >= (b ?? 1)) }
  }

  /// The corrected tail is the inverse of the corrected bound: where the bound of an error lies, the
  /// error comes back.
  @Test func theBootstrapsTailInvertsItsBounds() throws {
    let subjects = try subjects(Self.paired(65, 30, share: 0.4))
    let metric = try Self.metric("roc_auc")
    for kind in Bootstrap.Kind.allCases {
      var options = Self.options(kind: kind, resamples: 1_999)
      let first = try BootstrapTest(options).evidence(
        for: [subjects[1]],
        beside: subjects[0],
        in: metric
      )[0]
      let p = try #require(first.pValue)
      try #require((0.005...0.9).contains(p))
      options.level = 1 - p
      options.bootstrap.level = 1 - p
      let bound = try #require(
        try BootstrapTest(options).evidence(for: [subjects[1]], beside: subjects[0], in: metric)[0]
          .interval
      )
      // One of the bounds touches 0, up to the distance of two neighbouring resamples.
      #expect(min(bound.low.magnitude, bound.high.magnitude) < 2e-3, "\(kind)")
    }
  }

  @Test(arguments: ["roc_auc", "accuracy", "log_loss", "pr_auc"])
  func theBootstrapDoesNotDependOnThreads(name: String) throws {
    let subjects = try subjects(Self.paired(66, 150, share: 0.4))
    let metric = try Self.metric(name)
    let runs = try [1, 3, 8].map { threads in
      try BootstrapTest(Self.options(margin: 0.01, resamples: 100, threads: threads)).evidence(
        for: [subjects[1]],
        beside: subjects[0],
        in: metric
      )
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0] == runs[2])
    #expect(runs[0][0].pValue != nil)
  }

  /// A paired difference by resampled rows, drawn one by one.
  @Test func theBootstrapMeasuresBothModelsOnTheSameRows() throws {
    let rows = Self.paired(67, 80, share: 0.5)
    let metric = try Self.metric("brier")
    let samples = try rows.map { Sample(try $0.cases()) }
    let replicates = Bootstrap(resamples: 4).replicates(
      of: metric,
      samples: samples,
      stream: Self.stream
    )
    for index in 0..<4 {
      var stream = Self.stream(index)
      let drawn = (0..<80).map { _ in stream.integer(below: 80) }
      for (place, model) in rows.enumerated() {
        let resample = Sample(try model.picked(drawn).cases())
        #expect(agree(replicates[place][index], metric.value(resample)))
      }
    }
  }
}
