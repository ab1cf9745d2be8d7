import ColophonCells
import ColophonCore
import ColophonData
import ColophonLearning
import Testing

@Suite struct PrepareCells {
  private static let source: KeyValuePairs<String, Value> = [
    "source": "data/diabetes.csv", "target": "progression", "columns": ["sex": "category"],
  ]

  private func data() -> DatasetKind { read(DatasetKind.self, Self.source).cell }

  private func cell(
    _ steps: Value,
    beside others: [String: any CellKind] = [:]
  ) -> (cell: PrepareKind, found: [Diagnostic]) {
    var recipes: [String: any CellKind] = ["d": data()]
    recipes.merge(others) { first, _ in first }
    let (cell, _, found) = read(PrepareKind.self, ["data": "d", "steps": steps], beside: recipes)
    return (cell, found)
  }

  private func supply() throws -> FolderSupply {
    var supply = FolderSupply(folder: handbook)
    supply.artifacts["d"] = try run(data(), named: "d").artifact
    return supply
  }

  private static let chain: Value = [
    ["impute": ["strategy": "median"]], ["one_hot": ["columns": "category"]],
    ["log": ["columns": ["s5", "s3"]]], "standardize",
    ["polynomial": ["columns": ["bmi", "bp"]]],
    ["select": ["method": "mutual_information", "keep": 8]],
  ]

  @Test func makesADatasetOfADataset() throws {
    let (cell, found) = cell(Self.chain)
    #expect(found == [])
    let outcome = try run(cell, supply())
    let made = try #require(outcome.artifact as? Dataset)
    #expect(made.preparation?.steps.count == 6)
    let digest = try supply().artifactDigest(of: "d")
    #expect(made.preparation?.source == digest)
    #expect(outcome.values["features"] == 8)
    let steps = try #require(outcome.values["steps"]?.asArray)
    let names = ["impute", "one_hot", "log", "standardize", "polynomial", "select"]
    #expect(steps.compactMap { $0["step"]?.asString } == names)
    #expect(steps[3]["mean"]?["age"]?.asNumber != nil)
    #expect(steps[1]["levels"]?["sex"] == ["1", "2"])
    #expect(!outcome.exhibits.isEmpty)
    #expect(try Dataset.decodedArtifact(made.encodedArtifact()) == made)
  }

  @Test func hasOnlyValuesThatItPromises() throws {
    let (cell, _) = cell(Self.chain)
    for leaf in ValuePath.leaves(of: .object(try run(cell, supply()).values)) {
      let path = try #require(try Expression(parsing: "x.\(leaf)").paths.first?.path)
      #expect(cell.values.contains { $0.matches(path.segments) }, "\(leaf)")
    }
  }

  /// A change in a test row changes neither what was learned nor any training row.
  @Test func learnsNothingOfTestRows() throws {
    let (cell, _) = cell(Self.chain)
    let first = try run(cell, supply())
    var changed = try supply()
    var dataset = try #require(changed.artifacts["d"] as? Dataset)
    let row = try #require(dataset.rows(of: .test).first)
    var masses = try dataset.numbers(of: "bmi")
    masses[row] = 1000
    dataset.replace("bmi", with: masses)
    changed.artifacts["d"] = dataset
    let second = try run(cell, changed)
    #expect(first.values["steps"] == second.values["steps"])
    #expect(first.values["column"] != second.values["column"])
  }

  @Test(
    arguments: [
      ([["imput": ["strategy": "mean"]]], "prepare.unknown-step", "did you mean 'impute'?"),
      (["standardise"], "prepare.unknown-step", "did you mean 'standardize'?"),
      ([], "prepare.steps", nil), ("log", "prepare.steps", nil), ([[:]], "prepare.steps", nil),
      ([3], "prepare.steps", nil), ([["log": 3]], "cell.wrong-type", nil),
      ([["impute": [:], "strategy": "mean"]], "prepare.two-keys", nil),
      ([["impute": ["strateg": "mean"]]], "cell.unknown-field", "did you mean 'strategy'?"),
      ([["log": ["columns": ["bmii"]]]], "data.unknown-column", "did you mean 'bmi'?"),
      ([["log": ["columns": ["sex"]]]], "prepare.column-type", nil),
      ([["log": ["columns": ["progression"]]]], "prepare.column-role", nil),
      ([["drop": ["columns": ["s1"]]], ["log": ["columns": ["s1"]]]], "data.unknown-column", nil),
      ([["lag": [:]]], "prepare.no-time", nil),
      ([["balance": ["method": "rebalance"]]], "cell.unknown-choice", nil),
    ] as [(Value, String, String?)]
  )
  func reportsWhatIsWrongBeforeAnythingRuns(steps: Value, code: String, hint: String?) {
    let (_, found) = cell(steps)
    #expect(found.map { $0.code.description } == [code], "\(found)")
    #expect(found.allSatisfy { $0.position.line > 2 })
    if let hint { #expect(found.first?.hint == hint) }
  }

  @Test func foreseesTheColumnsOfAChain() {
    let (first, _) = cell([["one_hot": ["columns": ["sex"]]], ["drop": ["columns": ["s1"]]]])
    let recipes: [String: any CellKind] = ["d": data(), "p": first]
    let preview = Survey(directory: handbook, recipes: recipes).preview(of: "p")
    #expect(preview?.columns.contains("s1") == false)
    #expect(preview?.columns.contains("sex") == false)
    #expect(preview?.mayHave("sex=2") == true)
    #expect(preview?.mayHave("age=2") == false)
    let (_, _, found) = read(
      PrepareKind.self,
      ["data": "p", "steps": [["log": ["columns": ["s1", "sex=2", "s2"]]]]],
      beside: recipes
    )
    #expect(found.map { $0.message } == ["the data has no column 's1' here"])
  }

  /// Cells that refer to each other are reported by the plan; a preview has no end to look for.
  @Test func findsNoPreviewInACircle() {
    let (a, _, _) = read(PrepareKind.self, ["data": "b", "steps": ["standardize"]])
    let (b, _, _) = read(PrepareKind.self, ["data": "a", "steps": ["standardize"]])
    #expect(Survey(directory: handbook, recipes: ["a": a, "b": b]).preview(of: "a") == nil)
  }

  @Test func failsAtTheFieldThatIsToBlame() throws {
    let (cell, _) = cell([["standardize": [:]], ["log": ["columns": ["age"]]]])
    let supply = try supply()
    let failure = #expect(throws: CellFailure.self) { try run(cell, supply) }
    #expect(failure?.field == "steps[1].log.columns")
    #expect(failure?.message.contains("row ") == true)
  }

  /// A model carries its preparation: raw rows give what prepared ones give.
  @Test func travelsWithTheModel() throws {
    let (prepare, _) = cell(Self.chain)
    var supply = try supply()
    supply.artifacts["p"] = try run(prepare, supply, named: "p").artifact
    let (train, _, found) = read(
      TrainKind.self,
      ["data": "p", "algorithm": "linear_learner"],
      beside: ["d": data(), "p": prepare]
    )
    #expect(found == [])
    let model = try #require(try run(train, supply, named: "m").artifact as? TrainedModel)
    supply.artifacts["m"] = try TrainedModel(decoding: model.encoded())
    func evaluated(_ members: KeyValuePairs<String, Value>) throws -> [String: Value] {
      let (cell, _, found) = read(
        EvaluateKind.self,
        members,
        beside: ["d": data(), "p": prepare, "m": train]
      )
      #expect(found == [])
      return try run(cell, supply, named: "e").values
    }
    let own = try evaluated(["model": "m"])
    #expect(own["rmse"] != nil)
    #expect(try evaluated(["model": "m", "data": "d"]) == own)
    #expect(try evaluated(["model": "m", "data": "p"]) == own)
    // Data that went through other steps is refused.
    let (other, _) = cell(["standardize"])
    supply.artifacts["p"] = try run(other, supply, named: "p").artifact
    #expect(throws: CellFailure.self) { try evaluated(["model": "m", "data": "p"]) }
  }
}
