import ColophonCells
import ColophonCore
import ColophonData
import Testing

/// Forecasts in a file of predictions.
@Suite struct EvaluateForecasts {
  /// Two series of three steps; the rows of `b` stand out of order.
  static let forecasts = """
    shop,day,sold,low,mid,high,guess
    a,5,10,8,11,14,12
    a,6,12,9,12,13,12
    a,7,20,10,14,16,14
    b,7,2,0,1,3,1
    b,6,4,1,3,5,3
    b,5,6,2,5,8,4
    """
  /// Naive errors of season 1: a |2| |4| → 3, b |1| |3| → 2; of season 2: a |6|, b |2|.
  static let past = """
    shop,day,sold
    a,1,4
    a,2,6
    a,3,10
    b,3,5
    b,2,8
    b,1,7
    """

  private func evaluate(
    _ predictions: [String: Value],
    _ more: [String: Value] = [:],
    text: String = forecasts
  ) throws -> (outcome: Outcome, cell: EvaluateKind, diagnostics: [Diagnostic]) {
    var section: [String: Value] = [
      "file": "f.csv", "label": "sold", "series": "shop", "time": "day",
    ]
    section.merge(predictions) { $1 }
    var reader = FieldReader(
      Config(["predictions": .object(section)]).entries
        + more.sorted { $0.key < $1.key }.flatMap { Config([$0.key: $0.value]).entries },
      context: "a cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    let cell = EvaluateKind(reading: &reader)
    reader.finish()
    let supply = FolderSupply(
      files: ["f.csv": Array(text.utf8), "past.csv": Array(Self.past.utf8)]
    )
    let found = reader.diagnostics + cell.check(in: Survey(directory: "", recipes: [:]))
    return (try run(cell, supply), cell, found)
  }

  private func value(_ outcome: Outcome, _ path: String...) -> Value? {
    ValuePath.find(path.map { .name($0) }, in: .object(outcome.values))
  }

  static let quantiles: [String: Value] = [
    "quantiles": ["0.1": "low", "0.5": "mid", "0.9": "high"], "history": "past.csv",
  ]

  @Test func measureQuantilesAndScaledErrors() throws {
    let (outcome, cell, found) = try evaluate(Self.quantiles)
    #expect(found == [])
    // Errors of the median: 1, 0, 6 over 3 and 1, 1, 1 over 2.
    #expect(abs((value(outcome, "mase")?.asNumber ?? 0) - Double((7.0 / 3 + 1.5) / 6)) < 1e-12)
    #expect(abs((value(outcome, "wape")?.asNumber ?? 0) - Double(10.0 / 54)) < 1e-12)
    // Losses of 0.1: 0.1 · (2 + 3 + 10 + 2 + 3 + 4); of 0.5: 0.5 · 10; of 0.9: 0.9 · 4 for the row
    // above, 0.1 · (4 + 1 + 1 + 1 + 2) for those below.
    let loss = 2 * (2.4 / 54 + 5.0 / 54 + (3.6 + 0.9) / 54) / 3
    #expect(abs((value(outcome, "wql")?.asNumber ?? 0) - loss) < 1e-15)
    #expect(value(outcome, "coverage_10")?.asNumber == 0)
    #expect(value(outcome, "coverage_90")?.asNumber == 5.0 / 6)
    #expect(value(outcome, "interval_coverage")?.asNumber == 5.0 / 6)
    // 6, 4, 6, 3, 4 and 6 wide.
    let width: Double = 29.0 / 6
    #expect(value(outcome, "interval_width")?.asNumber == width)
    #expect(value(outcome, "series") == 2)
    #expect(outcome.exhibits.count >= 3)
    for (key, _) in outcome.values {
      #expect(cell.values.contains { $0.matches([.name(key)]) }, "\(key)")
    }
  }

  @Test func takeThePointForecastWhereOneIsNamed() throws {
    let (outcome, _, found) = try evaluate(
      Self.quantiles.merging(["prediction": "guess"]) { $1 },
      ["metrics": ["rmse", "mase"], "season": 2]
    )
    #expect(found == [])
    // Errors 2, 0, 6 and 1, 1, 2; the seasonal naive errs by 6 and 2.
    #expect(value(outcome, "rmse")?.asNumber == (46.0 / 6).squareRoot())
    #expect(abs((value(outcome, "mase")?.asNumber ?? 0) - (8.0 / 6 + 2) / 6) < 1e-15)
  }

  @Test func goWithoutQuantiles() throws {
    let (outcome, _, found) = try evaluate(["prediction": "guess", "task": "forecasting"])
    #expect(found == [])
    #expect(value(outcome, "rmse")?.asNumber != nil)
    #expect(value(outcome, "mase") == .null)
    #expect(value(outcome, "wql") == .null)
    let (scaled, _, _) = try evaluate(["prediction": "guess", "history": "past.csv"])
    #expect(value(scaled, "mase")?.asNumber != nil)
  }

  @Test func sayNothingWhereThePastIsTooShort() throws {
    let (outcome, _, _) = try evaluate(Self.quantiles, ["season": 3])
    #expect(value(outcome, "mase") == .null)
  }

  /// Rows of one series depend on each other, so whole series are drawn.
  @Test func drawWholeSeries() throws {
    let interval: [String: Value] = ["confidence": ["resamples": 200, "bounds": "percentile"]]
    let (outcome, _, _) = try evaluate(Self.quantiles, interval)
    let low = try #require(value(outcome, "ci", "mase", "low")?.asNumber)
    let high = try #require(value(outcome, "ci", "mase", "high")?.asNumber)
    // Both series drawn alike: 7/9 of a alone, 1/2 of b alone.
    #expect(abs(low - 0.5) < 1e-15)
    #expect(abs(high - 7.0 / 9) < 1e-15)
    #expect {
      _ = try evaluate(["prediction": "guess", "task": "forecasting", "series": .null], interval)
    } throws: { "\($0)".contains("more than one series") }
  }

  @Test func sliceBySeries() throws {
    let (outcome, _, _) = try evaluate(Self.quantiles, ["slices": ["shop"]])
    #expect(value(outcome, "slice", "shop", "b", "mase")?.asNumber == 0.5)
  }

  @Test(
    arguments: [
      (["quantiles": ["1.5": "low", "0.5": "mid"]], [:], "evaluate.quantile"),
      (["quantiles": ["0.1": "low", "0.9": "high"]], [:], "evaluate.predictions"),
      (["score": "mid"], [:], "evaluate.forecasting-alone"),
      (["quantiles": ["0.5": "mid"]], ["metrics": ["mase"]], "evaluate.history"),
      (["quantiles": ["0.5": "mid"]], ["metrics": ["coverage_90"]], "evaluate.quantile"),
      (["quantiles": ["0.5": "mid"]], ["metrics": ["mae"]], "evaluate.metric-of-other-task"),
      (["quantiles": ["0.5": "mid"]], ["season": 0], "cell.out-of-range"),
    ] as [([String: Value], [String: Value], String)]
  )
  func reportWhatIsWrongBeforeTheRun(
    file: [String: Value],
    more: [String: Value],
    code: String
  ) {
    var section: [String: Value] = ["file": "f.csv", "label": "sold"]
    if code == "evaluate.forecasting-alone" { section["time"] = "day" }
    section.merge(file) { $1 }
    var reader = FieldReader(
      Config(["predictions": .object(section)]).entries
        + more.flatMap { Config([$0.key: $0.value]).entries },
      context: "a cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    let cell = EvaluateKind(reading: &reader)
    reader.finish()
    let found = reader.diagnostics + cell.check(in: Survey(directory: "", recipes: [:]))
    #expect(found.map { $0.code.description } == [code])
  }

  @Test func nameTheRowAndColumnOfAQuantileThatIsMissing() {
    #expect {
      _ = try evaluate(
        Self.quantiles,
        text: Self.forecasts.replacing("a,6,12,9,12", with: "a,6,12,,12")
      )
    } throws: { "\($0)".contains("row 2: the quantile (column 'low') is missing") }
  }
}
