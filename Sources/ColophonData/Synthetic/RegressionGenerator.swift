import ColophonCore

/// A sum of some normal features.
///
/// y = `bias` + Σ b_j x_j + `noise` · N(0, 1) with x_j from N(0, 1) and b_j from U(0, 100) for the
/// first `n_informative` features, 0 for the others. As scikit-learn's `make_regression`, which
/// draws other numbers.
struct RegressionGenerator: Generator {
  static let name = "regression"
  static let summary = "A weighted sum of some normal features."

  var features: Int
  var informative: Int
  var bias: Double
  var noise: Double

  init(reading fields: inout FieldReader) {
    features = fields.integer("n_features", in: 1...10_000, default: 100, "How many features.")
    informative = fields.integer(
      "n_informative",
      in: 1...10_000,
      default: 10,
      "The first features, which are summed up; at most all."
    )
    bias = fields.number("bias", in: .finite, default: 0, "What is added to the sum.")
    noise = fields.noise("the target")
  }

  var columns: [String] { featureNames(features) + ["y"] }
  var task: Task { .regression }
  var target: String { "y" }

  func values(_ draw: SyntheticDrawing) -> [[Double]] {
    let made = (0..<features).map { draw.normals("feature", $0) }
    var random = draw.random("coefficients")
    let weights = (0..<min(informative, features)).map { _ in 100 * random.uniform() }
    let sums = (0..<draw.rows).map { row in
      weights.indices.reduce(bias) { $0 + weights[$1] * made[$1][row] }
    }
    return made + [draw.adding(noise, to: sums)]
  }
}
