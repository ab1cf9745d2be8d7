import ColophonCore
import ColophonData

extension Benchmark {
  /// Support vector machines beside scikit-learn's LIBSVM at the same tolerance; both predict their
  /// own rows once.
  ///
  /// Of very many rows only classes that are clear can be told apart in a time that
  /// anyone would wait for.
  static let machines = learning(
    "learning-svm",
    [(5_000, "rbf"), (20_000, "rbf"), (5_000, "linear"), (2_000, "poly")].map { rows, kernel in
      machine(rows: rows, kernel: kernel)
    } + [
      clear(rows: 100_000, kernel: "rbf", of: 2), clear(rows: 100_000, kernel: "linear", of: 1),
      clear(rows: 1_000_000, kernel: "linear", of: 1),
      LearningCase(
        "rbf; numbers",
        rows: 5_000,
        threads: 1,
        peer: """
          from sklearn.svm import SVR
          def run(X, y, z):
              SVR(tol=1e-3).fit(X, z).predict(X)
          """
      ) { table in
        try table.fit("svm", [], table.job(.regression))
      },
    ]
  )

  private static func machine(rows: Int, kernel: String) -> LearningCase {
    LearningCase(
      kernel,
      rows: rows,
      threads: 1,
      turns: rows > 10_000 ? 1 : 3,
      peer: """
        from sklearn.svm import SVC
        def run(X, y, z):
            SVC(kernel="\(kernel)", tol=1e-3).fit(X, y).decision_function(X)
        """
    ) { table in
      try table.fit("svm", [("kernel", .string(kernel))], table.job(.binary))
    }
  }

  private static func clear(rows: Int, kernel: String, of columns: Int) -> LearningCase {
    var item = machine(rows: rows, kernel: kernel)
    item.title = "\(kernel); clear classes"
    item.apart = 3
    item.clear = columns
    return item
  }
}
