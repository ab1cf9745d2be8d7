import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

/// What holds for every test of two models in the catalogue.
@Suite struct EveryComparisonTest {
  private static let rows = ComparisonTests.paired(71, 160, share: 0.45, levels: 30)

  /// Two models and a third that is the first again, as a test takes them.
  private func subjects(_ kind: ComparisonSubject.Kind) throws -> [ComparisonSubject] {
    switch kind {
    case .rows:
      return try (Self.rows + [Self.rows[0]]).map { .rows(Sample(try $0.cases())) }
    case .folds:
      let a = [0.81, 0.78, 0.84, 0.80, 0.79]
      let b = [0.83, 0.80, 0.83, 0.84, 0.82]
      return [a, b, a].map {
        .folds(
          FoldScores(
            values: $0,
            trained: Array(repeating: 80, count: 5),
            held: Array(repeating: 20, count: 5)
          )
        )
      }
    }
  }

  private func evidence(
    _ name: String,
    _ baseline: Int,
    _ challengers: [Int],
    margin: Double? = nil
  ) throws -> [PairedEvidence] {
    let test = try #require(comparisonTests[name])
    let subjects = try subjects(test.compares)
    let metric = try #require(
      Metric.catalogue(for: .binary).members.first {
        test.objection(to: $0) == nil && ($0.need == .scores || $0.name == "accuracy")
      }
    )
    return try test.init(ComparisonTests.options(margin: margin)).evidence(
      for: challengers.map { subjects[$0] },
      beside: subjects[baseline],
      in: metric
    )
  }

  @Test(arguments: comparisonTests.names)
  func findsNoDifferenceOfAModelToItself(name: String) throws {
    let found = try evidence(name, 0, [2], margin: 0.01)[0]
    #expect(found.difference == 0)
    #expect(found.pValue == 1)
    #expect(found.interval.map { $0.low <= 0 && $0.high >= 0 } == true)
  }

  @Test(arguments: comparisonTests.names)
  func turnsItsSignWithTheModels(name: String) throws {
    let (one, other) = (try evidence(name, 0, [1])[0], try evidence(name, 1, [0])[0])
    #expect(agree(one.difference, other.difference.map { -$0 }))
    #expect(one.difference != 0)
    // Bounds corrected for skewness turn with it up to rounding; percentiles mirror.
    #expect(agree(one.pValue, other.pValue, within: 1e-9))
    #expect(agree(one.interval?.low, other.interval.map { -$0.high }, within: 1e-9))
  }

  @Test(arguments: comparisonTests.names)
  func judgesEachChallengerByItself(name: String) throws {
    let both = try evidence(name, 0, [1, 2])
    #expect(both[0] == (try evidence(name, 0, [1])[0]))
    #expect(both[1] == (try evidence(name, 0, [2])[0]))
  }

  @Test(arguments: comparisonTests.names)
  func isEasierToPleaseWithAWiderMargin(name: String) throws {
    let values = try [0, 0.02, 0.3].map {
      try #require(try evidence(name, 1, [0], margin: $0)[0].nonInferiority)
    }
    #expect(values == values.sorted(by: >))
    #expect((0...1).contains(values[0]))
    #expect(try evidence(name, 1, [0])[0].nonInferiority == nil)
  }

  @Test(arguments: comparisonTests.names)
  func explainsItself(name: String) throws {
    let test = try #require(comparisonTests[name])
    #expect(test.summary.hasSuffix("."))
    #expect(!test.init(ComparisonTests.options()).words.isEmpty)
  }

  @Test(arguments: comparisonTests.names)
  func refusesWhatItCannotCompare(name: String) throws {
    let test = try #require(comparisonTests[name])
    let metric = try #require(Metric.named("roc_auc", task: .binary))
    let wrong = try subjects(test.compares == .rows ? .folds : .rows)
    #expect(throws: ComparisonFault.self) {
      try test.init(ComparisonTests.options()).evidence(
        for: [wrong[1]],
        beside: wrong[0],
        in: metric
      )
    }
    guard test.compares == .rows else { return }
    let other = ComparisonTests.paired(72, 160, share: 0.45)[0]
    #expect(throws: ComparisonFault.self) {
      try test.init(ComparisonTests.options()).evidence(
        for: [.rows(Sample(try other.cases()))],
        beside: try subjects(.rows)[0],
        in: metric
      )
    }
  }

  @Test(arguments: [DeLongTest.name, McNemarTest.name])
  func hasNoWeightedForm(name: String) throws {
    let test = try #require(comparisonTests[name])
    let weighted = try Self.rows.map { rows in
      let weights = (0..<160).map { Double($0 % 3 + 1) }
      return ComparisonSubject.rows(
        Sample(try rows.picked(Array(0..<160), weights: weights).cases())
      )
    }
    let metric = try #require(
      Metric.named(name == "delong" ? "roc_auc" : "accuracy", task: .binary)
    )
    #expect(throws: ComparisonFault.self) {
      try test.init(ComparisonTests.options()).evidence(
        for: [weighted[1]],
        beside: weighted[0],
        in: metric
      )
    }
  }

  /// Degenerate rows: one class alone, apart classes, a single fold.
  @Test func saysNothingWhereNothingCanBeSaid() throws {
    let area = try #require(Metric.named("roc_auc", task: .binary))
    func rows(_ labels: [Int32], _ scores: [Double]) throws -> ComparisonSubject {
      .rows(Sample(try Cases(labels: .classes(labels), predictions: .binary(scores: scores))))
    }
    let options = ComparisonTests.options(margin: 0.1, resamples: 100)
    let alone = try [rows([1, 1, 1], [0.1, 0.2, 0.3]), rows([1, 1, 1], [0.3, 0.2, 0.3])]
    for name in [DeLongTest.name, BootstrapTest.name] {
      let found = try #require(comparisonTests[name]).init(options).evidence(
        for: [alone[1]],
        beside: alone[0],
        in: area
      )[0]
      #expect(found == PairedEvidence(difference: nil))
    }
    // Perfect beside constant: a difference without any spread, which can't be judged.
    let labels: [Int32] = [0, 0, 0, 1, 1, 1]
    let apart = try [
      rows(labels, [0, 0, 0, 1, 1, 1]), rows(labels, Array(repeating: 0.5, count: 6)),
    ]
    let found = try DeLongTest(options).evidence(for: [apart[0]], beside: apart[1], in: area)[0]
    #expect(found == PairedEvidence(difference: 0.5))
    let fold = ComparisonSubject.folds(FoldScores(values: [0.8], trained: [10], held: [5]))
    let other = ComparisonSubject.folds(FoldScores(values: [0.9], trained: [10], held: [5]))
    let one = try ResampledTTest(options).evidence(for: [other], beside: fold, in: area)[0]
    #expect(one.pValue == nil)
    #expect(agree(one.difference, 0.1))
  }

  @Test(
    arguments: [
      (0.02, 0.01, nil, 1, .better), (0.02, 0.01, nil, -1, .worse), (0.02, 0.2, nil, 1, .undecided),
      (-0.01, 0.2, 0.01, 1, .nonInferior), (-0.01, 0.2, 0.03, 1, .undecided),
      (-0.01, 0.01, 0.001, 1, .worseWithinMargin), (-0.01, 0.01, 0.4, 1, .worse),
      (nil, nil, nil, 1, .undefined), (0.3, nil, nil, 1, .undefined), (0, 1, nil, 1, .undecided),
    ] as [(Double?, Double?, Double?, Double, ComparisonVerdict)]
  )
  func supportsNoMoreThanTheEvidence(
    difference: Double?,
    pValue: Double?,
    margin: Double?,
    sense: Double,
    verdict: ComparisonVerdict
  ) {
    #expect(
      ComparisonVerdict(
        difference: difference,
        pValue: pValue,
        nonInferiority: margin,
        sense: sense,
        level: 0.95
      ) == verdict
    )
  }
}
