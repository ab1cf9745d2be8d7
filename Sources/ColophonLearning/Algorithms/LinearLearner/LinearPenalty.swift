/// What is added to the mean loss for coefficients u.
///
/// Σ λ |u| + ½ Σ q u² + ½ Σ pull (u − anchor)² + Σ linear u + constant. One λ and one q for each
/// column of the design; 0 for the intercept. The pull is the same for all, the intercept included.
struct LinearPenalty: Sendable {
  var absolute: [Double]
  var quadratic: [Double]
  var pull: Double
  /// Outputs × columns; empty where nothing pulls.
  var anchor: [Double]
  /// What rows on one side of their corners add up to: a slope for each column, and a constant.
  var linear: [Double] = []
  var constant = 0.0

  var isSparse: Bool { absolute.contains { $0 > 0 } }
  var isZero: Bool { pull == 0 && !isSparse && !quadratic.contains { $0 > 0 } }

  /// The second derivative of the smooth part by a coefficient on a column.
  func curvature(_ column: Int) -> Double { quadratic[column] + pull }

  /// Where learning starts.
  func start(_ order: Int) -> [Double] {
    anchor.isEmpty ? [Double](repeating: 0, count: order) : anchor
  }

  /// The value, and the slopes of the smooth part added to others.
  func add(_ coefficients: [Double], to slopes: inout [Double]) -> Double {
    let width = absolute.count
    var value = constant
    for i in linear.indices {
      value += linear[i] * coefficients[i]
      slopes[i] += linear[i]
    }
    for i in coefficients.indices {
      let (u, j) = (coefficients[i], i % width)
      value += 0.5 * quadratic[j] * u * u + absolute[j] * u.magnitude
      slopes[i] += quadratic[j] * u
      guard pull > 0 else { continue }
      let distance = u - anchor[i]
      value += 0.5 * pull * distance * distance
      slopes[i] += pull * distance
    }
    return value
  }

  /// The penalty of some columns.
  func selecting(_ chosen: [Int]) -> LinearPenalty {
    let (width, outputs) = (absolute.count, anchor.count / max(absolute.count, 1))
    return LinearPenalty(
      absolute: chosen.map { absolute[$0] },
      quadratic: chosen.map { quadratic[$0] },
      pull: pull,
      anchor: (0..<outputs).flatMap { k in chosen.map { anchor[k * width + $0] } }
    )
  }

  /// The penalty of one of several outputs.
  func output(_ k: Int) -> LinearPenalty {
    var own = self
    if !anchor.isEmpty { own.anchor = Array(anchor[k * absolute.count..<(k + 1) * absolute.count]) }
    return own
  }
}
