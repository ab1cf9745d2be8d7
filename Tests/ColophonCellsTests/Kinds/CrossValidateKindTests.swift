import ColophonCells
import ColophonCore
import ColophonData
import ColophonLearning
import ColophonReport
import Testing

/// Data whose schema is known before the run.
private struct Known: PreviewsDataset {
  static let name = "known"
  static let summary = "Known."
  var shown = DatasetPreview(columns: ["x", "y"], target: "y", task: nil)
  init(_ change: (inout DatasetPreview) -> Void) { change(&shown) }
  init(reading fields: inout FieldReader) {}
  var values: [PathPattern] { [] }
  func run(in workshop: Workshop) throws -> Outcome { Outcome() }
  func preview(in survey: Survey) -> DatasetPreview? { shown }
}

@Suite struct ACrossValidateCell {
  static let template: KeyValuePairs<String, Value> = [
    "data": "d", "algorithm": "linear_learner", "hyperparameters": ["alpha": 0.1],
  ]

  func read(
    _ members: KeyValuePairs<String, Value>,
    template: KeyValuePairs<String, Value> = template,
    data: @escaping (inout DatasetPreview) -> Void = { _ in }
  ) -> (cell: CrossValidateKind, recipe: CellRecipe, diagnostics: [Diagnostic]) {
    readTemplated(
      CrossValidateKind.self,
      members,
      beside: ["base": ("train", template)],
      recipes: ["d": Known(data)]
    )
  }

  /// Rows of two classes that a line tells apart but for some noise.
  func dataset(
    _ task: Task = .binary,
    rows: Int = 120,
    rare: Bool = false,
    time: Bool = false,
    group: Bool = false
  ) -> Dataset {
    var random = RandomStream(root: 2, cell: "t", purpose: "data")
    let x = (0..<rows).map { _ in random.uniform() * 4 }
    let noise = (0..<rows).map { _ in random.uniform() }
    let codes = zip(x, noise).map { Int32($0 + 2 * $1 > (rare ? 4.8 : 3) ? 1 : 0) }
    let numbers = zip(x, noise).map { $0 * 2 + $1 }
    return Dataset(
      table: Table(
        columns: [
          Column(name: "x", type: .numeric, storage: .numbers(x)),
          Column(
            name: "day",
            type: .numeric,
            storage: .numbers((0..<rows).map { Double($0) })
          ),
          Column(
            name: "who",
            type: .category,
            storage: .categories(
              codes: (0..<rows).map { Int32($0 % 9) },
              levels: (0..<9).map { "p\($0)" }
            )
          ),
          Column(
            name: "y",
            type: task == .regression ? .numeric : .category,
            storage: task == .regression
              ? .numbers(numbers) : .categories(codes: codes, levels: ["no", "yes"])
          ),
        ],
        rowCount: rows
      ),
      task: task,
      target: "y",
      classes: task == .regression ? [] : ["no", "yes"],
      group: group ? "who" : nil,
      time: time ? "day" : nil,
      splits: (0..<rows).map { $0 % 6 == 0 ? .test : .train }
    )
  }

  func run(
    _ members: KeyValuePairs<String, Value>,
    template: KeyValuePairs<String, Value> = template,
    on dataset: Dataset,
    threads: Int = 1
  ) throws -> (outcome: Outcome, cell: CrossValidateKind) {
    let (cell, _, found) = read(members, template: template) {
      $0.time = dataset.time
      $0.group = dataset.group
    }
    #expect(found.filter { $0.severity == .error }.isEmpty, "\(found)")
    let supply = FolderSupply(artifacts: ["d": dataset])
    let workshop = Workshop(cell: "cv", seed: 1, threads: threads, supply: supply)
    return (try cell.run(in: workshop), cell)
  }

  // MARK: The template

  @Test func dependsOnTheDataAndOnTheRecipeAlone() {
    let recipe = read(["train": "base"]).recipe
    #expect(
      recipe.references.filter { $0.use == .result }.map { $0.cell.value } == ["d"]
    )
    #expect(recipe.references.filter { $0.use == .recipe }.map { $0.cell.value } == ["base"])
  }

  @Test func holdsTheTemplatesConfigurationInItsOwn() {
    let recipe = read(["train": "base"]).recipe
    let taken = recipe.configuration["train"]?["configuration"]
    #expect(taken?["hyperparameters"]?["alpha"] == .number(0.1))
    // Defaults are filled in.
    #expect(taken?["hyperparameters"]?["l1_ratio"] == .number(0))
    let other = read(
      ["train": "base"],
      template: ["data": "d", "algorithm": "linear_learner", "hyperparameters": ["alpha": 0.2]]
    ).recipe
    #expect(other.configuration != recipe.configuration)
  }

  /// What is wrong with the template is the template's.
  @Test func doesNotRepeatTheTemplatesMistakes() {
    let found = read(
      ["train": "base"],
      template: ["data": "d", "algorithm": "linear_learner", "hyperparameters": ["alhpa": 0.1]]
    ).diagnostics
    #expect(found.isEmpty, "\(found)")
  }

  @Test func promisesTheTemplatesMetricsUnlessItNamesItsOwn() {
    let template: KeyValuePairs<String, Value> = [
      "data": "d", "algorithm": "linear_learner", "metrics": ["mcc"],
    ]
    func paths(_ members: KeyValuePairs<String, Value>) -> [String] {
      read(members, template: template).cell.values.map { "\($0)" }
    }
    #expect(paths(["train": "base"]).contains("mcc.mean"))
    #expect(paths(["train": "base", "metrics": ["f1"]]).contains("f1.folds[*]"))
    #expect(!paths(["train": "base", "metrics": ["f1"]]).contains("mcc.mean"))
  }

  // MARK: What is found before the run

  @Test(arguments: ["kfold", "stratified", "loo"])
  func refusesToLearnFromTheFuture(scheme: String) {
    for change: (inout DatasetPreview) -> Void in [
      { $0.time = "day" }, { $0.task = "forecasting" },
    ] {
      let found = read(["train": "base", "scheme": .string(scheme)], data: change).diagnostics
      #expect(found.first?.code == "eval.kfold-on-time")
      #expect(found.first?.severity == .error)
      #expect(found.first?.position == SourcePosition(path: "n.md", line: 3, column: 3))
      #expect(found.first?.length == scheme.utf8.count)
    }
  }

  @Test(arguments: [
    ("group", "eval.fold-scheme"), ("time_series", "eval.fold-scheme"),
  ])
  func saysWhatASchemeNeeds(scheme: String, code: String) {
    let found = read(["train": "base", "scheme": .string(scheme)]).diagnostics
    #expect(found.map { $0.code.description } == [code])
    #expect(found.first?.position.line == 3)
  }

  @Test func stratifiesClassesAlone() {
    let found = read(["train": "base", "scheme": "stratified"]) { $0.task = "regression" }
    #expect(found.diagnostics.map { $0.code } == ["eval.fold-scheme"])
  }

  @Test func advisesAgainstGroupsInSeveralFolds() {
    let found = read(["train": "base", "scheme": "kfold"]) { $0.group = "who" }.diagnostics
    #expect(found.map { $0.code } == ["eval.leakage"])
    #expect(found.map { $0.severity } == [.advice])
  }

  @Test(arguments: [("kfold", 1), ("time_series", 0)])
  func takesAGapWithTimeAlone(scheme: String, count: Int) {
    let found = read(["train": "base", "scheme": .string(scheme), "gap": 3]) {
      if scheme == "time_series" { $0.time = "day" }
    }
    #expect(found.diagnostics.count == count)
    if count == 1 { #expect(found.diagnostics.first?.position.line == 4) }
  }

  @Test func findsAGapBesideTheDefaultScheme() {
    #expect(read(["train": "base", "gap": 3]).diagnostics.map { $0.code } == ["eval.folds"])
    #expect(read(["train": "base", "gap": 3]) { $0.time = "day" }.diagnostics.isEmpty)
  }

  @Test func takesNoFoldsToLeaveOneOut() {
    let found = read(["train": "base", "scheme": "loo", "folds": 4]).diagnostics
    #expect(found.map { $0.code } == ["eval.folds"])
    #expect(found.first?.position.line == 4)
  }

  @Test func refusesToStopByHeldOutRows() {
    let template: KeyValuePairs<String, Value> = [
      "data": "d", "algorithm": "xgboost", "early_stopping": ["metric": "test:rmse"],
    ]
    let found = read(["train": "base"], template: template).diagnostics
    #expect(found.map { $0.code } == ["eval.test-reused"])
  }

  @Test func findsMetricsOfOtherTasks() {
    let found = read(["train": "base", "metrics": ["rmse"]]) { $0.task = "binary" }.diagnostics
    #expect(found.map { $0.code } == ["train.unknown-metric"])
    #expect(read(["train": "base", "metrics": ["rmsee"]]).diagnostics.first?.hint != nil)
  }
}
