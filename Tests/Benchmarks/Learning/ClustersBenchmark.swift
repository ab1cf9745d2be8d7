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
    LearningCase(
      apart > 0 ? "8 clusters; 30 iterations" : "no clusters; 30 iterations",
      rows: rows,
      threads: threads,
      turns: rows > 500_000 ? 2 : 3,
      peer: """
        from sklearn.cluster import KMeans
        from threadpoolctl import threadpool_limits
        def run(X, y, z):
            global moved
            if "moved" not in globals():
                moved = X.copy()
                for k in range(3):
                    moved[:, k] += \(apart) * ((np.arange(len(X)) >> k) & 1)
                start = time.perf_counter()
            with threadpool_limits(\(threads)):
                KMeans(8, init=moved[:8], n_init=1, max_iter=30, tol=0, algorithm="lloyd").fit(moved)
        """
    ) { table in
      var job = table.job(.clustering, threads: threads)
      if apart > 0, let rows = job.splits[.train] {
        var features = rows.features
        for row in 0..<features.rows {
          for k in 0..<3 { features.values[row * 28 + k] += apart * Double((row >> k) & 1) }
        }
        job.splits[.train]?.features = features
      }
      let place = SourcePosition(path: "bench", line: 1, column: 1)
      var fields = FieldReader([], context: "the benchmark", at: place)
      var recipe = KMeans(reading: &fields)
      recipe.maxIterations = 30
      recipe.tolerance = 0
      recipe.startingCentres = job.splits[.train].map { rows in
        (0..<8).flatMap { Array(rows.features.row($0)) }
      }
      _ = try recipe.fit(job, observer: SilentObserver())
    }
  }
}
