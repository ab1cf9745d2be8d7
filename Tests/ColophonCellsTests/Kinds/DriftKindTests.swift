import ColophonCells
import ColophonCore
import ColophonData
import ColophonReport
import Testing

@Suite struct DriftCells {
  /// Rows whose score is a fraction of their place, with a plan, a month and a label.
  private func rows(
    _ count: Int,
    shift: Double = 0,
    plans: [String] = ["a", "b"],
    flips: (Int) -> Bool = { _ in false }
  ) -> Dataset {
    let scores = (0..<count).map { Double($0 * 7_919 % count) / Double(count) * 0.5 + shift }
    return Dataset(
      table: Table(
        columns: [
          .numbers("score", scores),
          .levels("plan", (0..<count).map { plans[$0 % plans.count] }),
          Column(
            name: "month",
            type: .time,
            storage: .numbers((0..<count).map { Double($0 * 6 / count) }),
            isCalendar: false
          ),
          .levels(
            "left",
            scores.enumerated().map { row, score in
              (score - shift > 0.25) != flips(row) ? "yes" : "no"
            }
          ),
        ],
        rowCount: count
      ),
      task: .binary,
      target: "left",
      classes: ["no", "yes"],
      time: "month",
      splits: (0..<count).map { $0 % 2 == 0 ? .train : .test }
    )
  }

  private func supply(_ then: Dataset, _ now: Dataset) throws -> FolderSupply {
    FolderSupply(
      artifacts: ["m": try EchoModel.trained(on: then, "score"), "then": then, "now": now]
    )
  }

  private func drift(
    _ members: KeyValuePairs<String, Value>,
    _ then: Dataset,
    _ now: Dataset
  ) throws -> Outcome {
    let (cell, _, found) = ColophonCellsTests.read(DriftKind.self, members)
    #expect(found.isEmpty, "\(found)")
    return try run(cell, supply(then, now))
  }

  private static let plain: KeyValuePairs<String, Value> = ["reference": "then", "current": "now"]

  @Test func findWhatMovedAndNothingElse() throws {
    let outcome = try drift(DriftCells.plain, rows(400), rows(400, shift: 0.3))
    #expect(outcome.value("drifted") == true && outcome.value("drifted_columns") == 1)
    #expect(outcome.value("score", "drifted") == true && outcome.value("plan", "drifted") == false)
    #expect(outcome.value("plan", "psi") == 0.0 && outcome.value("compared_columns") == 2)
    #expect(outcome.value("rows", "reference") == 400)
    let steady = try drift(DriftCells.plain, rows(400), rows(300))
    #expect(steady.value("drifted") == false)
  }

  @Test func compareSplitsOfOneDataset() throws {
    let outcome = try drift(
      [
        "reference": ["data": "then", "split": "train"],
        "current": ["data": "then", "split": "test"], "tests": ["ks"],
      ],
      rows(400),
      rows(4)
    )
    #expect(outcome.value("rows", "current") == 200)
    #expect(outcome.value("score", "psi") == nil && outcome.value("score", "p", "ks") != nil)
  }

  @Test func nameValuesThatTheReferenceNeverHad() throws {
    let outcome = try drift(DriftCells.plain, rows(400), rows(400, plans: ["a", "c"]))
    #expect(outcome.value("plan", "drifted") == true)
    #expect(
      outcome.exhibits.contains { exhibit in
        if case .text(let text) = exhibit { text.contains("“c”") } else { false }
      }
    )
  }

  @Test func followPredictionsAndPerformance() throws {
    // From the fourth month on every label is wrong.
    let now = rows(600, flips: { $0 >= 300 })
    let outcome = try drift(
      ["reference": "then", "current": "now", "model": "m", "metric": "roc_auc"],
      rows(600),
      now
    )
    #expect(outcome.value("prediction", "drifted") == false)
    let slices = try #require(outcome.value("performance", "slices")?.asArray)
    #expect(slices.count == 6)
    #expect(outcome.value("performance", "fell") == true)
    #expect(outcome.value("performance", "metric") == "roc_auc")
    let values = slices.compactMap { $0["value"]?.asNumber }
    #expect(values[0] > values[5])
    let steady = try drift(
      ["reference": "then", "current": "now", "model": "m", "metric": "roc_auc"],
      rows(600),
      rows(600)
    )
    #expect(steady.value("performance", "fell") == false)
    #expect(steady.value("performance", "reference") == 1.0)
  }

  @Test func cutManyTimesIntoEqualSlices() throws {
    var now = rows(300)
    now.table.columns[2].storage = .numbers((0..<300).map { Double($0) })
    let outcome = try drift(
      ["reference": "then", "current": "now", "model": "m", "slices": 5],
      rows(300),
      now
    )
    let slices = try #require(outcome.value("performance", "slices")?.asArray)
    #expect(slices.map { $0["rows"] } == Array(repeating: 60, count: 5))
    #expect(slices[1]["from"] == "60" && slices[1]["to"] == "119")
  }

  private func failure(
    _ members: KeyValuePairs<String, Value>,
    _ then: Dataset,
    _ now: Dataset
  ) throws -> CellFailure? {
    let (cell, _, _) = ColophonCellsTests.read(DriftKind.self, members)
    do {
      _ = try run(cell, supply(then, now))
      return nil
    } catch let failure as CellFailure { return failure }
  }

  @Test func refuseWhatOnlyTheRowsTell() throws {
    var other = rows(40)
    other.table.columns[0] = .levels("score", (0..<40).map { "\($0) EUR" })
    let named = try failure(
      ["reference": "then", "current": "now", "columns": ["score"]],
      rows(40),
      other
    )
    #expect(
      named?.field == "columns[0]" && named?.message.contains("numbers in the reference") == true
    )
    // Where nobody named it, it is left out and said.
    let outcome = try drift(DriftCells.plain, rows(40), other)
    #expect(outcome.value("compared_columns") == 1)
    let read = try failure(["reference": "then", "current": "now", "model": "m"], rows(40), other)
    #expect(read?.field == "current")
    var bare = rows(40)
    bare.target = nil
    let labels = try failure(
      ["reference": "then", "current": "now", "model": "m", "metric": "f1"],
      rows(40),
      bare
    )
    #expect(labels?.message.contains("no labels") == true)
    let other2 = try failure(
      ["reference": "then", "current": "now", "model": "m", "metric": "rmse"],
      rows(40),
      rows(40)
    )
    #expect(other2?.field == "metric")
  }

  static let careless: [(KeyValuePairs<String, Value>, String, Int)] = [
    (["reference": "then"], "cell.missing-field", 1),
    (["reference": ["split": "train"], "current": "now"], "cell.missing-field", 2),
    (["reference": "then", "current": "then"], "drift.same-rows", 3),
    (["reference": "then", "current": "now", "tests": ["psi", "kss"]], "cell.unknown-choice", 4),
    (["reference": "then", "current": "now", "threshold": ["kx": 1]], "drift.threshold", 5),
    (["reference": "then", "current": "now", "threshold": ["ks": 2]], "cell.wrong-type", 5),
    (["reference": "then", "current": "now", "threshold": -1], "cell.wrong-type", 4),
    (["reference": "then", "current": "now", "metric": "roc_auc"], "drift.needs-model", 4),
    (
      ["reference": "then", "current": "now", "model": "m", "metric": "aucc"],
      "evaluate.unknown-metric", 5
    ),
    (["reference": "then", "current": "now", "corection": "holm"], "cell.unknown-field", 4),
  ]

  @Test(arguments: 0..<10) func reportCarelessInputWhereItStands(place: Int) {
    let (members, code, line) = DriftCells.careless[place]
    let (_, _, found) = ColophonCellsTests.read(DriftKind.self, members)
    #expect(found.map { "\($0.code)" } == [code], "\(found)")
    #expect(found.first?.position.line == line, "\(found)")
  }

  @Test func checkColumnsOfBothSides() {
    func data(_ columns: Value) -> DatasetKind {
      ColophonCellsTests.read(
        DatasetKind.self,
        ["source": "data/diabetes.csv", "target": "progression", "columns": columns]
      ).cell
    }
    let recipes = [
      "then": data(["sex": "category"]), "now": data(["sex": "numeric", "age": "text"]),
    ]
    func codes(_ columns: Value) -> [String] {
      ColophonCellsTests.read(
        DriftKind.self,
        ["reference": "then", "current": "now", "columns": columns],
        beside: recipes
      ).diagnostics.map { "\($0.code)" }
    }
    #expect(codes(["bmi"]).isEmpty)
    #expect(codes(["bmii"]) == ["data.unknown-column"])
    #expect(codes(["sex", "age"]) == ["drift.column-type", "drift.column-type"])
  }
}
