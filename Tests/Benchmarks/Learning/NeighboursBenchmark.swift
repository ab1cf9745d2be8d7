import ColophonCore
import ColophonData
import ColophonLearning

extension Benchmark {
  /// Nearest neighbours beside scikit-learn: the time to fit and to answer some of the rows.
  static let neighbours = learning(
    "learning-knn",
    [1, 2].flatMap { threads in
      [
        neighbours(rows: 20_000, asked: 20_000, search: "brute", threads: threads),
        neighbours(rows: 100_000, columns: 3, asked: 100_000, search: "kd_tree", threads: threads),
      ]
    } + [
      neighbours(rows: 100_000, asked: 20_000, search: "brute", threads: 2),
      neighbours(rows: 1_000_000, asked: 2_000, search: "brute", threads: 2),
    ]
  )

  private static func neighbours(
    rows: Int,
    columns: Int = 28,
    asked: Int,
    search: String,
    threads: Int
  ) -> LearningCase {
    LearningCase(
      "\(search); \(asked) rows asked",
      rows: rows,
      columns: max(columns, 5),
      threads: threads,
      turns: rows > 500_000 ? 2 : 3,
      peer: """
        from sklearn.neighbors import KNeighborsClassifier
        from threadpoolctl import threadpool_limits
        def run(X, y, z):
            with threadpool_limits(\(threads)):
                X = X[:, :\(columns)]
                model = KNeighborsClassifier(5, algorithm="\(search)", n_jobs=\(threads))
                model.fit(X, y).predict_proba(X[:\(asked)])
        """
    ) { table in
      var job = table.job(.binary, threads: threads)
      guard let rows = job.splits[.train] else { return }
      let features = rows.features.first(rows.features.rows, columns: columns)
      job.splits[.train]?.features = features
      let result = try table.fit("knn", [("algorithm", .string(search))], job)
      _ = try result.model.predict(features.first(asked, columns: columns), threads: threads)
    }
  }
}

extension FeatureMatrix {
  /// The first rows and columns; a copy only where there are fewer.
  fileprivate func first(_ count: Int, columns: Int) -> FeatureMatrix {
    if count == rows, columns == self.columns { return self }
    return FeatureMatrix(
      names: Array(names.prefix(columns)),
      rows: count,
      values: columns == self.columns
        ? Array(values.prefix(count * columns))
        : (0..<count).flatMap { Array(row($0).prefix(columns)) }
    )
  }
}
