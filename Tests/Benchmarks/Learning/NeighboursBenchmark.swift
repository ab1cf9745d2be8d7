import ColophonCore
import ColophonData

extension Benchmark {
  /// Nearest neighbours beside scikit-learn, each asked for all of its own rows.
  static let neighbours = learning(
    "learning-knn",
    [(20_000, 28, "brute"), (100_000, 3, "kd_tree")].flatMap { rows, columns, search in
      [1, 2].map { neighbours(rows: rows, columns: columns, search: search, threads: $0) }
    }
  )

  private static func neighbours(
    rows: Int,
    columns: Int,
    search: String,
    threads: Int
  ) -> LearningCase {
    LearningCase(
      "\(rows) x \(columns), \(search), threads: \(threads)",
      rows: rows,
      columns: max(columns, 5),
      peer: """
        from sklearn.neighbors import KNeighborsClassifier
        from threadpoolctl import threadpool_limits
        def run(X, y, z):
            with threadpool_limits(\(threads)):
                X = X[:, :\(columns)]
                model = KNeighborsClassifier(5, algorithm="\(search)", n_jobs=\(threads))
                model.fit(X, y).predict_proba(X)
        """
    ) { table in
      var job = table.job(.binary, threads: threads)
      guard let rows = job.splits[.train] else { return }
      let features = FeatureMatrix(
        names: Array(rows.features.names.prefix(columns)),
        rows: rows.features.rows,
        values: (0..<rows.features.rows).flatMap { Array(rows.features.row($0).prefix(columns)) }
      )
      job.splits[.train]?.features = features
      // Fitting asks for the predictions of all rows once.
      try table.fit("knn", [("algorithm", .string(search))], job)
    }
  }
}
