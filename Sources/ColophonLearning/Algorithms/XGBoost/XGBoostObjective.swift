import ColophonCore
import ColophonData

/// One of the library's objectives: the tasks it fits, and what its output means.
struct XGBoostObjective: Sendable {
  /// What the library's prediction is.
  enum Output: Sendable {
    /// The positive class's probability.
    case probability
    /// The positive class's log-odds; turned into a probability here.
    case logOdds
    /// 0 or 1.
    case decision
    /// A margin for each class; turned into probabilities here.
    case classMargins
    case number
    /// A number that is the exponential of a margin.
    case exponential
  }

  let name: String
  let tasks: Set<Task>
  let output: Output
  /// Which labels it takes, as the end of "a label must be …".
  let labels: (words: String, takes: @Sendable (Double) -> Bool)?
  private init(
    _ name: String,
    _ tasks: Set<Task>,
    _ output: Output = .number,
    labels: (words: String, takes: @Sendable (Double) -> Bool)? = nil
  ) {
    self.name = name
    self.tasks = tasks
    self.output = output
    self.labels = labels
  }

  static let all = Catalogue<XGBoostObjective>(
    "objective",
    [
      XGBoostObjective("reg:squarederror", [.regression]),
      XGBoostObjective("reg:squaredlogerror", [.regression], labels: ("above -1", { $0 > -1 })),
      XGBoostObjective(
        "reg:logistic",
        [.regression, .binary],
        .probability,
        labels: ("from 0 to 1", { $0 >= 0 && $0 <= 1 })
      ),
      XGBoostObjective("reg:pseudohubererror", [.regression]),
      XGBoostObjective("reg:absoluteerror", [.regression]),
      XGBoostObjective("binary:logistic", [.binary], .probability),
      XGBoostObjective("binary:logitraw", [.binary], .logOdds),
      XGBoostObjective("binary:hinge", [.binary], .decision),
      XGBoostObjective(
        "count:poisson",
        [.regression],
        .exponential,
        labels: ("at least 0", { $0 >= 0 })
      ),
      XGBoostObjective(
        "survival:cox",
        [.regression],
        .exponential,
        labels: ("a time other than 0", { $0 != 0 })
      ),
      XGBoostObjective(
        "survival:aft",
        [.regression],
        .exponential,
        labels: ("a time other than 0", { $0 != 0 })
      ),
      XGBoostObjective("multi:softmax", [.multiclass], .classMargins),
      XGBoostObjective("multi:softprob", [.multiclass], .classMargins),
      XGBoostObjective("rank:pairwise", [.ranking]),
      XGBoostObjective(
        "rank:ndcg",
        [.ranking],
        labels: ("a whole number from 0 to 31", { (0...31).contains($0) && $0 == $0.rounded() })
      ),
      XGBoostObjective("rank:map", [.ranking], labels: ("at least 0", { $0 >= 0 })),
      XGBoostObjective("reg:gamma", [.regression], .exponential, labels: ("above 0", { $0 > 0 })),
      XGBoostObjective(
        "reg:tweedie",
        [.regression],
        .exponential,
        labels: ("at least 0", { $0 >= 0 })
      ),
    ]
  ) { $0.name }
}

extension TrainingFault {
  static func objective(_ name: String, task: Task, fitting: [String]) -> TrainingFault {
    TrainingFault(
      "train.output-loss-mismatch",
      "the objective '\(name)' does not fit the task '\(task.rawValue)'",
      hint: "these do: \(fitting.joined(separator: ", "))",
      field: "hyperparameters.objective"
    )
  }

  static func label(_ words: String, objective: String, row: Int) -> TrainingFault {
    TrainingFault(
      "train.labels",
      "a label of \(objective) must be \(words), and that of training row \(row + 1) is not",
      field: "hyperparameters.objective"
    )
  }

  static func classCount(given: Int, found: Int) -> TrainingFault {
    TrainingFault(
      "train.parameter",
      "'num_class' is \(given), but the data has \(found) classes",
      hint: "leave it out",
      field: "hyperparameters.num_class"
    )
  }

  static func constraints(_ name: String, given: Int, features: Int) -> TrainingFault {
    TrainingFault(
      "train.parameter",
      "'\(name)' has \(given) entries for \(features) features",
      hint: "a map from feature to constraint needs only the ones that matter",
      field: "hyperparameters.\(name)"
    )
  }

  static func constraintFeature(
    _ feature: String,
    in name: String,
    known: [String]
  ) -> TrainingFault {
    TrainingFault(
      "train.parameter",
      "'\(name)' names the feature '\(feature)', which the data lacks",
      hint: Suggestion.hint(for: feature, among: known),
      field: "hyperparameters.\(name)"
    )
  }

  static let noQueries = TrainingFault(
    "train.queries",
    "a ranking needs to know which rows belong to one query",
    hint: "name the dataset's query column in its 'group'"
  )

  static func queryWeight(row: Int) -> TrainingFault {
    TrainingFault(
      "train.weight",
      "xgboost weighs whole queries: training row \(row + 1) has another weight than the first of "
        + "its query",
      hint: "give all rows of a query one weight"
    )
  }

  static let nothingToUpdate = TrainingFault(
    "train.parameter",
    "'process_type: update' changes the trees of an earlier model, and the cell goes on from none",
    hint: "name it in 'from'",
    field: "hyperparameters.process_type"
  )

  static func roundsToUpdate(asked: Int, there: Int) -> TrainingFault {
    TrainingFault(
      "train.parameter",
      "'num_round' is \(asked), but the model whose trees are changed has \(there) rounds",
      field: "hyperparameters.num_round"
    )
  }

  static func otherInitial(_ what: String, found: String, expected: String) -> TrainingFault {
    TrainingFault(
      "train.initial",
      "the model that the cell goes on from has \(what) \(found), and this job \(expected)",
      field: "from"
    )
  }

  static let initialScore = TrainingFault(
    "train.parameter",
    "'base_score' is that of the model that the cell goes on from",
    hint: "leave it out",
    field: "hyperparameters.base_score"
  )

  static let noFeatures = TrainingFault(
    "train.features",
    "xgboost needs at least one feature, and the data has none"
  )

  static func beyondFloat(_ feature: String, row: Int, split: Split) -> TrainingFault {
    TrainingFault(
      "train.not-finite",
      "'\(feature)' in row \(row + 1) of the \(split.rawValue) split is beyond what xgboost's 32-bit "
        + "numbers hold"
    )
  }

  static func library(_ message: String) -> TrainingFault {
    TrainingFault("train.library", "xgboost: \(message)", field: "hyperparameters")
  }
}
