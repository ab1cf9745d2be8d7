import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Reads a network's recipe, with what is wrong with it.
func network(
  _ type: any NetworkAlgorithm.Type,
  _ fields: [String: Value]
) -> (recipe: any Algorithm, findings: [Diagnostic]) {
  let (recipe, reader) = readAny(
    type,
    fields.sorted { $0.key < $1.key }.map { ($0.key, written($0.value).content) }
  )
  return (recipe, reader.diagnostics)
}

@Suite struct NetworkRecipes {
  @Test(
    arguments: [
      ("mlp", [["conv2d": ["filters": 4]]], "conv2d needs an image, and gets a row of numbers"),
      ("mlp", [["lstm": 4]], "lstm needs a sequence, and gets a row of numbers"),
      ("cnn", [["dense": 4]], "dense needs a row of numbers, and gets an image of 8 × 8 × 1"),
      (
        "cnn", [["conv2d": ["filters": 2, "kernel": 9]], "flatten"],
        "conv2d's window of 9 does not fit into an image of 8 × 8 × 1"
      ),
      (
        "cnn", [["max_pool": 2], ["max_pool": 2], ["max_pool": 2], ["max_pool": 2]],
        "max_pool's window of 2 does not fit into an image of 1 × 1 × 1"
      ),
      (
        "cnn", [["conv2d": ["filters": 2]]],
        "the network must end in a row of numbers, and ends in an image of 6 × 6 × 2"
      ),
      (
        "rnn", [["lstm": ["units": 4, "return_sequences": false]], ["gru": 3]],
        "gru needs a sequence, and gets a row of 4 numbers"
      ),
      (
        "rnn", [["gru": 6], ["attention": 4]],
        "attention cuts 6 numbers into 4 heads, which leaves a rest"
      ),
    ] as [(String, Value, String)]
  )
  func saysWhyALayerCannotStandThere(algorithm: String, layers: Value, message: String) throws {
    let type = try #require(algorithms[algorithm] as? any NetworkAlgorithm.Type)
    let image: [String: Value] =
      algorithm == "cnn" ? ["image": ["height": 8, "width": 8]] : [:]
    let found = network(type, image.merging(["layers": layers]) { $1 }).findings
    let shape = found.filter { $0.code == "train.layer-shape" }
    #expect(shape.map { $0.message }.first?.hasPrefix(message.prefix(28)) == true, "\(found)")
    if algorithm == "cnn" { #expect(shape.first?.message == message) }
  }

  @Test(
    arguments: [
      (["dense"], "'dense' needs the field 'units'"), ([["dnse": 3]], "there is no layer 'dnse'"),
      ([["dense": 3, "dropout": 0.5]], "'dropout' stands in the item of 'dense'"),
      ([3], "a layer is a map of one key, such as - dense: 64"),
      ([["dropout": 1.5]], "'rate' must be at least 0 and below 1, not 1.5"),
      ([["dense": ["units": 3, "name": "A b"]]], "'A b' is no name for a layer"),
      (
        [["dense": ["units": 3, "name": "a"]], ["dense": ["units": 3, "name": "a"]]],
        "another layer is called 'a', too"
      ),
    ] as [(Value, String)]
  )
  func saysWhatIsWrongWithALayer(layers: Value, message: String) {
    let found = network(MultilayerPerceptron.self, ["layers": layers]).findings
    #expect(found.map { $0.message } == [message])
  }

  @Test(
    arguments: [
      (Task.binary, "softmax", 1, "binary_cross_entropy"), (.regression, "sigmoid", 1, nil),
      (.multiclass, "sigmoid", 3, nil), (.regression, "relu", 1, "categorical_cross_entropy"),
      (.binary, "sigmoid", 1, "mse"),
    ] as [(Task, String, Int, String?)]
  )
  func refusesAnOutputThatDoesNotFit(
    task: Task,
    activation: String,
    units: Int,
    loss: String?
  ) throws {
    let (recipe, found) = network(
      MultilayerPerceptron.self,
      [
        "layers": [["dense": ["units": .integer(units), "activation": .string(activation)]]]
      ].merging(loss.map { ["loss": .string($0)] } ?? [:]) { $1 }
    )
    #expect(found.isEmpty)
    #expect(recipe.faults(for: task).map { $0.code } == ["train.output-loss-mismatch"])
  }

  @Test func takesAnOutputThatFits() {
    let fits: [(Task, String, Int)] = [
      (.binary, "sigmoid", 1), (.binary, "softmax", 2), (.multiclass, "softmax", 4),
      (.regression, "linear", 1),
    ]
    for (task, activation, units) in fits {
      let (recipe, _) = network(
        MultilayerPerceptron.self,
        ["layers": [["dense": ["units": .integer(units), "activation": .string(activation)]]]]
      )
      #expect(recipe.faults(for: task).isEmpty, "\(activation)")
    }
  }

  @Test func advisesAgainstManySigmoids() {
    let layer: Value = ["dense": ["units": 4, "activation": "sigmoid"]]
    let head: Value = ["dense": 1]
    for count in 2...4 {
      let layers = Value.array([Value](repeating: layer, count: count) + [head])
      let found = network(MultilayerPerceptron.self, ["layers": layers]).findings
      #expect(found.map { $0.code } == (count < 3 ? [] : ["train.hidden-sigmoid"]))
      #expect(found.allSatisfy { $0.severity == .advice })
    }
  }
}

@Suite struct NetworkTraining {
  static let sigmoids: Value = .array(
    [Value](repeating: ["dense": ["units": 8, "activation": "sigmoid"]], count: 12)
  )

  private func watched(_ layers: Value) throws -> RuleReport {
    let data = try SampleData("cancer")
    var job = data.job(.binary)
    let (rule, _) = debuggerRule("vanishing_gradient")
    let rows = try #require(job.splits[.train])
    job.debugger = Debugger(
      [WatchingRule(rule)],
      of: RuleSubject(task: .binary, classes: job.classes, rows: rows.features.rows)
    )
    let recipe = network(MultilayerPerceptron.self, ["layers": layers, "epochs": 4]).recipe
    let result = try recipe.fit(job, observer: SilentObserver())
    let reports = job.debugger?.reports(result.history, tensors: result.tensors) ?? []
    return try #require(reports.first)
  }

  private func debuggerRule(_ name: String) -> (any DebuggerRule, FieldReader) {
    var blank = FieldReader()
    guard let type = debuggerRules[name] else { fatalError("no rule \(name)") }
    return (type.init(reading: &blank), blank)
  }

  /// Twelve sigmoid layers: the slope shrinks by about four at each, so that the first ones get none.
  @Test func findsTheVanishingGradientAndItsCure() throws {
    let ill = try watched(Self.sigmoids)
    #expect(ill.status == .issuesFound)
    #expect(ill.round == 1)
    #expect(ill.message?.contains("dense_1.weight") == true)
    #expect(ill.remedy.contains("relu"))
    let cured = Value.array(
      [Value](repeating: ["dense": ["units": 8, "activation": "relu"]], count: 12)
    )
    #expect(try watched(cured).status == .noIssuesFound)
  }

  /// What a network keeps is the best epoch's, and its checkpoint knows it.
  @Test func goesBackToItsBestEpoch() throws {
    let early = EarlyStopping(split: .validation, metric: "log_loss", patience: 4)
    let job = try SampleData("cancer").job(.binary, early: early)
    let recipe = network(
      MultilayerPerceptron.self,
      ["epochs": 200, "learning_rate": 0.02]
    ).recipe
    let result = try recipe.fit(job, observer: SilentObserver())
    #expect(result.stoppedEarly)
    #expect(result.rounds == result.keptRound + 4)
    let validation = try #require(job.splits[.validation])
    let scores = try job.scorer.score(validation, result.model.predict(validation.features))
    #expect(
      scores.first == result.history.value("log_loss", on: .validation, after: result.keptRound)
    )
  }

  @Test func failsWhereTheWeightsLeaveTheNumbers() throws {
    let job = try SampleData("diabetes").job(.regression)
    let recipe = network(
      MultilayerPerceptron.self,
      ["optimizer": ["name": "sgd", "lr": 1e6], "epochs": 5]
    ).recipe
    let fault = #expect(throws: TrainingFault.self) {
      try recipe.fit(job, observer: SilentObserver())
    }
    #expect(fault?.code == "train.not-finite")
  }
}
