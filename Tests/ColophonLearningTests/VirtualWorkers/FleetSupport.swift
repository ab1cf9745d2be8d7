import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// A small training for virtual workers to share.
struct FleetCase {
  var algorithm: any NetworkAlgorithm.Type = MultilayerPerceptron.self
  var fields: [String: Value]
  var task = Task.multiclass
  var rows = 120
  var width = 6
  var threads = 1

  static let layers: Value = [["dense": ["units": 7, "activation": "tanh"]]]

  static func mlp(_ more: [String: Value] = [:]) -> FleetCase {
    FleetCase(
      fields: [
        "layers": layers, "batch_size": 40, "epochs": 4, "optimizer": ["name": "adam", "lr": 0.01],
      ].merging(more) { $1 }
    )
  }

  static let cnn = FleetCase(
    algorithm: ConvolutionalNetwork.self,
    fields: [
      "layers": [
        ["conv2d": ["filters": 3, "kernel": 3, "padding": "same", "activation": "relu"]],
        ["max_pool": 2], ["dropout": 0.3], "flatten",
      ],
      "image": ["height": 6, "width": 6], "batch_size": 40, "epochs": 2,
      "augment": ["noise", "crop"],
    ],
    width: 36
  )

  static func rnn(_ layer: String) -> FleetCase {
    FleetCase(
      algorithm: RecurrentNetwork.self,
      fields: [
        "layers": [.object([layer: 5]), ["dropout": 0.2]], "batch_size": 40, "epochs": 2,
        "sequence": ["features": 2],
      ]
    )
  }

  var network: NetworkRecipe {
    get throws {
      let (recipe, findings) = ColophonLearningTests.network(algorithm, fields)
      #expect(findings.filter { $0.severity == .error }.isEmpty, "\(findings)")
      return try #require(recipe as? any NetworkAlgorithm).network
    }
  }

  var job: TrainingJob {
    var random = RandomStream(root: 5, cell: "rows", purpose: "fleet")
    let values = (0..<rows * width).map { _ in random.uniform() - 0.5 }
    let codes = (0..<rows).map { row in
      Int32((values[row * width] > 0 ? 1 : 0) + (values[row * width + 1] > 0.1 ? 1 : 0))
    }
    let features = FeatureMatrix(
      names: (0..<width).map { "x\($0)" },
      rows: rows,
      values: values
    )
    return makeJob(
      task,
      splits: [.train: TrainingRows(features: features, labels: .classes(codes))],
      threads: threads
    )
  }

  func training() throws -> VirtualTraining {
    try VirtualTraining(network, job, algorithm: algorithm.name)
  }

  func run(
    _ workers: [String: Value],
    count: Int,
    reduction: any GradientReduction = RingReduction(),
    slowdowns: [Double]? = nil,
    stages: [Int] = [0, 0],
    stretches: [VirtualTraining.Stretch]? = nil
  ) throws -> VirtualResult {
    try training().run(
      fleet(workers),
      count: count,
      reduction: reduction,
      clock: FleetClock(
        pass: { 1 / Double($0) },
        update: 0.01,
        slowdowns: slowdowns ?? [Double](repeating: 1, count: count),
        message: { _ in 0.002 },
        perNode: 2
      ),
      stages: stages,
      stretches: stretches,
      audits: true
    )
  }
}

/// Reads `workers`.
func fleet(_ fields: [String: Value]) throws -> FleetRecipe {
  let (recipe, findings) = readFleet(fields)
  #expect(findings.isEmpty, "\(findings)")
  return recipe
}

func readFleet(_ fields: [String: Value]) -> (FleetRecipe, [Diagnostic]) {
  let place = SourcePosition(path: "a.md", line: 1, column: 1)
  let entries = fields.sorted { $0.key < $1.key }.map {
    Node.Entry(key: $0.key, keyPosition: place, value: written($0.value))
  }
  var reader = FieldReader(entries, context: "'workers'", at: place)
  let recipe = FleetRecipe(reading: &reader)
  reader.finish()
  return (recipe, reader.diagnostics)
}
