import ColophonCells
import ColophonCore
import ColophonData
import ColophonReport
import Testing

@Suite struct BiasCells {
  /// Eight rows: four F, three M, one without a sex; a score that accepts one F and two M.
  private var loans: Dataset {
    Dataset(
      table: Table(
        columns: [
          .numbers("score", [0.9, 0.2, 0.3, 0.1, 0.8, 0.7, 0.2, 0.9]),
          .levels("sex", ["F", "F", "F", "F", "M", "M", "M", nil]),
          .numbers("age", [20, 30, 40, 50, 25, 35, 45, 60]),
          .levels("branch", ["n", "n", "s", "s", "n", "s", "s", "n"]),
          .levels("paid", ["yes", "yes", "no", "no", "yes", "yes", "no", "yes"]),
        ],
        rowCount: 8
      ),
      task: .binary,
      target: "paid",
      classes: ["no", "yes"],
      splits: Array(repeating: .test, count: 8)
    )
  }

  private func supply(_ dataset: Dataset? = nil) throws -> FolderSupply {
    let dataset = dataset ?? loans
    let column = dataset.table["score"] == nil ? "income" : "score"
    return FolderSupply(
      artifacts: ["m": try EchoModel.trained(on: dataset, column), "loans": dataset]
    )
  }

  private func audit(
    _ members: KeyValuePairs<String, Value>,
    _ dataset: Dataset? = nil
  ) throws -> Outcome {
    let (cell, _, found) = ColophonCellsTests.read(BiasKind.self, members)
    #expect(found.isEmpty, "\(found)")
    return try run(cell, supply(dataset))
  }

  private static let sex: Value = ["column": "sex", "values": ["F"]]

  @Test func compareTheGroupWithAllOthers() throws {
    let outcome = try audit(["model": "m", "facet": BiasCells.sex])
    #expect(outcome.value("rows") == 7)
    #expect(outcome.value("left_out") == 1)
    // 4 of 7 rows are F: (3 − 4) / 7.
    #expect(outcome.value("pre", "CI") == .number(-1.0 / 7))
    // F: 2 of 4 paid and 1 of 4 accepted; M: 2 of 3 and 2 of 3.
    #expect(outcome.value("pre", "DPL") == .number(2.0 / 3 - 0.5))
    #expect(outcome.value("post", "DI") == .number(0.25 / (2.0 / 3)))
    #expect(outcome.value("four_fifths") == false)
    #expect(outcome.value("group", "others", "recall") == 1.0)
    #expect(outcome.value("group", "disadvantaged", "rows") == 4)
    #expect(outcome.value("pre", "CDDL") == .null)
    #expect(outcome.advice.map { $0.code } == ["bias.four-fifths"])
    #expect(outcome.advice[0].field == "facet")
  }

  @Test func takeARangeForTheGroupAndAnotherOutcome() throws {
    let outcome = try audit([
      "model": "m", "facet": ["column": "age", "range": ["above": 30, "max": 50]],
      "label_positive": "no", "group": "branch",
    ])
    // Aged 40, 50, 35 and 45 of eight.
    #expect(outcome.value("group", "disadvantaged", "rows") == 4)
    // Not accepted are 0.3, 0.1 and 0.2, but not 0.7.
    #expect(outcome.value("group", "disadvantaged", "acceptance_rate") == 0.75)
    #expect(outcome.value("pre", "CDDL") != .null)
    // Eight different ages are rates by value too.
    #expect(outcome.value("value", "20", "rows") == 1)
    let several = try audit([
      "model": "m", "facet": ["column": "age", "range": [["below": 25], ["min": 60]]],
    ])
    #expect(several.value("group", "disadvantaged", "rows") == 2)
  }

  @Test func auditLabelsAlone() throws {
    let outcome = try audit(["data": "loans", "facet": BiasCells.sex, "split": "all"])
    #expect(outcome.value("pre", "DPL") == .number(2.0 / 3 - 0.5))
    #expect(outcome.value("post") == nil && outcome.advice.isEmpty)
  }

  @Test func auditNumbersByARange() throws {
    var dataset = loans
    dataset.table = Table(
      columns: [
        .numbers("income", [10, 20, 30, 40, 50, 60, 70, 80]),
        .levels("sex", ["F", "F", "F", "F", "M", "M", "M", "M"]),
        .numbers("worth", [40, 10, 35, 45, 90, 20, 70, 80]),
      ],
      rowCount: 8
    )
    (dataset.task, dataset.target, dataset.classes) = (.regression, "worth", [])
    let outcome = try audit(
      ["model": "m", "facet": BiasCells.sex, "label_positive": ["above": 35]],
      dataset
    )
    #expect(outcome.value("pre", "DPL") == 0.25)
    #expect(outcome.value("post", "DPPL") == 0.75)
  }

  @Test func auditSeveralClasses() throws {
    var dataset = loans
    dataset.table = Table(
      columns: [
        .numbers("score", [0, 1, 2, 0, 1, 2, 2, 2]),
        .levels("sex", ["F", "F", "F", "F", "M", "M", "M", "M"]),
        .levels("grade", ["a", "b", "c", "a", "b", "c", "c", "a"]),
      ],
      rowCount: 8
    )
    (dataset.target, dataset.task, dataset.classes) = ("grade", .multiclass, ["a", "b", "c"])
    let outcome = try audit(
      ["model": "m", "facet": BiasCells.sex, "label_positive": ["b", "c"]],
      dataset
    )
    // F are predicted a, b, c, a; M b, c, c, c.
    #expect(outcome.value("post", "DI") == 0.5)
  }

  @Test func readAFileOfPredictions() throws {
    let text = "truth,score,sex,x\nyes,0.9,F,1\nno,0.2,F,2\nyes,0.8,M,1\nyes,0.4,M,3\nno,0.7,M,2\n"
    let (cell, _, _) = ColophonCellsTests.read(
      BiasKind.self,
      [
        "predictions": ["file": "p.csv", "label": "truth", "score": "score"],
        "facet": BiasCells.sex, "features": ["x"],
      ]
    )
    let outcome = try run(cell, FolderSupply(files: ["p.csv": Array(text.utf8)]))
    #expect(outcome.value("post", "DI") == .number(0.5 / (2.0 / 3)))
    // Nearest of x = 1 and x = 2 among M are accepted; the second F is not.
    #expect(outcome.value("post", "FT") == -0.5)
  }

  /// One sentence of the report says it all.
  @Test func sayItInWords() throws {
    let outcome = try audit(["model": "m", "facet": BiasCells.sex])
    let texts = outcome.exhibits.compactMap { exhibit -> String? in
      if case .text(let text) = exhibit { text } else { nil }
    }
    #expect(texts[0].contains("1 of 4 (25.0\u{202F}%)") && texts[0].contains("0.375"))
    #expect(texts[0].contains("below the four fifths"))
  }

  private func failure(
    _ members: KeyValuePairs<String, Value>,
    _ dataset: Dataset? = nil
  ) throws -> CellFailure? {
    let (cell, _, _) = ColophonCellsTests.read(BiasKind.self, members)
    do {
      _ = try run(cell, supply(dataset))
      return nil
    } catch let failure as CellFailure { return failure }
  }

  @Test func refuseWhatOnlyTheRowsTell() throws {
    let never = try failure(["model": "m", "facet": ["column": "sex", "values": ["F", "f"]]])
    #expect(never?.field == "facet.values[1]" && never?.hint == "did you mean 'F'?")
    let text = try failure(["model": "m", "facet": ["column": "sex", "range": ["min": 3]]])
    #expect(text?.field == "facet.range")
    let label = try failure(["model": "m", "facet": BiasCells.sex, "label_positive": "yess"])
    #expect(label?.field == "label_positive" && label?.hint == "did you mean 'yes'?")
    let both = try failure(["model": "m", "facet": BiasCells.sex, "label_positive": ["yes", "no"]])
    #expect(both?.message.contains("nobody is rejected") == true)
    let all = try failure(["model": "m", "facet": ["column": "age", "range": ["min": 1]]])
    #expect(all?.message.contains("nobody to compare with") == true)
    let none = try failure(["model": "m", "facet": ["column": "age", "range": ["min": 100]]])
    #expect(none?.field == "facet.range")
  }

  static let careless: [(KeyValuePairs<String, Value>, String, Int)] = [
    (["model": "m"], "cell.missing-field", 1),
    (["facet": sex], "bias.source", 1),
    (["model": "m", "facet": "sex"], "bias.facet", 3),
    (["model": "m", "facet": ["column": "sex"]], "bias.facet", 3),
    (
      ["model": "m", "facet": ["column": "sex", "values": ["F"], "range": ["min": 1]]],
      "bias.facet", 5
    ),
    (["model": "m", "facet": ["column": "age", "range": ["min": 5, "max": 3]]], "bias.range", 6),
    (
      ["model": "m", "facet": ["column": "age", "range": ["min": 5, "above": 3]]], "bias.range", 6
    ),
    (["model": "m", "facet": ["column": "age", "range": 40]], "cell.wrong-type", 5),
    (["model": "m", "facet": sex, "tresh": 0.5], "cell.unknown-field", 6),
    (["model": "m", "facet": sex, "split": "tests"], "cell.unknown-choice", 6),
  ]

  @Test(arguments: 0..<10) func reportCarelessInputWhereItStands(place: Int) {
    let (members, code, line) = BiasCells.careless[place]
    let (_, _, found) = ColophonCellsTests.read(BiasKind.self, members)
    #expect(found.map { "\($0.code)" } == [code], "\(found)")
    #expect(found.first?.position.line == line, "\(found)")
  }

  /// The head of the data's file, and its recipe, tell before anything runs.
  @Test func checkColumnsAndTasks() {
    let (data, _, _) = ColophonCellsTests.read(
      DatasetKind.self,
      [
        "source": "data/diabetes.csv", "target": "progression", "task": "regression",
        "columns": ["sex": "category"],
      ]
    )
    func codes(_ members: KeyValuePairs<String, Value>) -> [String] {
      ColophonCellsTests.read(BiasKind.self, members, beside: ["d": data]).diagnostics
        .map { "\($0.code)" }
    }
    #expect(
      codes([
        "data": "d", "facet": ["column": "sexx", "values": ["1"]],
        "label_positive": ["above": 100],
      ]) == ["data.unknown-column"]
    )
    #expect(
      codes([
        "data": "d", "facet": ["column": "sex", "range": ["min": 1]],
        "label_positive": ["above": 100],
      ]) == ["bias.range"]
    )
    #expect(
      codes(["data": "d", "facet": ["column": "sex", "values": ["1"]]])
        == ["bias.label-positive"]
    )
    #expect(
      codes([
        "data": "d", "facet": ["column": "sex", "values": ["1"]],
        "label_positive": "yes",
      ]) == ["bias.label-positive"]
    )
    #expect(
      codes([
        "data": "d", "facet": ["column": "progression", "values": ["1"]],
        "label_positive": ["above": 100],
      ]) == ["bias.facet"]
    )
  }
}
