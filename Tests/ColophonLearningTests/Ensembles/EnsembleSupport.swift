import ColophonCore
import ColophonData
import ColophonLearning

/// A value as its author would have written it, all at one place.
func written(
  _ value: Value,
  at place: SourcePosition = SourcePosition(path: "a.md", line: 20, column: 5)
) -> Node {
  switch value {
  case .null: Node(.null, at: place)
  case .boolean(let flag): Node(.boolean(flag), text: "\(flag)", at: place)
  case .integer(let number): Node(.integer(number), text: "\(number)", at: place)
  case .number(let number): Node(.number(number), text: "\(number)", at: place)
  case .string(let text): Node(.string(text), text: text, at: place, length: text.utf8.count)
  case .array(let items): Node(.sequence(items.map { written($0, at: place) }), at: place)
  case .object(let members):
    Node(
      .mapping(
        members.sorted { $0.key < $1.key }.map {
          Node.Entry(key: $0.key, keyPosition: place, value: written($0.value, at: place))
        }
      ),
      at: place
    )
  }
}

/// Reads a recipe from a map of hyperparameters.
func recipe<Recipe: Algorithm>(_ type: Recipe.Type, _ hyperparameters: Value) -> Recipe {
  read(
    type,
    (hyperparameters.asObject ?? [:]).sorted { $0.key < $1.key }.map {
      ($0.key, written($0.value).content)
    }
  ).recipe
}

/// Small networks, for rows that are images of one line or sequences of single numbers.
let leastNetworks: [String: Value] = [
  "mlp": ["epochs": 30],
  "cnn": [
    "image": ["height": 1], "epochs": 30, "learning_rate": 0.01,
    "layers": [
      ["conv2d": ["filters": 8, "kernel": [1, 3], "padding": "same", "activation": "relu"]],
      "flatten", ["dense": ["units": 16, "activation": "relu"]],
    ],
  ],
  "rnn": ["layers": [["gru": 8]], "epochs": 30, "learning_rate": 0.01],
]

/// Hyperparameters that an algorithm can't do without.
func least(_ name: String) -> [(String, Node.Content)] {
  if let network = leastNetworks[name] {
    return (network.asObject ?? [:]).sorted { $0.key < $1.key }.map {
      ($0.key, written($0.value).content)
    }
  }
  if algorithms[name]?.reads == .series {
    let horizon: Node.Content = .integer(6)
    return [("time_freq", .string("M")), ("prediction_length", horizon)]
  }
  guard name == "stacking" else { return [] }
  let members: Value = [
    ["name": "line", "algorithm": "linear_learner"],
    ["name": "trees", "algorithm": "xgboost", "hyperparameters": ["num_round": 10]],
  ]
  return [("estimators", written(members).content)]
}

/// Rows of a sample of groups: g(i) = 7 i mod 23.
func withGroups(_ rows: TrainingRows) -> TrainingRows {
  var rows = rows
  rows.groups = (0..<rows.features.rows).map { Int32($0 * 7 % 23) }
  return rows
}

extension SampleData {
  /// The features centred, and over their population deviation.
  var standardized: SampleData {
    var values = features.values
    for j in 0..<features.columns {
      let column = features.column(j)
      let mean = column.reduce(0, +) / Double(column.count)
      let square = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
      for i in column.indices {
        values[i * features.columns + j] = (column[i] - mean) / square.squareRoot()
      }
    }
    return SampleData(
      features: FeatureMatrix(names: features.names, rows: features.rows, values: values),
      labels: labels
    )
  }
}
