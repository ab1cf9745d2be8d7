import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Ten steps on all rows at once, beside PyTorch's from the same weights
/// (Fixtures/make/networks.py).
@Suite struct NetworksBesidePyTorch {
  /// Of weights and losses of about 1, after ten steps in 32 bits.
  static let tolerance = 1e-6

  struct Setting: Sendable {
    var algorithm: any NetworkAlgorithm.Type = MultilayerPerceptron.self
    var layers: Value
    var rest: [String: Value] = [:]
  }

  static func perceptron(_ first: String, _ last: String) -> Value {
    [
      ["dense": ["units": 6, "activation": .string(first)]],
      ["dense": ["units": 5, "activation": "tanh"]],
      ["dense": ["units": last == "3" ? 3 : 1, "name": "output"]],
    ]
  }

  static func recurrent(_ layer: String, _ both: Bool = false) -> Setting {
    Setting(
      algorithm: RecurrentNetwork.self,
      layers: [.object([layer: ["units": 5, "bidirectional": .boolean(both)]])],
      rest: ["optimizer": adam, "sequence": ["features": 2]]
    )
  }

  static let adam: Value = ["name": "adam", "lr": 0.01]

  static let settings: [String: Setting] = [
    "sgd": Setting(
      layers: perceptron("relu", "1"),
      rest: ["optimizer": ["name": "sgd", "lr": 0.1]]
    ),
    "momentum": Setting(
      layers: perceptron("relu", "1"),
      rest: ["optimizer": ["name": "momentum", "lr": 0.1]]
    ),
    "nesterov": Setting(
      layers: perceptron("relu", "3"),
      rest: ["optimizer": ["name": "nesterov", "lr": 0.1]]
    ),
    "rmsprop": Setting(
      layers: perceptron("relu", "3"),
      rest: ["optimizer": ["name": "rmsprop", "lr": 0.01, "eps": 0.01]]
    ),
    "adam": Setting(layers: perceptron("gelu", "3"), rest: ["optimizer": adam]),
    "adam-decay": Setting(
      layers: perceptron("relu", "1"),
      rest: ["optimizer": ["name": "adam", "lr": 0.01, "weight_decay": 0.1]]
    ),
    "adamw": Setting(
      layers: perceptron("sigmoid", "1"),
      rest: [
        "optimizer": ["name": "adamw", "lr": 0.01, "weight_decay": 0.1],
        "loss": ["name": "huber", "delta": 0.7],
      ]
    ),
    "mae": Setting(
      layers: perceptron("relu", "1"),
      rest: ["optimizer": ["name": "sgd", "lr": 0.05], "loss": "mae"]
    ),
    "smoothing": Setting(
      layers: perceptron("relu", "3"),
      rest: [
        "optimizer": adam, "loss": ["name": "categorical_cross_entropy", "label_smoothing": 0.1],
      ]
    ),
    "focal": Setting(
      layers: perceptron("relu", "1"),
      rest: ["optimizer": adam, "loss": "focal"]
    ),
    "focal-many": Setting(
      layers: perceptron("relu", "3"),
      rest: ["optimizer": adam, "loss": "focal"]
    ),
    "smoothing-two": Setting(
      layers: perceptron("relu", "1"),
      rest: ["optimizer": adam, "loss": ["name": "binary_cross_entropy", "label_smoothing": 0.1]]
    ),
    "lasso": Setting(
      layers: perceptron("tanh", "1"),
      rest: ["optimizer": ["name": "sgd", "lr": 0.1], "alpha": 0.1, "l1_ratio": 1]
    ),
    "ridge": Setting(
      layers: perceptron("tanh", "1"),
      rest: ["optimizer": ["name": "sgd", "lr": 0.1], "alpha": 0.1]
    ),
    "elastic": Setting(
      layers: perceptron("tanh", "1"),
      rest: ["optimizer": ["name": "sgd", "lr": 0.1], "alpha": 0.1, "l1_ratio": 0.3]
    ),
    "rmsprop-momentum": Setting(
      layers: perceptron("relu", "3"),
      rest: ["optimizer": ["name": "rmsprop", "lr": 0.01, "eps": 0.01, "momentum": 0.5]]
    ),
    "clip-value": Setting(
      layers: perceptron("relu", "1"),
      rest: ["optimizer": ["name": "sgd", "lr": 0.5], "clip_value": 0.05]
    ),
    "clip": Setting(
      layers: perceptron("relu", "1"),
      rest: ["optimizer": ["name": "sgd", "lr": 0.5], "clip_norm": 0.5]
    ),
    "cnn": Setting(
      algorithm: ConvolutionalNetwork.self,
      layers: [
        ["conv2d": ["filters": 3, "padding": "same", "activation": "relu"]], ["max_pool": 2],
        ["conv2d": ["filters": 4, "kernel": 2, "activation": "gelu"]], "flatten",
        ["dense": ["units": 5, "activation": "leaky_relu"]],
      ],
      rest: ["optimizer": ["name": "adam", "lr": 0.01, "eps": 0.001]]
    ),
    "norms": Setting(
      layers: [
        ["dense": 6], "batch_norm", ["activation": "relu"], ["dense": 5], "layer_norm",
        ["activation": "sigmoid"],
      ],
      rest: ["optimizer": ["name": "sgd", "lr": 0.1]]
    ),
    "rnn": recurrent("rnn"), "lstm": recurrent("lstm"), "gru": recurrent("gru", true),
  ]

  static let names = settings.keys.sorted()

  /// Every optimiser and every loss is held beside the peer's.
  @Test func coversEveryOptimiserAndLoss() {
    let written = Self.settings.values.map { setting in
      ["optimizer", "loss"].map { key -> String in
        setting.rest[key]?["name"]?.asString ?? setting.rest[key]?.asString ?? ""
      }
    }
    #expect(Set(written.map { $0[0] }).isSuperset(of: networkOptimizers.names))
    let usual = ["binary_cross_entropy", "categorical_cross_entropy", "mse"]
    #expect(Set(written.map { $0[1] } + usual).isSuperset(of: networkLosses.names))
  }

  @Test func coversEveryCase() throws {
    let cases = try #require(try fixture("networks.json")["cases"]?.asObject)
    #expect(cases.keys.sorted() == Self.names)
  }

  private func weights(_ value: Value?) throws -> PortableWeights {
    let tensors = try #require(value?.asObject).mapValues { tensor in
      PortableTensor(
        shape: (tensor["shape"]?.asArray ?? []).compactMap { $0.asInteger },
        numbers: (tensor["numbers"]?.numbers ?? []).map { Float($0) }
      )
    }
    return PortableWeights(tensors)
  }

  @Test(arguments: names)
  func endsWhereThePeerEnds(name: String) throws {
    let known = try #require(try fixture("networks.json")["cases"]?[name])
    let setting = try #require(Self.settings[name])
    let columns = try #require(known["columns"]?.asInteger)
    let numbers = try #require(known["x"]).numbers
    let labels = try #require(known["labels"]).numbers
    let loss = try #require(known["loss"]?.asString)
    let task: Task =
      switch loss {
      case "bce", "focal", "smooth-two": .binary
      case "ce", "smooth", "focal-many": .multiclass
      default: .regression
      }
    let features = FeatureMatrix(
      names: (0..<columns).map { "x\($0)" },
      rows: 12,
      values: numbers
    )
    let rows = TrainingRows(
      features: features,
      labels: task == .regression ? .numbers(labels) : .classes(labels.map { Int32($0) })
    )
    var job = makeJob(task, splits: [.train: rows])
    job.transfer.weights = try weights(known["before"])
    let settings: [String: Value] = [
      "layers": setting.layers, "batch_size": 12, "epochs": 10, "standardize": false,
      "standardize_target": false,
    ].merging(setting.rest) { $1 }
    let (recipe, fields) = readAny(
      setting.algorithm,
      settings.sorted { $0.key < $1.key }.map { ($0.key, written($0.value).content) }
    )
    #expect(fields.diagnostics.filter { $0.severity == .error }.isEmpty)
    let result = try recipe.fit(job, observer: SilentObserver())
    let model = try #require(result.model as? any FittedNetworkModel)
    let (found, expected) = (PortableWeights(model.fitted), try weights(known["after"]))
    #expect(found.tensors.keys.sorted() == expected.tensors.keys.sorted())
    for (key, tensor) in expected.tensors {
      let own = try #require(found.tensors[key])
      #expect(own.shape == tensor.shape, "\(key)")
      let gap = zip(own.numbers, tensor.numbers).reduce(Float(0)) {
        max($0, ($1.0 - $1.1).magnitude / max(1, $1.1.magnitude))
      }
      #expect(Double(gap) < Self.tolerance, "\(key)")
    }
    let curves = result.figures.compactMap { figure -> [Double?]? in
      if case .curves(let curves) = figure { curves.series.first?.values } else { nil }
    }
    let losses = try #require(curves.first).map { $0 ?? .nan }
    let gap = relativeError(losses, try #require(known["losses"]).numbers)
    #expect(gap < Self.tolerance)
  }
}
