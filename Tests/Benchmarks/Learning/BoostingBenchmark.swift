import ColophonCore
import ColophonData

extension Benchmark {
  /// Gradient boosting beside the same library driven from Python, the hand-over of the rows and
  /// the measurement after each round included.
  static let boosting = learning(
    "learning-xgboost",
    [(100_000, "hist"), (1_000_000, "hist"), (100_000, "approx"), (100_000, "exact")]
      .flatMap { rows, method in
        [1, 2].map { boosting(rows: rows, method: method, threads: $0) }
      }
  )

  private static func boosting(rows: Int, method: String, threads: Int) -> LearningCase {
    let rounds = method == "hist" ? 50 : 10
    return LearningCase(
      "\(method); \(rounds) rounds",
      rows: rows,
      threads: threads,
      turns: rows > 500_000 ? 2 : 3,
      peer: """
        import ctypes.util, types
        # The very library that the engine is linked with, where the linker knows one.
        shared = ctypes.util.find_library("xgboost")
        if shared:
            places = types.ModuleType("xgboost.libpath")
            places.XGBoostLibraryNotFound = type("XGBoostLibraryNotFound", (Exception,), {})
            places.find_lib_path = lambda: [shared]
            sys.modules["xgboost.libpath"] = places
        import xgboost
        def run(X, y, z):
            d = xgboost.DMatrix(X, y, nthread=\(threads))
            xgboost.train(
                {"objective": "binary:logistic", "tree_method": "\(method)", "nthread": \(threads),
                 "seed": 1, "eval_metric": "logloss"},
                d, \(rounds), evals=[(d, "train")], verbose_eval=False)
        """
    ) { table in
      try table.fit(
        "xgboost",
        [
          ("num_round", .integer(rounds)), ("tree_method", .string(method)), ("seed", .integer(1)),
        ],
        table.job(.binary, metrics: ["log_loss"], threads: threads)
      )
    }
  }
}
