import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

extension Benchmark {
  /// Linear models beside scikit-learn's of the same objective on the same numbers, each with the
  /// solver that scikit-learn takes by itself and its default tolerance; ours goes to the optimum.
  static let linear = learning(
    "learning-linear",
    [100_000, 1_000_000].flatMap { rows in
      [1, 2].flatMap { threads in
        LinearModelCase.all.map { $0.beside(rows: rows, threads: threads) }
      }
    }
  )
}

/// One objective, in both languages; `n` is the number of rows.
private struct LinearModelCase: Sendable {
  let title: String
  let task: ColophonData.Task
  let hyperparameters: [(String, Node.Content)]
  let imports: String
  let model: String

  static let all = [
    LinearModelCase(
      title: "least squares",
      task: .regression,
      hyperparameters: [("alpha", .number(0))],
      imports: "from sklearn.linear_model import LinearRegression",
      model: "LinearRegression()"
    ),
    LinearModelCase(
      title: "ridge",
      task: .regression,
      hyperparameters: [("alpha", .number(0.01))],
      imports: "from sklearn.linear_model import Ridge",
      model: "Ridge(alpha=0.01 * n)"
    ),
    LinearModelCase(
      title: "elastic net",
      task: .regression,
      hyperparameters: [("alpha", .number(0.01)), ("l1_ratio", .number(0.5))],
      imports: "from sklearn.linear_model import ElasticNet",
      model: "ElasticNet(alpha=0.01, l1_ratio=0.5)"
    ),
    LinearModelCase(
      title: "logistic",
      task: .binary,
      hyperparameters: [("alpha", .number(0.0001))],
      imports: "from sklearn.linear_model import LogisticRegression",
      model: "LogisticRegression(C=1 / (0.0001 * n))"
    ),
    LinearModelCase(
      title: "logistic; four classes",
      task: .multiclass,
      hyperparameters: [("alpha", .number(0.0001))],
      imports: "from sklearn.linear_model import LogisticRegression",
      model: "LogisticRegression(C=1 / (0.0001 * n))"
    ),
    LinearModelCase(
      title: "squared hinge",
      task: .binary,
      hyperparameters: [("alpha", .number(0.01)), ("loss", .string("squared_hinge"))],
      imports: "from sklearn.svm import LinearSVC",
      model: "LinearSVC(C=1 / (0.01 * n), dual=False)"
    ),
    LinearModelCase(
      title: "hinge",
      task: .binary,
      hyperparameters: [("alpha", .number(0.01)), ("loss", .string("hinge"))],
      imports: "from sklearn.svm import LinearSVC",
      model: "LinearSVC(C=1 / (0.01 * n), loss='hinge')"
    ),
    LinearModelCase(
      title: "Huber",
      task: .regression,
      hyperparameters: [("alpha", .number(0.0001)), ("loss", .string("huber"))],
      imports: "from sklearn.linear_model import HuberRegressor",
      model: "HuberRegressor()"
    ),
  ]

  func beside(rows: Int, threads: Int) -> LearningCase {
    LearningCase(
      title,
      rows: rows,
      threads: threads,
      peer: """
        \(imports)
        from threadpoolctl import threadpool_limits
        classes = np.digitize(z, [-1, 0, 1])
        def run(X, y, z):
            n = len(X)
            t = \(target)
            with threadpool_limits(\(threads)):
                \(model).fit(X, t)
        """
    ) { table in
      let job =
        task == .multiclass
        ? table.quartered(threads: threads)
        : table.job(
          task,
          threads: threads
        )
      try table.fit("linear_learner", hyperparameters + [("standardize", .boolean(false))], job)
    }
  }

  private var target: String {
    switch task {
    case .regression: "z"
    case .multiclass: "classes"
    default: "y"
    }
  }
}

extension BenchmarkTable {
  /// A job of four classes, cut at -1, 0 and 1.
  fileprivate func quartered(threads: Int) -> TrainingJob {
    let classes = ["a", "b", "c", "d"]
    let codes = numbers.map { Int32($0 < -1 ? 0 : $0 < 0 ? 1 : $0 < 1 ? 2 : 3) }
    return TrainingJob(
      task: .multiclass,
      classes: classes,
      splits: [.train: TrainingRows(features: features, labels: .classes(codes))],
      scorer: Scorer([], classes: classes),
      threads: threads
    ) { RandomStream(root: 7, cell: "bench", purpose: $0) }
  }
}
