import ColophonCore
import ColophonMath

/// Friedman's first problem.
///
/// y = 10 sin(π x₀ x₁) + 20 (x₂ − ½)² + 10 x₃ + 5 x₄ + `noise` · N(0, 1), features from U(0, 1), of
/// which only five play a part. As scikit-learn's `make_friedman1`.
///
/// - SeeAlso: Friedman, "Multivariate adaptive regression splines", 1991, section 4.3.
struct FriedmanGenerator: Generator {
  static let name = "friedman1"
  static let summary = "10 sin(π x0 x1) + 20 (x2 − ½)² + 10 x3 + 5 x4."

  var features: Int
  var noise: Double

  init(reading fields: inout FieldReader) {
    features = fields.integer(
      "n_features",
      in: 5...10_000,
      default: 10,
      "How many features, five of which count."
    )
    noise = fields.noise("the target")
  }

  var columns: [String] { featureNames(features) + ["y"] }
  var task: Task { .regression }
  var target: String { "y" }

  func values(_ draw: SyntheticDrawing) -> [[Double]] {
    let x = (0..<features).map { j in
      draw.column("feature", j) { random, _ in random.uniform() }
    }
    let y = (0..<draw.rows).map { row -> Double in
      let wave = 10 * Elementary.sin(Double.pi * x[0][row] * x[1][row])
      let bowl = 20 * (x[2][row] - 0.5) * (x[2][row] - 0.5)
      return wave + bowl + 10 * x[3][row] + 5 * x[4][row]
    }
    return x + [draw.adding(noise, to: y)]
  }
}
