import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonMath
import Testing

/// A model that is exported, the rows that it is asked about, and what prepared its columns.
struct ExportCase: CustomTestStringConvertible {
  var name: String
  var algorithm: String
  var hyperparameters: Value = [:]
  var task: Task
  /// The steps of preparing the data, each a map of one key.
  var steps: [Value] = []

  var testDescription: String { name }

  /// Every form of model and of encoding once.
  static let all: [ExportCase] =
    [
      ExportCase(name: "linear-binary", algorithm: "linear_learner", task: .binary),
      ExportCase(name: "linear-multiclass", algorithm: "linear_learner", task: .multiclass),
      ExportCase(
        name: "linear-regression-standardized",
        algorithm: "linear_learner",
        task: .regression,
        steps: [["standardize": ["columns": ["age", "income"]]]]
      ),
      ExportCase(
        name: "linear-regression-steps",
        algorithm: "linear_learner",
        task: .regression,
        steps: [
          ["impute": ["columns": ["age"], "strategy": "median", "indicator": true]],
          ["impute": ["columns": ["town"], "strategy": "most_frequent"]],
          ["impute": ["columns": ["income"], "strategy": "constant", "value": 1]],
          ["min_max": ["columns": ["label"], "clip": true]], ["log": ["columns": ["income"]]],
          ["polynomial": ["columns": ["age", "label"], "degree": 3]],
          ["one_hot": ["columns": ["town"]]],
          ["ordinal": ["columns": ["plan"]]], ["drop": ["columns": ["age^3"]]],
          ["power": ["columns": ["age^2", "age label"]]], ["bin": ["columns": ["age"]]],
          ["select": ["method": "variance", "keep": 9]],
        ]
      ),
      ExportCase(
        name: "xgboost-binary",
        algorithm: "xgboost",
        hyperparameters: ["num_round": 12],
        task: .binary
      ),
      ExportCase(
        name: "xgboost-dart-multiclass",
        algorithm: "xgboost",
        hyperparameters: ["num_round": 8, "booster": "dart", "rate_drop": 0.3, "max_depth": 3],
        task: .multiclass
      ),
      ExportCase(
        name: "xgboost-gamma",
        algorithm: "xgboost",
        hyperparameters: ["num_round": 8, "objective": "reg:gamma"],
        task: .regression
      ),
      ExportCase(
        name: "xgboost-linear",
        algorithm: "xgboost",
        hyperparameters: ["num_round": 8, "booster": "gblinear"],
        task: .multiclass
      ),
      ExportCase(name: "knn-binary", algorithm: "knn", task: .binary),
      ExportCase(
        name: "knn-distance-multiclass",
        algorithm: "knn",
        hyperparameters: ["weights": "distance", "n_neighbors": 7, "metric": "manhattan"],
        task: .multiclass
      ),
      ExportCase(
        name: "knn-cosine-regression",
        algorithm: "knn",
        hyperparameters: ["metric": "cosine"],
        task: .regression,
        steps: [["standardize": [:]]]
      ),
      ExportCase(
        name: "knn-weighted-multiclass",
        algorithm: "knn",
        hyperparameters: ["weights": "distance", "n_neighbors": 4],
        task: .multiclass,
        steps: [["impute": ["columns": "numeric"]], ["balance": ["method": "class_weight"]]]
      ),
      ExportCase(
        name: "svm-binary",
        algorithm: "svm",
        task: .binary,
        steps: [["impute": ["columns": "numeric"]], ["standardize": [:]]]
      ),
      ExportCase(
        name: "svm-calibrated-binary",
        algorithm: "svm",
        hyperparameters: ["probability": true, "kernel": "poly"],
        task: .binary,
        steps: [["standardize": [:]]]
      ),
      ExportCase(
        name: "svm-multiclass",
        algorithm: "svm",
        hyperparameters: ["kernel": "sigmoid"],
        task: .multiclass,
        steps: [["standardize": [:]]]
      ),
      ExportCase(
        name: "svm-calibrated-multiclass",
        algorithm: "svm",
        hyperparameters: ["probability": true],
        task: .multiclass,
        steps: [["standardize": [:]]]
      ),
      ExportCase(
        name: "svm-regression",
        algorithm: "svm",
        task: .regression,
        steps: [["standardize": [:]]]
      ),
      ExportCase(
        name: "kmeans",
        algorithm: "kmeans",
        hyperparameters: ["n_clusters": 3],
        task: .clustering
      ),
      ExportCase(
        name: "tree-binary",
        algorithm: "decision_tree",
        hyperparameters: ["max_depth": 4],
        task: .binary
      ),
      ExportCase(
        name: "forest-multiclass",
        algorithm: "random_forest",
        hyperparameters: ["n_estimators": 7, "max_depth": 4],
        task: .multiclass
      ),
      ExportCase(
        name: "forest-regression",
        algorithm: "random_forest",
        hyperparameters: ["n_estimators": 5, "max_depth": 4],
        task: .regression
      ),
      ExportCase(
        name: "adaboost-binary",
        algorithm: "adaboost",
        hyperparameters: ["n_estimators": 8],
        task: .binary
      ),
      ExportCase(
        name: "adaboost-multiclass",
        algorithm: "adaboost",
        hyperparameters: ["n_estimators": 6, "max_depth": 2],
        task: .multiclass
      ),
      ExportCase(
        name: "adaboost-regression",
        algorithm: "adaboost",
        hyperparameters: ["n_estimators": 6],
        task: .regression
      ),
      ExportCase(
        name: "bagging-binary",
        algorithm: "bagging",
        hyperparameters: [
          "estimator": ["algorithm": "linear_learner"], "n_estimators": 3, "max_features": 0.6,
        ],
        task: .binary
      ),
      ExportCase(
        name: "stacking-multiclass",
        algorithm: "stacking",
        hyperparameters: [
          "estimators": [
            ["name": "a", "algorithm": "linear_learner", "hyperparameters": ["alpha": 0.1]],
            ["name": "b", "algorithm": "xgboost", "hyperparameters": ["num_round": 5]],
          ],
          "passthrough": true, "cv": 3,
        ],
        task: .multiclass
      ),
    ] + networks

  /// Every layer once; eight features, so that they make an image of 2 × 4, or four steps of two.
  private static let networks: [ExportCase] = [
    ExportCase(
      name: "mlp-binary",
      algorithm: "mlp",
      hyperparameters: [
        "epochs": 3,
        "layers": [
          ["dense": ["units": 6, "activation": "gelu"]], "batch_norm", ["activation": "tanh"],
          ["dropout": 0.2], "layer_norm", ["dense": ["units": 4, "activation": "leaky_relu"]],
        ],
      ],
      task: .binary
    ),
    ExportCase(
      name: "mlp-regression",
      algorithm: "mlp",
      hyperparameters: [
        "epochs": 3, "layers": [["dense": ["units": 5, "activation": "sigmoid"]]],
      ],
      task: .regression
    ),
    ExportCase(
      name: "cnn-multiclass",
      algorithm: "cnn",
      hyperparameters: [
        "epochs": 3, "image": ["height": 2, "width": 4],
        "layers": [
          ["conv2d": ["filters": 3, "kernel": 2, "padding": "same", "activation": "relu"]],
          "batch_norm", ["avg_pool": ["size": [1, 2], "stride": 1]],
          ["conv2d": ["filters": 4, "kernel": [2, 2], "padding": 1, "stride": 2]],
          ["max_pool": ["size": [2, 1]]], "flatten",
        ],
      ],
      task: .multiclass
    ),
    ExportCase(
      name: "rnn-multiclass",
      algorithm: "rnn",
      hyperparameters: [
        "epochs": 2, "sequence": ["features": 2],
        "layers": [
          ["conv1d": ["filters": 6, "kernel": 2, "padding": "same", "dilation": 2]],
          ["attention": 2], ["lstm": ["units": 3, "bidirectional": true]], ["gru": 4],
          ["rnn": ["units": 5, "activation": "relu", "return_sequences": true]],
          "global_avg_pool",
        ],
      ],
      task: .multiclass
    ),
    ExportCase(
      name: "rnn-binary",
      algorithm: "rnn",
      hyperparameters: [
        "epochs": 2,
        "layers": [["gru": ["units": 3, "bidirectional": true]], "global_max_pool"],
      ],
      task: .binary
    ),
  ]

  /// Made-up households: numbers and categories, some of each missing, one level seen in test only.
  static func dataset(_ task: Task) -> Dataset {
    var random = RandomStream(root: 11, cell: "export", purpose: "rows")
    let towns = ["north", "south", "east"]
    let plans = ["a b", "ü", "42"]
    var numbers: [[Double]] = [[], [], []]
    var codes: [[Int32]] = [[], []]
    var targets: [Double] = []
    let count = 160
    for row in 0..<count {
      let age = (random.uniform() * 60 + 18).rounded()
      let income = random.uniform() * 90_000
      let town = random.integer(below: row < 120 ? 2 : 3)
      let plan = random.integer(below: 3)
      targets.append(
        age / 20 + income / 40_000 + (town == 0 ? 1 : 0) - Double(plan) + random.uniform() * 3
      )
      numbers[0].append(random.uniform() < 0.1 ? .nan : age)
      numbers[1].append(random.uniform() < 0.1 ? .nan : income)
      numbers[2].append(random.uniform() * 4 - 2)
      codes[0].append(random.uniform() < 0.1 ? -1 : Int32(town))
      codes[1].append(Int32(plan))
    }
    let columns = [
      Column(name: "age", type: .numeric, storage: .numbers(numbers[0])),
      Column(name: "town", type: .category, storage: .categories(codes: codes[0], levels: towns)),
      Column(name: "income", type: .numeric, storage: .numbers(numbers[1])),
      Column(name: "plan", type: .category, storage: .categories(codes: codes[1], levels: plans)),
      // An output has this name too.
      Column(name: "label", type: .numeric, storage: .numbers(numbers[2])),
      target(targets, task),
    ]
    let classes: [Task: [String]] = [.binary: ["no", "yes"], .multiclass: ["low", "mid", "high"]]
    return Dataset(
      table: Table(columns: columns, rowCount: count),
      task: task,
      target: task == .clustering ? nil : "goal",
      classes: classes[task] ?? [],
      splits: (0..<count).map { $0 < 120 ? .train : .test }
    )
  }

  private static func target(_ numbers: [Double], _ task: Task) -> Column {
    let levels: [String]
    let codes: [Int32]
    switch task {
    case .binary:
      levels = ["no", "yes"]
      codes = numbers.map { $0 > 4 ? 1 : 0 }
    case .multiclass:
      levels = ["low", "mid", "high"]
      codes = numbers.map { $0 > 4.5 ? 2 : $0 > 3 ? 1 : 0 }
    default:
      let type: ColumnType = task == .clustering ? .ignore : .numeric
      return Column(name: "goal", type: type, storage: .numbers(numbers))
    }
    return Column(name: "goal", type: .category, storage: .categories(codes: codes, levels: levels))
  }

  /// The raw data, and the model with the fitted steps before it.
  func fit() throws -> (raw: Dataset, model: TrainedModel) {
    let raw = ExportCase.dataset(task)
    var data = raw
    var fitted: [any FittedTransform] = []
    for step in steps {
      let (name, fields) = try #require(step.asObject?.first)
      let type = try #require(transforms[name])
      let step = try ExportCase.fit(type, fields, data)
      data = try step.apply(to: data)
      fitted.append(step)
    }
    if !fitted.isEmpty { data.preparation = try Preparation(source: nil, steps: fitted) }
    let type = try #require(algorithms[algorithm])
    let (recipe, reader) = readAny(
      type,
      (hyperparameters.asObject ?? [:]).sorted { $0.key < $1.key }.map {
        ($0.key, written($0.value).content)
      }
    )
    #expect(reader.diagnostics.isEmpty)
    let surroundings = Trainer.Surroundings { RandomStream(root: 1, cell: "m", purpose: $0) }
    let outcome = try Trainer(recipe, roundMetrics: [], metrics: [])
      .train(data, content: nil, in: surroundings)
    return (raw, outcome.trained)
  }

  private static func fit(
    _ type: any Transform.Type,
    _ fields: Value,
    _ data: Dataset
  ) throws -> any FittedTransform {
    var reader = FieldReader(
      written(fields).entries ?? [],
      context: "a step",
      at: SourcePosition(path: "a.md", line: 1, column: 1)
    )
    let step = type.init(reading: &reader)
    #expect(reader.diagnostics.isEmpty)
    return try step.fit(FittingRows(data))
  }
}
