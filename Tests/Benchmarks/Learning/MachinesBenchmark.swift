import ColophonCore
import ColophonData

extension Benchmark {
  /// Support vector machines beside scikit-learn's LIBSVM at the same tolerance; both predict their
  /// own rows once.
  static let machines = learning(
    "learning-svm",
    [(5_000, "rbf"), (5_000, "linear"), (2_000, "poly")].map { rows, kernel in
      LearningCase(
        "\(rows) x 28, \(kernel)",
        rows: rows,
        columns: 28,
        peer: """
          from sklearn.svm import SVC
          def run(X, y, z):
              SVC(kernel="\(kernel)", tol=1e-3).fit(X, y).decision_function(X)
          """
      ) { table in
        try table.fit("svm", [("kernel", .string(kernel))], table.job(.binary))
      }
    } + [
      LearningCase(
        "5000 x 28, rbf, regression",
        rows: 5_000,
        columns: 28,
        peer: """
          from sklearn.svm import SVR
          def run(X, y, z):
              SVR(tol=1e-3).fit(X, z).predict(X)
          """
      ) { table in
        try table.fit("svm", [], table.job(.regression))
      }
    ]
  )
}
