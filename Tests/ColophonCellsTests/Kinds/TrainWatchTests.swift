import ColophonCells
import ColophonCore
import ColophonData
import ColophonLearning
import ColophonReport
import Testing

@Suite struct ATrainCellThatRulesWatch {
  private let train = ATrainCell()

  private func run(_ rules: [Value], algorithm: String = "xgboost") throws -> Outcome {
    let (cell, _, found) = read(
      TrainKind.self,
      [
        "data": "d", "algorithm": .string(algorithm), "debugger": .array(rules),
      ]
    )
    #expect(found.filter { $0.severity == .error }.isEmpty, "\(found)")
    let supply = FolderSupply(artifacts: ["d": train.dataset(.binary)])
    return try ColophonCellsTests.run(cell, supply)
  }

  @Test func readsNamesAndMaps() {
    let (cell, reader, found) = read(
      TrainKind.self,
      [
        "data": "d", "algorithm": "xgboost",
        "debugger": [
          "overfit", ["rule": "loss_not_decreasing", "patience": 7, "action": "stop"],
        ],
      ]
    )
    #expect(found.isEmpty, "\(found)")
    #expect(cell.rules.map { $0.name } == ["overfit", "loss_not_decreasing"])
    #expect(cell.rules.map { $0.action } == [.advise, .stop])
    #expect((cell.rules[1].rule as? LossNotDecreasing)?.steps == 7)
    // Defaults are part of the configuration; patience is num_steps by another name.
    let second = reader.configuration["debugger"]?.asArray?.last
    #expect(second?["num_steps"] == .integer(7) && second?["patience"] == nil)
    #expect(reader.configuration["debugger"]?.asArray?.first?["ratio_threshold"] == .number(0.1))
    #expect(cell.values.contains { "\($0)" == "debugger.overfit.fired" })
  }

  @Test(
    arguments: [
      (["overfitt"], "cell.unknown-choice"),
      ([["rule": "overfit", "patiense": 3]], "cell.unknown-field"),
      ([["action": "stop"]], "cell.missing-field"),
      (["overfit", "overfit"], "train.debugger"),
      ([["rule": "overfit", "metric": "roc_acu"]], "train.unknown-metric"),
      (["vanishing_gradient"], "train.debugger"), (["dead_relu"], "train.debugger"),
      ([["rule": "overfit", "action": "halt"]], "cell.unknown-choice"),
      ([["rule": "overfit", "patience": 0]], "cell.out-of-range"),
      ([["rule": "loss_not_decreasing", "patience": 3, "num_steps": 2]], "train.parameter-twice"),
    ] as [([Value], String)]
  )
  func placesEachMistake(rules: [Value], code: String) {
    let (_, _, found) = read(
      TrainKind.self,
      ["data": "d", "algorithm": "xgboost", "debugger": .array(rules)]
    )
    #expect(found.map { $0.code.description } == [code], "\(found)")
    #expect(found.allSatisfy { $0.position.line >= 4 })
  }

  @Test func refusesRulesOfRoundsWhereThereAreNone() {
    let (_, _, found) = read(
      TrainKind.self,
      ["data": "d", "algorithm": "linear_learner", "debugger": ["loss_not_decreasing"]]
    )
    #expect(found.map { $0.code } == ["train.debugger"])
    #expect(found.first?.message.contains("rounds") == true)
  }

  @Test func advisesWithTheRound() throws {
    let outcome = try run(["overfit", "not_finite"])
    let round = try #require(outcome.values["debugger"]?["overfit"]?["round"]?.asInteger)
    #expect(outcome.values["debugger"]?["overfit"]?["fired"] == .boolean(true))
    #expect(outcome.values["debugger"]?["not_finite"]?["fired"] == .boolean(false))
    #expect(outcome.values["debugger"]?["not_finite"]?["round"] == .null)
    let advice = try #require(outcome.advice.first { $0.code == "train.overfit" })
    #expect(advice.message.contains("after round \(round)") && advice.field == "debugger")
    #expect(outcome.values["epochs"] == .integer(100))
  }

  @Test func marksTheCurveAndListsTheRules() throws {
    let outcome = try run(["overfit", "not_finite"])
    let round = try #require(outcome.values["debugger"]?["overfit"]?["round"]?.asInteger)
    let marks = charts(outcome.exhibits).flatMap { $0.marks }
    #expect(marks.map { $0.label } == ["overfit fired at \(round)"])
    #expect(marks.first?.x == Double(round))
    let tables = outcome.exhibits.compactMap { exhibit -> TableExhibit? in
      if case .table(let table) = exhibit { table } else { nil }
    }
    let table = try #require(tables.first { $0.caption == "Rules of the debugger" })
    #expect(
      table.rows.map { $0[1].content } == [.text("IssuesFound"), .text("NoIssuesFound")]
    )
  }

  private func charts(_ exhibits: [Exhibit]) -> [LineChart] {
    exhibits.flatMap { exhibit -> [LineChart] in
      switch exhibit {
      case .chart(.line(let chart)): [chart]
      case .group(let inner): charts(inner)
      default: []
      }
    }
  }

  @Test func endsTheJobWhereARuleStopsIt() throws {
    let outcome = try run([["rule": "overfit", "action": "stop"]])
    let round = try #require(outcome.values["debugger"]?["overfit"]?["round"]?.asInteger)
    #expect(outcome.values["epochs"] == .integer(round))
    #expect(outcome.values["best_epoch"] == .integer(round))
    #expect(outcome.advice.first?.message.hasSuffix(", and the job was ended there") == true)
    let facts = outcome.exhibits.flatMap { exhibit -> [Fact] in
      if case .facts(let facts) = exhibit { facts } else { [] }
    }
    #expect(facts.first { $0.label == "rounds" }?.note == "stopped by overfit")
  }

  /// The curves are the cell's own, whatever the rules measure besides.
  @Test func showsNoCurvesThatOnlyARuleAskedFor() throws {
    let plain = try run([])
    let watched = try run(["class_imbalance"])
    #expect(
      charts(plain.exhibits).map { $0.text.title } == charts(watched.exhibits).map { $0.text.title }
    )
  }

  @Test func watchesAModelWithoutRounds() throws {
    let outcome = try run(
      [["rule": "overfit", "ratio_threshold": 0], "underfit", "class_imbalance"],
      algorithm: "linear_learner"
    )
    #expect(outcome.values["debugger"]?["underfit"]?["fired"] == .boolean(false))
    #expect(outcome.advice.allSatisfy { !$0.message.contains("after round") })
  }
}

@Suite struct ATrainCellThatGoesOn {
  private let train = ATrainCell()

  @Test(
    arguments: [
      (["data": "d", "algorithm": "xgboost", "mode": "incremental"], 4),
      (["data": "d", "algorithm": "xgboost", "freeze": ["a"]], 4),
      (["data": "d", "algorithm": "xgboost", "from": "m", "mode": "transfer"], 5),
      (["data": "d", "algorithm": "xgboost", "from": "m", "freeze": ["a"]], 5),
    ] as [(KeyValuePairs<String, Value>, Int)]
  )
  func refusesWhatHasNoMeaningHere(members: KeyValuePairs<String, Value>, line: Int) {
    let (_, _, found) = read(TrainKind.self, members)
    #expect(found.map { $0.code } == ["train.incremental-or-transfer"], "\(found)")
    #expect(found.first?.position.line == line)
  }

  @Test func saysWhichAlgorithmsTransfer() {
    let (_, _, found) = read(
      TrainKind.self,
      ["data": "d", "algorithm": "xgboost", "from": "m", "mode": "transfer"]
    )
    #expect(found.first?.message.contains("mlp, cnn and rnn") == true)
  }

  @Test(
    arguments: algorithms.members.filter {
      !$0.canContinue && $0.name != "stacking" && $0.reads != .series
    }.map { $0.name }
  )
  func refusesAlgorithmsThatStartAfresh(name: String) {
    let (_, _, found) = read(
      TrainKind.self,
      ["data": "d", "algorithm": .string(name), "from": "m"]
    )
    #expect(found.map { $0.code } == ["train.incremental-or-transfer"])
    #expect(found.first?.position.line == 4)
  }

  @Test func refersToTheModel() {
    let (_, reader, _) = read(
      TrainKind.self,
      ["data": "d", "algorithm": "xgboost", "from": "m"]
    )
    #expect(reader.references.map { $0.cell.value } == ["d", "m"])
  }

  private func model(_ data: Dataset) throws -> (model: TrainedModel, values: [String: Value]) {
    let (cell, _, _) = read(
      TrainKind.self,
      ["data": "d", "algorithm": "xgboost", "hyperparameters": ["num_round": 20]]
    )
    let outcome = try ColophonCellsTests.run(cell, FolderSupply(artifacts: ["d": data]))
    return (try #require(outcome.artifact as? TrainedModel), outcome.values)
  }

  private func goOn(_ old: Dataset, _ new: Dataset) throws -> Outcome {
    let (first, values) = try model(old)
    let (cell, _, found) = read(
      TrainKind.self,
      [
        "data": "d", "algorithm": "xgboost", "hyperparameters": ["num_round": 10], "from": "m",
      ]
    )
    #expect(found.isEmpty, "\(found)")
    var supply = FolderSupply(artifacts: ["d": new, "m": first, "old": old])
    supply.made = ["m": .object(values)]
    return try ColophonCellsTests.run(cell, supply)
  }

  @Test(.enabled(if: XGBoost.canContinue)) func addsRoundsToTheModel() throws {
    let old = train.dataset(.binary)
    let outcome = try goOn(old, train.dataset(.binary, rows: 200))
    #expect(outcome.values["rounds_before"] == .integer(20))
    #expect(outcome.values["epochs"] == .integer(10))
    #expect(outcome.values["rounds_after"] == .integer(30))
    #expect(outcome.values["from"]?.asString?.isEmpty == false)
    #expect(outcome.values["drift"]?["size"]?.asNumber != nil)
  }

  @Test(.enabled(if: XGBoost.canContinue)) func saysThatTheDataHasDrifted() throws {
    let old = train.dataset(.binary)
    var new = train.dataset(.binary, rows: 200)
    let numbers = try #require(new.table.columns[0].numbers)
    new.table.columns[0].storage = .numbers(numbers.map { $0 + 3 })
    let advice = try goOn(old, new).advice.filter { $0.code == "train.incremental-or-transfer" }
    #expect(advice.count == 1 && advice[0].field == "from")
    #expect(advice[0].message.contains("'size'"))
    #expect(try goOn(old, train.dataset(.binary, rows: 200)).advice.isEmpty)
  }

  @Test(.enabled(if: XGBoost.canContinue)) func saysWhichLevelsItDoesNotKnow() throws {
    let old = train.dataset(.binary)
    var new = train.dataset(.binary)
    guard case .categories(var codes, let levels) = new.table.columns[2].storage else { return }
    codes[2] = 3
    new.table.columns[2].storage = .categories(codes: codes, levels: levels + ["later"])
    let advice = try goOn(old, new).advice.filter { $0.code == "data.new-level" }
    #expect(advice.count == 1)
    #expect(advice.first?.message.contains("'later' of column 'kind'") == true)
  }

  /// Each change of the schema, and what the failure must say.
  static let changes: [(name: String, change: @Sendable (inout Dataset) -> Void, words: String)] = [
    ("another target", { $0.target = "noise" }, "the target is 'noise'"),
    ("another class", { $0.classes = ["no", "maybe"] }, "the class 'maybe'"),
    ("classes the other way round", { $0.classes = ["yes", "no"] }, "another order"),
    ("a column less", { $0.table.columns.remove(at: 0) }, "the data lacks 'size'"),
    ("another column", { $0.table.columns[1].name = "sound" }, "has 'sound'"),
    (
      "another type",
      { $0.table.columns[2].storage = $0.table.columns[1].storage }, "'kind' holds numbers"
    ),
  ]

  @Test(.enabled(if: XGBoost.canContinue), arguments: changes.indices)
  func refusesAnotherSchema(place: Int) throws {
    let (_, change, words) = Self.changes[place]
    var new = train.dataset(.binary)
    change(&new)
    let failure = #expect(throws: CellFailure.self) { try goOn(train.dataset(.binary), new) }
    #expect(failure?.field == "from")
    #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
  }
}
