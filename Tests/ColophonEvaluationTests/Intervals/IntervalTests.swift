import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

@Suite struct Intervals {
  private static func stream(_ index: Int) -> RandomStream {
    RandomStream(root: 20, cell: "final", purpose: "bootstrap", index: index)
  }

  @Test(arguments: [("clean", binaryRows(1, 300, share: 0.4)), ("tied", tiedRows)])
  func ofDeLongAgreeWithAllPairs(name: String, rows: Rows) throws {
    let expected = try Fixture.section("delong", name).mapValues { $0.asNumber }
    let analysis = try #require(DeLong(Sample(try rows.cases())))
    #expect(agree(analysis.area, expected["area"] ?? nil))
    #expect(agree(analysis.variance, expected["variance"] ?? nil))
    let plain = analysis.plain()
    #expect(agree(plain.low, expected["low"] ?? nil))
    #expect(agree(plain.high, expected["high"] ?? nil))
    let logit = try #require(analysis.logit())
    #expect(agree(logit.low, expected["logit_low"] ?? nil))
    #expect(agree(logit.high, expected["logit_high"] ?? nil))
  }

  static let tiedRows = binaryRows(2, 400, share: 0.3, levels: 6)

  @Test func ofDeLongNeedTwoRowsOfEachClassAndNoWeights() throws {
    func analysis(_ labels: [Int32], _ weights: [Double]? = nil) throws -> DeLong? {
      DeLong(
        Sample(
          try Cases(
            labels: .classes(labels),
            predictions: .binary(scores: [0.1, 0.4, 0.3, 0.8]),
            weights: weights
          )
        )
      )
    }
    #expect(try analysis([0, 1, 0, 1]) != nil)
    #expect(try analysis([0, 0, 0, 1]) == nil)
    #expect(try analysis([0, 1, 0, 1], [1, 2, 1, 1]) == nil)
  }

  @Test func ofDeLongCollapseWhereTheClassesAreApart() throws {
    let cases = try Cases(
      labels: .classes([0, 0, 1, 1]),
      predictions: .binary(scores: [0.1, 0.2, 0.3, 0.4])
    )
    let analysis = try #require(DeLong(Sample(cases)))
    #expect(analysis.plain() == ConfidenceInterval(low: 1, high: 1))
    #expect(analysis.logit() == nil)
  }

  /// The bias of predictions against zeros is the mean of the predictions, so the acceleration is
  /// that of a mean, which scipy computes by leaving each number out.
  @Test func areCorrectedAsScipyDoes() throws {
    let expected = try Fixture.section("bca", "skewed").mapValues { $0.asNumber }
    var u = Congruential(state: 31)
    let data = (0..<60).map { _ in
      let x = u.next()
      return x * x * x
    }
    let mean = data.reduce(0, +) / 60
    let replicates = (0..<999).map { _ in mean + 0.2 * (u.next() - 0.45) }.sorted()
    let sample = Sample(
      try Cases(labels: .numbers(Array(repeating: 0, count: 60)), predictions: .regression(data))
    )
    let bias = try #require(Metric.named("bias", task: .regression))
    let acceleration = Bootstrap().accelerations(of: [bias], sample: sample)[0]
    // x³ by multiplication and by numpy's power differ in the last digit.
    #expect(agree(acceleration, expected["acceleration"] ?? nil, within: 1e-11))
    let interval = Bootstrap().corrected(replicates, around: mean, acceleration: acceleration)
    #expect(agree(interval.low, expected["low"] ?? nil, within: 1e-11))
    #expect(agree(interval.high, expected["high"] ?? nil, within: 1e-11))
    let plain = Bootstrap().percentile(replicates)
    #expect(agree(plain.low, expected["percentile_low"] ?? nil))
    #expect(agree(plain.high, expected["percentile_high"] ?? nil))
  }

  @Test(arguments: [2, 3, 8])
  func doNotDependOnTheNumberOfThreads(threads: Int) throws {
    let sample = Sample(try binaryRows(1, 300, share: 0.4).cases())
    let metrics = Metric.catalogue(for: .binary).members
    let bootstrap = Bootstrap(resamples: 60)
    let one = bootstrap.intervals(of: metrics, sample: sample, stream: Self.stream)
    let many = bootstrap.intervals(
      of: metrics,
      sample: sample,
      threads: threads,
      stream: Self.stream
    )
    #expect(one == many)
    #expect(one.allSatisfy { $0 != nil })
  }

  /// A resample by weights beside the rows themselves, drawn one by one.
  @Test func resampleRowsWithReplacement() throws {
    let rows = binaryRows(2, 400, share: 0.3, levels: 6, weighted: true)
    let cases = try rows.cases()
    let kept = try #require(cases.origins)
    let metrics = Metric.catalogue(for: .binary).members
    let replicates = Bootstrap(resamples: 5).replicates(
      of: metrics,
      sample: Sample(cases),
      stream: Self.stream
    )
    for index in 0..<5 {
      var stream = Self.stream(index)
      let drawn = kept.map { _ in kept[stream.integer(below: kept.count)] }
      let resample = Sample(try rows.picked(drawn).cases())
      for (m, metric) in metrics.enumerated() {
        #expect(agree(replicates[m][index], metric.value(resample)), "\(metric.name)")
      }
    }
  }

  @Test func areMissingWhereTooManyResamplesAre() throws {
    // One positive row among ten: over a third of the resamples lack it.
    let cases = try Cases(
      labels: .classes([1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      predictions: .binary(scores: [0.9, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.95])
    )
    let metrics = ["roc_auc", "accuracy"].compactMap { Metric.named($0, task: .binary) }
    let intervals = Bootstrap(resamples: 200).intervals(
      of: metrics,
      sample: Sample(cases),
      stream: Self.stream
    )
    #expect(intervals[0] == nil)
    #expect(intervals[1] != nil)
  }

  @Test func mayEndInInfinity() throws {
    let cases = try Cases(
      labels: .classes([1, 0, 1, 0, 1]),
      predictions: .binary(scores: [0, 0.1, 0.8, 0.3, 0.6])
    )
    let metric = try #require(Metric.named("log_loss", task: .binary))
    let interval = try #require(
      Bootstrap(resamples: 100).intervals(
        of: [metric],
        sample: Sample(cases),
        stream: Self.stream
      )[0]
    )
    #expect(interval.high == .infinity)
    #expect(interval.low.isFinite)
  }

  /// 200 samples of a known mean; 95 % intervals must hold it about as often.
  ///
  /// The coverage has a sampling error of 1.5 %, and small skewed samples fall short by some more.
  @Test func holdTheTruthAboutAsOftenAsTheySay() throws {
    let bias = try #require(Metric.named("bias", task: .regression))
    var u = Congruential(state: 4)
    var held = 0
    for _ in 0..<200 {
      let data = (0..<40).map { _ in u.next() * u.next() }
      let cases = try Cases(
        labels: .numbers(Array(repeating: 0.25, count: 40)),
        predictions: .regression(data)
      )
      let interval = Bootstrap(resamples: 300).intervals(
        of: [bias],
        sample: Sample(cases),
        stream: Self.stream
      )[0]
      if let interval, interval.low <= 0, interval.high >= 0 { held += 1 }
    }
    #expect((180...198).contains(held))
  }
}
