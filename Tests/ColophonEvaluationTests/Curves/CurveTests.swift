import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

@Suite struct Curves {
  static let samples: [Rows] = [
    binaryRows(1, 300, share: 0.4), binaryRows(2, 400, share: 0.3, levels: 6),
    binaryRows(3, 300, share: 0.5, levels: 20, weighted: true),
  ]

  private func sweep(_ index: Int) throws -> (Sample, ThresholdSweep) {
    let sample = Sample(try Self.samples[index].cases())
    return (sample, try #require(ThresholdSweep(sample)))
  }

  @Test(arguments: samples.indices)
  func encloseTheAreaOfTheMetric(index: Int) throws {
    let (sample, sweep) = try sweep(index)
    let points = try #require(ROCCurve(sweep)).points
    let area = zip(points, points.dropFirst()).reduce(0.0) {
      $0 + ($1.1.falsePositiveRate - $1.0.falsePositiveRate)
        * ($1.1.truePositiveRate + $1.0.truePositiveRate) / 2
    }
    #expect(agree(area, Metric.named("roc_auc", task: .binary)?.value(sample)))
    #expect(points.first.map { [$0.falsePositiveRate, $0.truePositiveRate] } == [0, 0])
    #expect(points.last.map { [$0.falsePositiveRate, $0.truePositiveRate] } == [1, 1])
  }

  @Test func dropPointsOnAStraightLine() throws {
    // Scores fall through three positives, then three negatives: one corner is enough.
    let sample = Sample(
      try Cases(
        labels: .classes([1, 1, 1, 0, 0, 0]),
        predictions: .binary(scores: [0.9, 0.8, 0.7, 0.3, 0.2, 0.1])
      )
    )
    let sweep = try #require(ThresholdSweep(sample))
    let points = try #require(ROCCurve(sweep)).points
    #expect(points.map { $0.falsePositiveRate } == [0, 0, 1])
    #expect(points.map { $0.truePositiveRate } == [0, 1, 1])
    #expect(points.map { $0.threshold } == [(0.9).nextUp, 0.7, 0.1])
  }

  @Test(arguments: samples.indices)
  func stepThroughTheAveragePrecision(index: Int) throws {
    let (sample, sweep) = try sweep(index)
    let points = try #require(PrecisionRecallCurve(sweep)).points
    var (area, before) = (0.0, 0.0)
    for point in points {
      area += (point.recall - before) * point.precision
      before = point.recall
    }
    #expect(agree(area, Metric.named("pr_auc", task: .binary)?.value(sample)))
  }

  @Test func keepTheirEndsWhenThinned() throws {
    let sample = Sample(try binaryRows(6, 20_000, share: 0.3).cases())
    let sweep = try #require(ThresholdSweep(sample))
    let roc = try #require(ROCCurve(sweep))
    let thin = roc.thinned(steps: 100)
    #expect(thin.count <= 202)
    #expect(thin.first == roc.points.first)
    #expect(thin.last == roc.points.last)
    let precision = try #require(PrecisionRecallCurve(sweep))
    let few = precision.thinned(steps: 50)
    #expect(few.count <= 200)
    #expect(few.first == precision.points.first)
    #expect(few.last == precision.points.last)
  }

  @Test func gainWhatChanceWouldAtTheEnd() throws {
    let (_, sweep) = try sweep(0)
    let gain = try #require(GainCurve(sweep))
    #expect(gain.found(taking: 0) == 0)
    #expect(gain.found(taking: 1) == 1)
    #expect(gain.found(taking: 0.3) > 0.3)
    #expect(gain.points.last?.lift == 1)
  }

  @Test(arguments: [("clean", 0), ("weighted", 2)])
  func chooseTheThresholdThatTryingEachWouldFind(name: String, index: Int) throws {
    let (_, sweep) = try sweep(index)
    let rules: [(String, ThresholdRule)] = [
      ("f1", .maximize("f1")), ("mcc", .maximize("mcc")), ("accuracy", .maximize("accuracy")),
      ("cost", .cost(falsePositive: 1, falseNegative: 8)),
    ]
    for (key, rule) in rules {
      let expected = try Fixture.section("thresholds", name, key)
      let choice = try #require(sweep.choose(rule))
      #expect(choice.threshold == expected["threshold"]?.asNumber, "\(key)")
      #expect(agree(choice.value, expected["value"]?.asNumber), "\(key)")
    }
  }

  @Test func choosePredictingNothingWhereAlarmsCostTooMuch() throws {
    let (sample, sweep) = try sweep(0)
    let choice = try #require(sweep.choose(.cost(falsePositive: 1e6, falseNegative: 1)))
    let counts = try #require(
      Sample(sample.cases, threshold: choice.threshold).counts
    )
    #expect(counts.falsePositive == 0)
    let silent = try #require(sweep.choose(.cost(falsePositive: 1, falseNegative: 0)))
    #expect(Sample(sample.cases, threshold: silent.threshold).counts?.predictedPositive == 0)
  }

  @Test func refuseToMaximizeWhatNeedsNoThreshold() throws {
    let (_, sweep) = try sweep(0)
    #expect(sweep.choose(.maximize("roc_auc")) == nil)
    #expect(sweep.choose(.maximize("nonsense")) == nil)
    #expect(sweep.choose(.fixed(0.25))?.threshold == 0.25)
  }

  @Test func summariseResiduals() throws {
    let sample = Sample(
      try Cases(labels: .numbers([0, 0, 0, 0]), predictions: .regression([-1, 0, 1, 4]))
    )
    let summary = try #require(ResidualSummary(sample))
    #expect(summary.mean == 1)
    #expect(agree(summary.deviation, (3.5).squareRoot()))
    #expect(summary.quantiles == [-1, -1, 0, 1, 4])
    #expect(summary.weights.reduce(0, +) == 4)
    #expect(summary.edges.first == -1)
    #expect(summary.edges.last == 4)
  }

  @Test func summariseResidualsThatAreAllEqual() throws {
    let sample = Sample(try Cases(labels: .numbers([1, 2]), predictions: .regression([1, 2])))
    let summary = try #require(ResidualSummary(sample))
    #expect(summary.deviation == 0)
    #expect(summary.weights.reduce(0, +) == 2)
  }

  @Test func putEdgesIntoTheBinAbove() throws {
    // 0.3 · 10 is 3 in binary arithmetic, and the number below 0.3 must not be carried up with it.
    let scores = [0.0, 0.1, 0.2, (0.3).nextDown, 0.3, 0.7, (0.7).nextDown, 1.0]
    let sample = Sample(
      try Cases(
        labels: .classes([0, 1, 0, 1, 0, 1, 0, 1]),
        predictions: .binary(scores: scores)
      )
    )
    #expect(sample.reliabilityBins.map { $0.weight } == [1, 1, 2, 1, 0, 0, 1, 1, 0, 1])
  }
}
