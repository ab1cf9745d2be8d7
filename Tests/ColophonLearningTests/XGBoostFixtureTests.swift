import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Against xgboost 1.7.4 from PyPI; see Fixtures/make/boosting.py.
@Suite struct XGBoostFixtures {
  /// Predictions are 32-bit numbers, built by another compiler.
  static let tolerance = 1e-6

  static let cases = (try? fixture("boosting.json")["cases"]?.asArray) ?? []

  @Test func thereAreCases() { #expect(Self.cases.count >= 35) }

  @Test(arguments: cases.indices)
  func predictsTheSame(index: Int) throws {
    let expected = Self.cases[index]
    let name = try #require(expected["name"]?.asString)
    var job = try FixtureJob(expected)
    let read = read(XGBoost.self, job.hyperparameters)
    #expect(
      read.diagnostics.filter { $0.severity == .error }.isEmpty,
      "\(name) \(read.diagnostics)"
    )
    if job.earlierRounds > 0 {
      let recipe = Self.recipe(job.hyperparameters, rounds: job.earlierRounds)
      job.job.initial = try recipe.fit(job.earlier, observer: SilentObserver()).model
    }
    let result = try read.recipe.fit(job.job, observer: SilentObserver())
    let rows = try #require(job.job.splits[.validation]).features
    let found = try result.model.predict(rows).numbers
    let predictions = try #require(expected["predictions"]).numbers
    #expect(relativeError(found, predictions) < Self.tolerance, "\(name)")
    let again = try XGBoost.decodeModel(try result.model.encoded())
    #expect(try again.predict(rows).numbers == found, "\(name): read back")
    #expect(try again.encoded() == result.model.encoded())
    #expect(result.model.parameterCount > 0)
  }

  private static func recipe(_ entries: [(String, Node.Content)], rounds: Int) -> XGBoost {
    read(
      XGBoost.self,
      entries.filter { $0.0 != "num_round" } + [("num_round", .integer(rounds))]
    ).recipe
  }
}

extension Predictions {
  var numbers: [Double] {
    switch self {
    case .binary(let scores): scores
    case .multiclass(let probabilities, _): probabilities
    case .regression(let numbers), .forecasts(let numbers, _): numbers
    case .clusters(let clusters, _, _): clusters.map { Double($0) }
    }
  }
}

/// A fixture's data and hyperparameters as a job.
struct FixtureJob {
  var job: TrainingJob
  /// What was learned from first, where the job goes on from a model: the even rows.
  var earlier: TrainingJob
  var earlierRounds: Int
  var hyperparameters: [(String, Node.Content)]

  init(_ expected: Value) throws {
    let name = try #require(expected["data"]?.asString)
    var data = try SampleData(name)
    let divide = try #require(expected["divide"]?.asNumber)
    data.labels = data.labels.map { $0 / divide }
    if expected["missing"]?.asBoolean == true {
      let width = data.features.columns
      for i in data.features.values.indices where (7 * (i / width) + 3 * (i % width)) % 11 == 0 {
        data.features.values[i] = .nan
      }
    }
    if expected["censored"]?.asBoolean == true {
      for i in stride(from: 0, to: data.labels.count, by: 3) { data.labels[i].negate() }
    }
    let isRanking = expected["queries"]?.asBoolean == true
    if isRanking { data.labels = data.labels.map { min(4, ($0 / 70).rounded(.down)) } }
    let weights = data.labels.indices.map { 0.5 + Double($0 % 3) }
    let task: Task = name == "cancer" ? .binary : name == "iris" ? .multiclass : .regression
    job = data.job(task, weights: expected["weights"]?.asBoolean == true ? weights : nil)
    if isRanking {
      job.task = .ranking
      let learned = data.labels.indices.filter { $0 % 4 != 0 }
      job.splits[.train]?.groups = learned.map { Int32(($0 * 7) % 33) }
    }
    earlier = job
    earlier.splits = [
      .train: data.rows(
        data.labels.indices.filter { $0 % 4 != 0 && $0 % 2 == 0 },
        task: task
      )
    ]
    earlierRounds = expected["earlier"]?.asInteger ?? 0
    let parameters = try #require(expected["parameters"]?.asObject)
    hyperparameters =
      parameters.keys.sorted().map { ($0, content(parameters[$0] ?? .null)) }
      + [
        ("seed", .integer(11)),
        ("num_round", .integer(try #require(expected["rounds"]?.asInteger))),
      ]
  }
}
