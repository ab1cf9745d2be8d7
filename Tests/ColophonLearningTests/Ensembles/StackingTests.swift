import ColophonCore
import ColophonData
import ColophonLearning
import Testing

@Suite struct StackingTests {
  /// Trees so deep that they say of each training row what its label is.
  static let memoriser: Value = [
    "name": "parrot", "algorithm": "xgboost",
    "hyperparameters": [
      "num_round": 60, "max_depth": 12, "eta": 1, "lambda": 0, "min_child_weight": 0,
    ],
  ]
  static let honest: Value = [
    "name": "line", "algorithm": "linear_learner", "hyperparameters": ["alpha": 0.01],
  ]

  /// A noisy line: what is left once it is known can only be learned by heart.
  func noisy(_ task: Task, rows count: Int = 400) -> SampleData {
    var random = RandomStream(root: 5, cell: "stack", purpose: "rows")
    var values: [Double] = []
    var labels: [Double] = []
    for _ in 0..<count {
      let row = (0..<5).map { _ in random.uniform() * 2 - 1 }
      let noise = (random.uniform() + random.uniform() + random.uniform() - 1.5) * 2
      let number = row[0] + 0.5 * row[1] + noise
      values += row
      labels.append(task == .regression ? number : number > 0 ? 1 : 0)
    }
    let names = (0..<5).map { "x\($0)" }
    return SampleData(
      features: FeatureMatrix(names: names, rows: count, values: values),
      labels: labels
    )
  }

  @Test(arguments: [Task.binary, .regression])
  func aMemberThatMemorisesDoesNotWin(task: Task) throws {
    let data = noisy(task)
    let job = data.job(task)
    let stack = recipe(Stacking.self, ["estimators": [Self.memoriser, Self.honest]])
    let result = try stack.fit(job, observer: SilentObserver())
    let metric = task == .binary ? "log_loss" : "rmse"
    let members = try #require(result.values["members"])
    // On its own training rows the memoriser is perfect; told by folds, it is the worse one.
    let parrot = try #require(members["parrot"]?[metric]?.asNumber)
    let line = try #require(members["line"]?[metric]?.asNumber)
    #expect(parrot > line)
    let weights = try ["parrot", "line"].map { name in
      try #require(members[name]?["weight"]?.asNumber)
    }
    #expect(weights[0].magnitude < 0.3 * weights[1].magnitude)
    // The stack is about as good on new rows as the honest member is.
    let alone = try recipe(LinearLearner.self, ["alpha": 0.01]).fit(job, observer: SilentObserver())
    let stacked = try #require(result.history.value(metric, on: .validation, after: 1))
    let single = try #require(alone.history.value(metric, on: .validation, after: 1))
    #expect(stacked < single * 1.03)
  }

  @Test(arguments: [1, 2, 4])
  func makesTheSameBytesOnAnyNumberOfThreads(threads: Int) throws {
    let data = try SampleData("wine")
    let stack = recipe(
      Stacking.self,
      ["estimators": [Self.memoriser, Self.honest], "cv": ["folds": 3, "shuffle": true]]
    )
    let one = try stack.fit(data.job(.multiclass), observer: SilentObserver())
    let many = try stack.fit(data.job(.multiclass, threads: threads), observer: SilentObserver())
    #expect(try one.model.encoded() == many.model.encoded())
    #expect(one.figures == many.figures)
    #expect(one.values == many.values)
  }

  @Test func keepsGroupsWholeAndClassesInTheirShares() throws {
    let data = noisy(.binary, rows: 200)
    let rows = data.rows(Array(0..<200), task: .binary)
    let stream = RandomStream(root: 1, cell: "c", purpose: "folds")
    for shuffle in [false, true] {
      let folds = StackingFolds(count: 4, shuffle: shuffle)
      let grouped = try folds.assign(withGroups(rows), task: .binary, drawing: stream)
      for (row, fold) in grouped.enumerated() { #expect(grouped[row % 23] == fold) }
      let stratified = try folds.assign(rows, task: .binary, drawing: stream)
      let positives = (0..<4).map { fold in
        (0..<200).filter { stratified[$0] == fold && data.labels[$0] == 1 }.count
      }
      #expect(try #require(positives.max()) - (try #require(positives.min())) <= 1)
    }
  }

  @Test func refusesFoldsThatTheRowsCannotFill() throws {
    let rows = noisy(.binary, rows: 30).rows(Array(0..<30), task: .binary)
    let stream = RandomStream(root: 1, cell: "c", purpose: "folds")
    func refusal(_ folds: StackingFolds, _ rows: TrainingRows, _ task: Task) -> TrainingFault? {
      do {
        _ = try folds.assign(rows, task: task, drawing: stream)
        return nil
      } catch { return error as? TrainingFault }
    }
    let many = refusal(StackingFolds(count: 31), rows, .binary)
    #expect(many?.message == "there can't be 31 folds of 30 rows")
    #expect(many?.field == "hyperparameters.cv")
    let groups = refusal(StackingFolds(count: 24), withGroups(rows), .binary)
    #expect(groups?.message == "there can't be 24 folds of 23 groups")
    #expect(refusal(StackingFolds(scheme: .group), rows, .binary) != nil)
    let numbers = noisy(.regression, rows: 30).rows(Array(0..<30), task: .regression)
    #expect(refusal(StackingFolds(scheme: .stratified), numbers, .regression) != nil)
  }

  /// xgboost knows missing values and linear_learner does not: it gets means of its own rows.
  @Test func fillsMissingValuesForThoseThatNeedNumbers() throws {
    var data = noisy(.regression)
    for row in stride(from: 0, to: 400, by: 3) { data.features.values[row * 5 + 2] = .nan }
    let stack = recipe(Stacking.self, ["estimators": [Self.memoriser, Self.honest]])
    #expect(stack.missingValues == .keep)
    let result = try stack.fit(data.job(.regression), observer: SilentObserver())
    guard case .regression(let numbers) = try result.model.predict(data.features) else {
      Issue.record("another kind of prediction")
      return
    }
    #expect(numbers.allSatisfy { $0.isFinite })
    let again = try Stacking.decodeModel(try result.model.encoded())
    #expect(try again.predict(data.features) == .regression(numbers))
  }

  @Test func showsHowFarTheMembersAgree() throws {
    let result = try recipe(
      Stacking.self,
      ["estimators": [Self.memoriser, Self.honest]]
    ).fit(noisy(.binary).job(.binary), observer: SilentObserver())
    let grids = result.figures.compactMap { figure -> TrainingFigure.Grid? in
      if case .grid(let grid) = figure { grid } else { nil }
    }
    let agreement = try #require(grids.first)
    #expect(agreement.values[0][0] == 1)
    #expect(agreement.values[0][1] == agreement.values[1][0])
    let share = try #require(agreement.values[0][1] ?? nil)
    #expect(share > 0.4 && share < 1)
  }
}
