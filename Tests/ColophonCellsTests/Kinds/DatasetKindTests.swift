import ColophonCells
import ColophonCore
import ColophonData
import ColophonReport
import Testing

@Suite struct TheDatasetCell {
  @Test func readsTheHandbooksClassification() throws {
    let (cell, _, found) = read(
      DatasetKind.self,
      [
        "source": "data/breast-cancer.csv", "target": "diagnosis", "positive": "malignant",
        "split": ["train": 0.6, "validation": 0.2, "test": 0.2, "by": "stratified"],
      ]
    )
    #expect(found.isEmpty)
    let outcome = try run(cell, named: "cancer")
    let values = Value.object(outcome.values)
    // Counts as the data set's authors state them.
    #expect(values["rows"] == 569)
    #expect(values["columns"] == 31)
    #expect(values["features"] == 30)
    #expect(values["task"] == "binary")
    #expect(values["classes"] == ["malignant": 212, "benign": 357])
    // 0.6, 0.2, 0.2 of 212 are 127.2, 42.4, 42.4; of 357 214.2, 71.4, 71.4.
    #expect(values["split"]?["train"]?["rows"] == 341)
    #expect(values["split"]?["validation"]?["rows"] == 114)
    #expect(values["split"]?["test"]?["rows"] == 114)
    // scikit-learn's description gives 6.981 and 28.11 for the ends of the mean radius.
    let radius = values["column"]?["mean_radius"]
    #expect(radius?["min"] == 6.981)
    #expect(radius?["max"] == 28.11)
    #expect(outcome.advice.isEmpty)
    let dataset = try #require(outcome.artifact as? Dataset)
    #expect(dataset.classes == ["benign", "malignant"])
  }

  @Test func readsTheHandbooksRegression() throws {
    let (cell, reader, found) = read(
      DatasetKind.self,
      [
        "source": "data/diabetes.csv", "target": "progression", "columns": ["sex": "category"],
        "split": ["train": 0.7, "test": 0.3, "by": "random"],
      ]
    )
    #expect(found.isEmpty)
    #expect(reader.configuration["split"]?["validation"] == 0.0)
    let outcome = try run(cell, named: "diabetes")
    let values = Value.object(outcome.values)
    #expect(values["rows"] == 442)
    #expect(values["task"] == "regression")
    #expect(values["column"]?["progression"]?["min"] == 25.0)
    #expect(values["column"]?["progression"]?["max"] == 346.0)
    // 309.4 and 132.6 of 442 rows.
    #expect(values["split"]?["train"]?["rows"] == 309)
    #expect(values["split"]?["test"]?["rows"] == 133)
    #expect(outcome.exhibits.contains { if case .chart(.histogram) = $0 { true } else { false } })
  }

  @Test func hasOnlyValuesThatItPromises() throws {
    for (file, target) in [("breast-cancer", "diagnosis"), ("diabetes", "progression")] {
      let (cell, _, _) = read(
        DatasetKind.self,
        ["source": .string("data/\(file).csv"), "target": .string(target)]
      )
      for leaf in ValuePath.leaves(of: .object(try run(cell).values)) {
        let path = try #require(try Expression(parsing: "x.\(leaf)").paths.first?.path)
        #expect(cell.values.contains { $0.matches(path.segments) }, "\(leaf)")
      }
    }
  }

  @Test func namesEachColumnThatTheFileLacksWhereItStands() {
    let (_, _, found) = read(
      DatasetKind.self,
      [
        "source": "data/diabetes.csv", "target": "progresion",
        "columns": ["sexx": "category"], "weight": "bmii", "group": "pb", "time": "ag",
        "split": ["by": ["column": "part"]],
      ]
    )
    #expect(found.map { $0.code.description } == .init(repeating: "data.unknown-column", count: 6))
    #expect(Set(found.map { $0.position.line }).count == 6)
    #expect(found[0].position.line == 3)
    #expect(found[0].length == 10)
    #expect(found[0].hint == "did you mean 'progression'?")
    // A key stands in the first column, a value in the third.
    #expect(found.first { $0.message.contains("sexx") }?.position.column == 1)
  }

  @Test(
    arguments: [
      (["source": ["sqlite": "a.db"]], "cell.missing-field"),
      (["source": ["sqlite": "data/diabetes.csv", "query": "select 1"]], "data.not-sqlite"),
      (["source": ["synthetic": "moons"]], "cell.missing-field"),
      (["source": ["synthetic": "mooons", "rows": 9]], "cell.unknown-choice"),
      (["source": ["synthetic": "moons", "rows": 9, "noize": 1]], "cell.unknown-field"),
      (["source": ["sqlit": "a.db", "query": "select 1"]], "data.unknown-source"),
      (["source": "a.xlsx"], "data.unknown-format"),
      (["source": ["a.csv"]], "cell.wrong-type"),
      (["target": "x"], "cell.missing-field"),
      (["source": "data/diabetes.csv", "columns": ["age": "nummeric"]], "cell.unknown-choice"),
      (["source": "data/diabetes.csv", "task": "binari"], "cell.unknown-choice"),
      (["source": "data/diabetes.csv", "split": ["by": "stratifed"]], "cell.unknown-choice"),
      (["source": "data/diabetes.csv", "split": ["by": ["kolumn": "x"]]], "cell.wrong-type"),
      (["source": "data/diabetes.csv", "split": ["train": 2]], "cell.out-of-range"),
      (["source": "data/diabetes.csv", "split": ["train": 0.5]], "data.split-fraction"),
      (["source": "data/diabetes.csv", "split": ["by": "time"]], "data.split-method"),
      (["source": "data/diabetes.csv", "targget": "x"], "cell.unknown-field"),
      (
        ["source": "data/diabetes.csv", "time": "age", "split": ["by": "random"]],
        "eval.kfold-on-time"
      ),
    ] as [(KeyValuePairs<String, Value>, String)]
  )
  func reportsWhatIsWrongBeforeAnythingRuns(config: KeyValuePairs<String, Value>, code: String) {
    let (_, _, found) = read(DatasetKind.self, config)
    #expect(found.map { $0.code.description } == [code])
  }

  /// Files of every cell are looked for in one place; a second finding would say the same.
  @Test func leavesAMissingFileToTheCheckOfAllFiles() {
    let (_, reader, found) = read(DatasetKind.self, ["source": "data/none.csv"])
    #expect(found == [])
    #expect(reader.files.map { $0.path.value } == ["data/none.csv"])
  }

  @Test func failsWithEverySentenceOfWhatTheRowsHold() throws {
    let (cell, _, _) = read(
      DatasetKind.self,
      ["source": "t.csv", "columns": ["a": "numeric", "b": "time"]]
    )
    let supply = FolderSupply(files: ["t.csv": Array("a,b\nx,y\n".utf8)])
    let failure = #expect(throws: CellFailure.self) { try run(cell, supply) }
    #expect(failure?.message.contains("row 1 (line 2) holds 'x'") == true)
    #expect(failure?.message.contains("row 1 (line 2) holds 'y'") == true)
    #expect(failure?.field == "columns.a")
  }

  @Test func warnsOfTraps() throws {
    var text = "id,twin,noise,y\n"
    for row in 0..<100 {
      text +=
        "\(row),\(row % 10 == 0 ? "a" : "b"),\(row * 7 % 50),\(row % 10 == 0 ? "rare" : "usual")\n"
    }
    let (cell, _, _) = read(
      DatasetKind.self,
      ["source": "t.csv", "target": "y", "split": ["by": "random"]]
    )
    let outcome = try run(cell, FolderSupply(files: ["t.csv": Array(text.utf8)]))
    #expect(outcome.advice.map { $0.code } == ["eval.leakage", "eval.leakage", "eval.stratify"])
    #expect(outcome.advice[0].message.contains("'twin'"))
    #expect(outcome.advice[1].message.contains("'id'"))
    #expect(outcome.advice[2].message.contains("10.0 %"))
  }

  @Test func previewsItsSchema() {
    let (cell, _, _) = read(
      DatasetKind.self,
      ["source": "data/diabetes.csv", "target": "progression"]
    )
    let survey = Survey(directory: handbook, recipes: ["d": cell])
    #expect(survey.preview(of: "d")?.columns.count == 11)
    #expect(survey.preview(of: "d")?.target == "progression")
  }

  @Test func storesAnArtifactThatReadsBack() throws {
    let (cell, _, _) = read(DatasetKind.self, ["source": "data/diabetes.csv"])
    let made = try #require(try run(cell).artifact as? Dataset)
    #expect(try Dataset.decodedArtifact(made.encodedArtifact()) == made)
  }
}
