import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonMath
import Testing

/// Every rule about what goes on in a network, with a network in which it does.
@Suite struct RulesInNetworks {
  private struct Ill: Sendable {
    var rule: String
    var settings: [String: Value]
    var isRegression = false
  }

  private static func perceptron(_ first: Value) -> Value { [["dense": first], ["dense": 1]] }

  private static let ills: [Ill] = [
    // Features as large as 2,500 drive every tanh to its ends.
    Ill(
      rule: "saturated",
      settings: [
        "layers": perceptron(["units": 8, "activation": "tanh"]), "standardize": false,
        "epochs": 2,
      ]
    ),
    // From weights of 0 no unit is ever above 0, and none learns.
    Ill(
      rule: "dead_relu",
      settings: [
        "layers": perceptron(["units": 8, "activation": "relu", "initializer": "zeros"]),
        "epochs": 2,
      ]
    ),
    Ill(
      rule: "exploding_gradient",
      settings: [
        "layers": perceptron(["units": 8, "activation": "linear"]), "standardize": false,
        "standardize_target": false, "optimizer": ["name": "sgd", "lr": 1e-12], "epochs": 2,
      ],
      isRegression: true
    ),
    Ill(
      rule: "not_finite",
      settings: [
        "layers": perceptron(["units": 8, "activation": "linear"]),
        "optimizer": ["name": "sgd", "lr": 30], "batch_size": 1024, "epochs": 60,
      ],
      isRegression: true
    ),
    // Weights are lost within the first epoch: the loss is never defined.
    Ill(
      rule: "not_finite",
      settings: [
        "layers": perceptron(["units": 8, "activation": "linear"]),
        "optimizer": ["name": "sgd", "lr": 1e6], "epochs": 5,
      ],
      isRegression: true
    ),
    Ill(
      rule: "vanishing_gradient",
      settings: ["layers": NetworkTraining.sigmoids, "epochs": 2]
    ),
  ]

  private func report(_ name: String, _ settings: [String: Value], _ job: TrainingJob) throws
    -> RuleReport
  {
    var job = job
    var blank = FieldReader()
    let rule = try #require(debuggerRules[name]).init(reading: &blank)
    let rows = try #require(job.splits[.train])
    job.debugger = Debugger(
      [WatchingRule(rule)],
      of: RuleSubject(
        rows,
        task: job.task,
        classes: job.classes,
        metrics: ["log_loss", "rmse"].compactMap { Metric.named($0, task: job.task) }
      )
    )
    let recipe = network(MultilayerPerceptron.self, settings).recipe
    let result = try recipe.fit(job, observer: SilentObserver())
    let reports = job.debugger?.reports(result.history, tensors: result.tensors) ?? []
    return try #require(reports.first)
  }

  @Test(arguments: ills.indices)
  func fireWhereTheyShould(place: Int) throws {
    let ill = Self.ills[place]
    let job = try SampleData(ill.isRegression ? "diabetes" : "cancer").job(
      ill.isRegression ? .regression : .binary
    )
    let found = try report(ill.rule, ill.settings, job)
    #expect(found.status == .issuesFound, "\(found)")
    // A network of no such ill.
    if ill.rule != "not_finite", !ill.isRegression {
      let healthy = try report(ill.rule, ["epochs": 2], job)
      #expect(healthy.status != .issuesFound, "\(healthy)")
    }
  }

  /// Labels by chance: what is learned of them is of no use for others.
  @Test func overfittingIsFound() throws {
    func rows(_ purpose: String) -> TrainingRows {
      var random = RandomStream(root: 4, cell: "chance", purpose: purpose)
      return TrainingRows(
        features: FeatureMatrix(
          names: (0..<8).map { "x\($0)" },
          rows: 40,
          values: random.standardNormals(320)
        ),
        labels: .classes((0..<40).map { _ in Int32(random.integer(below: 2)) })
      )
    }
    let job = makeJob(.binary, splits: [.train: rows("train"), .validation: rows("other")])
    let found = try report("overfit", ["epochs": 150, "learning_rate": 0.01], job)
    #expect(found.status == .issuesFound)
  }
}
