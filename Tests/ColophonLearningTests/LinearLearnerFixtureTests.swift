import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Against scikit-learn's optima, polished until the optimality conditions hold to 1e-12; see
/// Fixtures/make/linear.py.
@Suite struct LinearLearnerFixtures {
  /// The promise is 1e-6; the solver reaches its last digits.
  static let tolerance = 1e-8

  static let cases = (try? fixture("linear.json")["cases"]?.asArray) ?? []

  @Test func thereAreCases() { #expect(Self.cases.count >= 18) }

  @Test(arguments: cases.indices)
  func findsTheSameOptimum(index: Int) throws {
    let expected = Self.cases[index]
    let name = try #require(expected["name"]?.asString)
    let task = try #require(Task(rawValue: try need(expected["task"]?.asString)))
    var data = try SampleData(try #require(expected["data"]?.asString))
    if let columns = expected["columns"]?.asArray?.compactMap({ $0.asInteger }) {
      data.features = FeatureMatrix(
        names: columns.map { "x\($0)" },
        rows: data.labels.count,
        values: data.labels.indices.flatMap { row in columns.map { data.features[row, $0] } }
      )
    }
    let weights = expected["weights"]?.asArray.map { Value.array($0).numbers }
    let job = makeJob(
      task,
      splits: [.train: data.rows(Array(data.labels.indices), weights: weights, task: task)]
    )
    let keys = ["alpha", "l1_ratio", "standardize", "fit_intercept"]
    let recipe = read(
      LinearLearner.self,
      keys.compactMap { key in expected[key].map { (key, content($0)) } }
    ).recipe
    let result = try recipe.fit(job, observer: SilentObserver())
    let found = try #require(result.model.coefficients)
    let coefficients = try #require(expected["coefficients"]).numbers
    let intercepts = try #require(expected["intercepts"]).numbers
    #expect(relativeError(found.values, coefficients) < Self.tolerance, "\(name)")
    #expect(relativeError(found.intercepts, intercepts) < Self.tolerance, "\(name)")
    // A lasso's zeros are zeros, not small numbers.
    #expect(
      zip(found.values, coefficients).allSatisfy { ($0 == 0) == ($1 == 0) },
      "\(name): zeros"
    )
    #expect(result.notes.allSatisfy { !$0.isWarning }, "\(name)")
  }
}
