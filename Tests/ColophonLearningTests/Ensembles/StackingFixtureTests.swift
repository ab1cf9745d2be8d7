import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Against scikit-learn's StackingClassifier and StackingRegressor with the same linear members and
/// folds; see Fixtures/make/stacking.py.
@Suite struct StackingFixtures {
  /// The members' optima are known to about 1e-9 on either side.
  static let tolerance = 1e-6

  static let cases = (try? fixture("stacking.json")["cases"]?.asArray) ?? []

  @Test func thereAreCases() { #expect(Self.cases.count >= 8) }

  private func rows(_ expected: Value) throws -> (SampleData, TrainingRows, Task) {
    let task = try #require(Task(rawValue: try need(expected["task"]?.asString)))
    let data = try SampleData(try #require(expected["data"]?.asString)).standardized
    let rows = data.rows(Array(data.labels.indices), task: task)
    return (data, expected["grouped"]?.asBoolean == true ? withGroups(rows) : rows, task)
  }

  private func stacking(_ expected: Value) throws -> Stacking {
    func linear(_ alpha: Value) -> Value {
      ["alpha": alpha, "standardize": false, "tol": 1e-13]
    }
    let members = try #require(expected["alphas"]?.asArray).enumerated().map { place, alpha in
      Value.object([
        "name": .string("m\(place)"), "algorithm": "linear_learner",
        "hyperparameters": linear(alpha),
      ])
    }
    return recipe(
      Stacking.self,
      [
        "estimators": .array(members),
        "final_estimator": ["hyperparameters": linear(try need(expected["final"]))],
        "passthrough": try need(expected["passthrough"]),
        "cv": ["folds": try need(expected["folds"]), "scheme": try need(expected["scheme"])],
      ]
    )
  }

  @Test(arguments: cases.indices)
  func dealsRowsToTheSameFolds(index: Int) throws {
    let expected = Self.cases[index]
    let (_, rows, task) = try rows(expected)
    let folds = try stacking(expected).folds.assign(
      rows,
      task: task,
      drawing: RandomStream(root: 0, cell: "", purpose: "")
    )
    #expect(folds.map { Double($0) } == expected["assigned"]?.numbers)
  }

  @Test(arguments: cases.indices)
  func predictsTheSame(index: Int) throws {
    let expected = Self.cases[index]
    let (data, rows, task) = try rows(expected)
    let job = makeJob(task, splits: [.train: rows])
    let result = try stacking(expected).fit(job, observer: SilentObserver())
    let found: [Double] =
      switch try result.model.predict(data.features) {
      case .binary(let scores): scores
      case .multiclass(let probabilities, _): probabilities
      case .regression(let numbers): numbers
      case .clusters, .forecasts: []
      }
    let width = found.count / data.labels.count
    let kept = stride(from: 0, to: data.labels.count, by: 7).flatMap { row in
      Array(found[row * width..<(row + 1) * width])
    }
    let error = relativeError(kept, try #require(expected["predictions"]).numbers)
    #expect(error < Self.tolerance, "\(expected["name"]?.asString ?? ""): \(error)")
  }
}
