import ColophonCore
import ColophonData

extension Benchmark {
  /// Trees and forests beside scikit-learn's with the same settings; each predicts nothing.
  static let forests = learning(
    "learning-forest",
    [1, 2].flatMap { threads in
      [
        forest(rows: 100_000, trees: 20, task: .binary, threads: threads),
        forest(rows: 100_000, trees: 4, task: .regression, threads: threads),
      ]
    } + [
      forest(rows: 1_000_000, trees: 4, task: .binary, threads: 2),
      forest(rows: 1_000_000, trees: 2, task: .regression, threads: 2, depth: 12),
      tree(rows: 100_000, depth: 10),
      tree(rows: 1_000_000, depth: 6),
    ]
  )

  private static func forest(
    rows: Int,
    trees: Int,
    task: ColophonData.Task,
    threads: Int,
    depth: Int? = nil
  ) -> LearningCase {
    let type = task == .binary ? "RandomForestClassifier" : "RandomForestRegressor"
    let limit = depth.map { "; max_depth \($0)" } ?? ""
    return LearningCase(
      "\(task == .binary ? "classes" : "numbers"); \(trees) trees\(limit)",
      rows: rows,
      threads: threads,
      turns: rows > 500_000 ? 1 : 2,
      peer: """
        from sklearn.ensemble import \(type)
        def run(X, y, z):
            \(type)(\(trees), max_features="sqrt", n_jobs=\(threads), random_state=1,
                max_depth=\(depth.map { "\($0)" } ?? "None")).fit(X, \(task == .binary ? "y" : "z"))
        """
    ) { table in
      try table.fit(
        "random_forest",
        [("n_estimators", .integer(trees)), ("max_features", .string("sqrt"))]
          + (depth.map { [("max_depth", .integer($0))] } ?? []),
        table.job(task, threads: threads)
      )
    }
  }

  private static func tree(rows: Int, depth: Int) -> LearningCase {
    LearningCase(
      "one tree; max_depth \(depth)",
      rows: rows,
      turns: rows > 500_000 ? 1 : 2,
      peer: """
        from sklearn.tree import DecisionTreeClassifier
        def run(X, y, z):
            DecisionTreeClassifier(max_depth=\(depth)).fit(X, y)
        """
    ) { table in
      try table.fit(
        "decision_tree",
        [("max_depth", .integer(depth))],
        table.job(.binary, threads: 2)
      )
    }
  }
}
