import ColophonCore
import ColophonData
import ColophonLearning

/// One algorithm under some settings, and its peer under the same.
struct Contest: Sendable {
  let algorithm: String
  /// The settings in a few words, for the table.
  let settings: String
  let tasks: Set<ColophonData.Task>
  /// For one of five seeds, counted from 0.
  let hyperparameters: @Sendable (_ seed: Int) -> Value
  /// A Python expression for the peer; `n` is the number of training rows, `s` the seed.
  let peer: String
  /// Whether both minimise one function with one minimum, so that they must agree row by row.
  let isUnique: Bool

  init(
    _ algorithm: String,
    _ settings: String,
    _ tasks: Set<ColophonData.Task>,
    _ hyperparameters: Value,
    peer: String,
    isUnique: Bool = false
  ) {
    self.init(algorithm, settings, tasks, seeded: { _ in hyperparameters }, peer, isUnique)
  }

  private init(
    _ algorithm: String,
    _ settings: String,
    _ tasks: Set<ColophonData.Task>,
    seeded hyperparameters: @escaping @Sendable (Int) -> Value,
    _ peer: String,
    _ isUnique: Bool
  ) {
    self.algorithm = algorithm
    self.settings = settings
    self.tasks = tasks
    self.hyperparameters = hyperparameters
    self.peer = peer
    self.isUnique = isUnique
  }
}

extension Contest {
  private static let numbers: Set<ColophonData.Task> = [.regression]
  private static let classes: Set<ColophonData.Task> = [.binary, .multiclass]

  static let all = linear + trees + others

  private static let linear = [
    Contest(
      "linear_learner",
      "squared loss, no penalty",
      numbers,
      ["alpha": 0],
      peer: "LinearRegression()",
      isUnique: true
    ),
    Contest(
      "linear_learner",
      "ridge, alpha 0.01",
      numbers,
      ["alpha": 0.01],
      peer: "scaled(Ridge(alpha=0.01 * n, solver='cholesky'))",
      isUnique: true
    ),
    Contest(
      "linear_learner",
      "elastic net, alpha 0.05",
      numbers,
      ["alpha": 0.05, "l1_ratio": 0.5],
      peer: "scaled(ElasticNet(alpha=0.05, l1_ratio=0.5, tol=1e-14, max_iter=1000000))",
      isUnique: true
    ),
    Contest(
      "linear_learner",
      "Huber, corner at 0.5",
      numbers,
      ["alpha": 0, "loss": "huber", "epsilon": 0.5],
      peer: "Huber(0.5)",
      isUnique: true
    ),
    Contest(
      "linear_learner",
      "quantile 0.8, lasso of 0.01",
      numbers,
      ["alpha": 0.01, "l1_ratio": 1, "loss": "quantile", "quantile": 0.8],
      peer: "scaled(QuantileRegressor(quantile=0.8, alpha=0.01, solver='highs'))",
      isUnique: true
    ),
    Contest(
      "linear_learner",
      "logistic, alpha 0.01",
      classes,
      ["alpha": 0.01],
      peer: "scaled(LogisticRegression(C=100 / n, tol=1e-12, solver='newton-cg', max_iter=10000))",
      isUnique: true
    ),
    Contest(
      "linear_learner",
      "hinge, alpha 0.01",
      [.binary],
      ["alpha": 0.01, "loss": "hinge"],
      peer: "scaled(SVC(kernel='linear', C=100 / n, tol=1e-9))",
      isUnique: true
    ),
    Contest(
      "linear_learner",
      "squared hinge, alpha 0.01",
      [.binary],
      [
        "alpha": 0.01, "loss": "squared_hinge", "fit_intercept": false, "standardize": false,
      ],
      peer:
        "LinearSVC(C=50 / n * 2, fit_intercept=False, tol=1e-12, dual=False, max_iter=100000)",
      isUnique: true
    ),
  ]

  private static let trees = [
    Contest(
      "decision_tree",
      "depth 5",
      classes,
      ["max_depth": 5],
      peer: "DecisionTreeClassifier(max_depth=5, random_state=s)"
    ),
    Contest(
      "decision_tree",
      "entropy, pruned by 0.01",
      classes,
      ["criterion": "entropy", "ccp_alpha": 0.01],
      peer: "DecisionTreeClassifier(criterion='entropy', ccp_alpha=0.01, random_state=s)"
    ),
    Contest(
      "decision_tree",
      "depth 5",
      numbers,
      ["max_depth": 5],
      peer: "DecisionTreeRegressor(max_depth=5, random_state=s)"
    ),
    Contest(
      "random_forest",
      "100 trees",
      classes,
      ["n_estimators": 100],
      peer: "RandomForestClassifier(100, random_state=s)"
    ),
    Contest(
      "random_forest",
      "100 trees, 34 % of features",
      numbers,
      ["n_estimators": 100, "max_features": 0.34],
      peer: "RandomForestRegressor(100, max_features=0.34, random_state=s)"
    ),
    Contest(
      "adaboost",
      "50 trees of depth 2",
      classes,
      ["n_estimators": 50, "max_depth": 2],
      peer:
        "AdaBoostClassifier(DecisionTreeClassifier(max_depth=2), n_estimators=50, random_state=s)"
    ),
    Contest(
      "adaboost",
      "50 trees of depth 3",
      numbers,
      ["n_estimators": 50, "max_depth": 3],
      peer: "AdaBoostRegressor(n_estimators=50, random_state=s)"
    ),
    Contest(
      "bagging",
      "30 trees",
      classes,
      ["n_estimators": 30, "estimator": ["algorithm": "decision_tree"]],
      peer: "BaggingClassifier(n_estimators=30, random_state=s)"
    ),
    Contest(
      "bagging",
      "30 trees",
      numbers,
      ["n_estimators": 30, "estimator": ["algorithm": "decision_tree"]],
      peer: "BaggingRegressor(n_estimators=30, random_state=s)"
    ),
  ]

  private static let boosting: Value = [
    "num_round": 50, "max_depth": 4, "eta": 0.2, "subsample": 0.8, "colsample_bytree": 0.8,
    "tree_method": "hist",
  ]

  private static let others = [
    Contest(
      "xgboost",
      "50 rounds, drawing",
      classes.union(numbers),
      seeded: { seed in
        var all = boosting.asObject ?? [:]
        all["seed"] = .integer(seed)
        return .object(all)
      },
      "Boost(50, max_depth=4, eta=0.2, subsample=0.8, colsample_bytree=0.8, tree_method='hist',"
        + " seed=s)",
      true
    ),
    Contest(
      "knn",
      "5 neighbours",
      classes,
      ["n_neighbors": 5],
      peer: "KNeighborsClassifier(5)",
      isUnique: true
    ),
    Contest(
      "knn",
      "7 neighbours, by distance",
      numbers,
      ["n_neighbors": 7, "weights": "distance"],
      peer: "KNeighborsRegressor(7, weights='distance')",
      isUnique: true
    ),
    Contest(
      "svm",
      "rbf",
      classes,
      ["tol": 1e-10],
      peer: "SVC(tol=1e-10)",
      isUnique: true
    ),
    Contest(
      "svm",
      "rbf, C 10",
      numbers,
      ["tol": 1e-10, "C": 10],
      peer: "SVR(tol=1e-9, C=10)"
    ),
    Contest(
      "svm",
      "rbf, C 10, LIBSVM's vectors solved in 64 bits",
      numbers,
      ["tol": 1e-10, "C": 10],
      peer: "Exact(SVR(tol=1e-9, C=10))",
      isUnique: true
    ),
    Contest(
      "kmeans",
      "8 clusters, 10 starts",
      classes.union(numbers),
      ["n_clusters": 8, "n_init": 10],
      peer: "KMeans(8, n_init=10, random_state=s)"
    ),
    Contest(
      "stacking",
      "tree, knn and linear members",
      classes,
      stack(alpha: 0.01),
      peer: """
        StackingClassifier([('tree', DecisionTreeClassifier(max_depth=4, random_state=s)), \
        ('knn', KNeighborsClassifier(9)), ('linear', scaled(LogisticRegression(C=125 / n)))], \
        scaled(LogisticRegression(C=100 / n)), cv=5)
        """
    ),
    Contest(
      "stacking",
      "tree, knn and linear members",
      numbers,
      stack(alpha: 0.01),
      peer: """
        StackingRegressor([('tree', DecisionTreeRegressor(max_depth=4, random_state=s)), \
        ('knn', KNeighborsRegressor(9)), ('linear', scaled(Ridge(alpha=0.008 * n)))], \
        scaled(Ridge(alpha=0.01 * n)), cv=5)
        """
    ),
  ]

  private static func stack(alpha: Double) -> Value {
    let linear: Value = ["alpha": .number(alpha)]
    return [
      "estimators": [
        ["name": "tree", "algorithm": "decision_tree", "hyperparameters": ["max_depth": 4]],
        ["name": "knn", "algorithm": "knn", "hyperparameters": ["n_neighbors": 9]],
        ["name": "linear", "algorithm": "linear_learner", "hyperparameters": linear],
      ],
      "final_estimator": ["algorithm": "linear_learner", "hyperparameters": linear],
    ]
  }
}
