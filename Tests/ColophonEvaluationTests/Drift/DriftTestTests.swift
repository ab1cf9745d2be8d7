import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

/// The numbers that Tests/Fixtures/make/drift.py makes by the same generator.
private func numbers(
  _ seed: Double,
  _ count: Double,
  shift: Double,
  scale: Double,
  step: Double
) -> [Double] {
  var g = Congruential(state: UInt64(seed))
  return (0..<Int(count)).map { _ in
    let sum = (g.next() + g.next()) + (g.next() + g.next()) - 2
    let x = sum * scale + shift
    return step > 0 ? (x / step).rounded(.toNearestOrEven) * step : x
  }
}

/// Probabilities are computed by other methods than SciPy's; ten digits must agree.
private let tenDigits = 1e-10

@Suite struct DriftTests {
  private func pair(_ fixture: Value) throws -> DriftPair {
    let step = try fixture.needed("step")
    return DriftPair(
      numbers: numbers(
        try fixture.needed("seed"),
        try fixture.needed("m"),
        shift: 0,
        scale: 1,
        step: step
      ),
      current: numbers(
        try fixture.needed("seed") + 100,
        try fixture.needed("n"),
        shift: try fixture.needed("shift"),
        scale: try fixture.needed("scale"),
        step: step
      )
    )
  }

  private func reading(_ name: String, _ pair: DriftPair) throws -> DriftTest.Reading? {
    try #require(driftTests[name]).read(pair)
  }

  /// From 5 to 20,000 numbers, with and without ties; exact and large-sample probabilities.
  @Test(arguments: 0..<13) func equalSciPys(place: Int) throws {
    let fixture = try FixtureFile.list("drift.json", "numbers")[place]
    let pair = try pair(fixture)
    for name in ["psi", "js", "wasserstein", "ks"] {
      let value = try reading(name, pair)?.value
      #expect(agree(value, fixture.number(name)), "\(name): \(value as Any)")
    }
    #expect(agree(try reading("ks", pair)?.pValue, fixture.number("p"), within: tenDigits))
    let test = try reading("chi2", pair)
    #expect(agree(test?.value, fixture["chi2"]?.number("value")))
    #expect(agree(test?.pValue, fixture["chi2"]?.number("p"), within: tenDigits))
  }

  @Test(arguments: 0..<6) func equalSciPysOverLevels(place: Int) throws {
    let fixture = try FixtureFile.list("drift.json", "tables")[place]
    func rows(_ name: String) throws -> [String?] {
      try #require(fixture[name]?.asArray).enumerated().flatMap { level, count in
        [String?](repeating: "level \(level)", count: Int(count.asNumber ?? 0))
      }
    }
    let pair = DriftPair(levels: try rows("reference"), current: try rows("current"))
    #expect(agree(try reading("psi", pair)?.value, fixture.number("psi")))
    #expect(agree(try reading("js", pair)?.value, fixture.number("js")))
    let test = try reading("chi2", pair)
    #expect(agree(test?.value, fixture["chi2"]?.number("value")))
    #expect(agree(test?.pValue, fixture["chi2"]?.number("p"), within: tenDigits))
    #expect(try reading("ks", pair) == nil)
  }

  @Test func weighRows() throws {
    let fixture = try #require(try FixtureFile.value("drift.json")["weighted"])
    func list(_ name: String) throws -> [Double] {
      try #require(fixture[name]?.asArray?.compactMap { $0.asNumber })
    }
    let (a, b, weights) = (try list("a"), try list("b"), try list("weights"))
    let back = Array(weights.reversed())
    let weighted = DriftPair(numbers: a, weights: weights, current: b, currentWeights: back)
    #expect(agree(try reading("wasserstein", weighted)?.value, fixture.number("wasserstein")))
    func expanded(_ values: [Double], _ weights: [Double]) -> [Double] {
      zip(values, weights).flatMap { Array(repeating: $0, count: Int($1)) }
    }
    let plain = DriftPair(numbers: expanded(a, weights), current: expanded(b, back))
    for test in driftTests.members { #expect(test.read(weighted) == test.read(plain)) }
  }

  /// Missing values stand in a bin of their own, of numbers as of levels.
  @Test func seeMissingValues() throws {
    let whole = (0..<200).map { Double($0) }
    let holes = whole.map { $0.truncatingRemainder(dividingBy: 3) == 0 ? Double.nan : $0 }
    let pair = DriftPair(numbers: whole, current: holes)
    #expect(try #require(try reading("psi", pair)).value > 1)
    #expect(try #require(try reading("chi2", pair)?.pValue) < 1e-10)
    #expect(try #require(try reading("ks", pair)?.pValue) > 0.9)
    #expect(pair.missing.current == 67.0 / 200)
    #expect(DriftAnalysis([("n", pair)], tests: driftTests.members).drifted.count == 1)
    let levels = DriftPair(
      levels: whole.map { _ in "a" },
      current: holes.map { $0.isNaN ? nil : "a" }
    )
    #expect(try #require(try reading("psi", levels)).value > 1)
  }

  @Test func nameLevelsThatTheReferenceLacks() {
    let pair = DriftPair(levels: ["a", "b", nil], current: ["c", "a", "c", "d"])
    #expect(pair.unseen.map { $0.level } == ["c", "d"] && pair.unseen.map { $0.weight } == [2, 1])
  }

  @Test func haveAnAnswerForConstantColumns() throws {
    let pair = DriftPair(numbers: [2, 2, 2], current: [2, 2])
    #expect(pair.isConstant)
    #expect(try reading("psi", pair)?.value == 0)
    #expect(try reading("ks", pair)?.pValue == 1)
    #expect(try reading("chi2", pair) == nil)
    let moved = DriftPair(numbers: [2, 2, 2], current: [3, 3])
    #expect(!moved.isConstant)
    // All of the reference is at most 2, and nothing of now is.
    #expect(try #require(try reading("psi", moved)).value > 10)
    let empty = DriftPair(numbers: [.nan], current: [1])
    #expect(try reading("ks", empty) == nil)
  }

  /// A value on an edge belongs to the bin below it: deciles of 1 to 10 are 1 to 9.
  @Test func putAnEdgeInTheBinBelow() {
    let pair = DriftPair(numbers: (1...10).map { Double($0) }, current: [1, 1.5, 9, 9.5, 100])
    #expect(pair.edges == (1...9).map { Double($0) })
    #expect(pair.counts.current == [1, 1, 0, 0, 0, 0, 0, 0, 1, 2, 0])
  }
}

@Suite struct DriftVerdicts {
  private func column(_ shift: Double, _ count: Int, _ seed: Double) -> DriftPair {
    DriftPair(
      numbers: numbers(seed, Double(count), shift: 0, scale: 1, step: 0),
      current: numbers(seed + 50, Double(count), shift: shift, scale: 1, step: 0)
    )
  }

  private func verdict(_ pair: DriftPair, _ names: String...) -> Bool {
    let tests = names.isEmpty ? driftTests.members : names.compactMap { driftTests[$0] }
    return DriftAnalysis([("x", pair)], tests: tests).verdicts[0].isDrifted
  }

  /// A shift that no chance explains and that is yet tiny is no drift, and a large index of few
  /// rows is none either.
  @Test func askForSizeAndForEvidence() {
    let tiny = column(0.05, 9_000, 3)
    #expect(verdict(tiny, "ks") && !verdict(tiny, "psi") && !verdict(tiny, "psi", "ks"))
    let few = column(0, 15, 4)
    #expect(verdict(few, "psi") && !verdict(few, "ks") && !verdict(few, "psi", "ks"))
    let large = column(1, 400, 5)
    #expect(verdict(large) && verdict(large, "psi") && verdict(large, "ks"))
  }

  @Test func correctForTheNumberOfColumns() throws {
    let columns = (0..<20).map { ("c\($0)", column($0 == 0 ? 0.25 : 0, 200, Double(10 + $0))) }
    let tests = try [#require(driftTests["ks"])]
    let holm = DriftAnalysis(columns, tests: tests)
    let none = DriftAnalysis(columns, tests: tests, correction: .none)
    let first = try #require(holm.verdicts[0]["ks"])
    let p = try #require(first.reading?.pValue)
    #expect(first.adjusted == min(p * 20, 1))
    #expect(none.verdicts[0]["ks"]?.adjusted == p)
  }

  @Test(arguments: [DriftCorrection.holm, .benjaminiHochberg])
  func correctAsStatsmodelsDoes(correction: DriftCorrection) throws {
    let fixture = try #require(try FixtureFile.value("drift.json")["corrections"])
    func list(_ name: String) throws -> [Double] {
      try #require(fixture[name]?.asArray?.compactMap { $0.asNumber })
    }
    let found = correction.adjusted(try list("values"))
    for (a, b) in zip(found, try list(correction.rawValue)) { #expect(agree(a, b)) }
    #expect(DriftCorrection.none.adjusted([0.2, 0.1]) == [0.2, 0.1])
    #expect(correction.adjusted([]).isEmpty)
  }
}
