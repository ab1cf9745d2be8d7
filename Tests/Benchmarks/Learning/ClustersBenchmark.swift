import ColophonCore
import ColophonData
import ColophonLearning

extension Benchmark {
  /// k-means beside scikit-learn's Lloyd, from the same rows and for as many iterations: on rows
  /// without clusters, and on the same rows moved apart into eight.
  static let clusters = learning(
    "learning-kmeans",
    [(100_000, 0.0), (100_000, 3.0), (1_000_000, 0.0), (1_000_000, 3.0)].flatMap { rows, apart in
      [1, 2].map { clusters(rows: rows, apart: apart, threads: $0) }
    }
  )

  private static func clusters(rows: Int, apart: Double, threads: Int) -> LearningCase {
    var item = LearningCase(
      apart > 0 ? "8 clusters; 30 iterations" : "no clusters; 30 iterations",
      rows: rows,
      threads: threads,
      turns: rows > 500_000 ? 2 : 3,
      peer: """
        from sklearn.cluster import KMeans
        from threadpoolctl import threadpool_limits
        def run(X, y, z):
            with threadpool_limits(\(threads)):
                KMeans(8, init=X[:8], n_init=1, max_iter=30, tol=0, algorithm="lloyd").fit(X)
        """
    ) { table in
      let place = SourcePosition(path: "bench", line: 1, column: 1)
      var fields = FieldReader([], context: "the benchmark", at: place)
      var recipe = KMeans(reading: &fields)
      recipe.maxIterations = 30
      recipe.tolerance = 0
      recipe.startingCentres = (0..<8).flatMap { Array(table.features.row($0)) }
      _ = try recipe.fit(table.job(.clustering, threads: threads), observer: SilentObserver())
    }
    item.apart = apart
    return item
  }
}
