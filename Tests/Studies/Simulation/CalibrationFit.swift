import ColophonCluster
import ColophonMath
import ColophonPublishedRows

/// Sets the simulator's constants again from rows of measurements: least squares of the logarithms'
/// differences with soft-l1 loss, by Levenberg's and Marquardt's steps.
///
/// Rows of one family share machines and programs, so each family weighs as much as forty rows. What a
/// constant can be by itself is told by a prior: a lone product reaches 0.87 of the A100's peak and 0.80
/// of the H100's (stas00/ml-engineering), and a training step some less of it.
struct CalibrationFit {
  /// A constant that is fitted: where it stands, and its prior's centre and spread in logarithms.
  struct Constant {
    let name: String
    let path: any WritableKeyPath<Calibration, Double> & Sendable
    let centre: Double
    let spread: Double

    init(
      _ name: String,
      path: any WritableKeyPath<Calibration, Double> & Sendable,
      centre: Double,
      spread: Double
    ) {
      self.name = name
      self.path = path
      self.centre = centre
      self.spread = spread
    }
  }

  static let constants = [
    Constant("products, A100", path: \.ampere.product, centre: 0.9 * 0.87, spread: 0.05),
    Constant("products, H100", path: \.hopper.product, centre: 0.8 * 0.80, spread: 0.1),
    Constant("8 bits over 16", path: \.narrowProduct, centre: 0.88, spread: 0.1),
    Constant("a block's ends", path: \.blockOverhead, centre: 30, spread: 0.5),
    Constant("kernel (s)", path: \.launch, centre: 7e-6, spread: 0.3),
    Constant("host, forward (s)", path: \.hostForward, centre: 0.8e-3, spread: 0.3),
    Constant("host, backward (s)", path: \.hostBackward, centre: 1.6e-3, spread: 0.3),
    Constant("step (s)", path: \.step, centre: 3e-3, spread: 0.5),
  ]
  /// Beyond this difference of the logarithms a row pulls less.
  private static let softness = 0.05
  /// The rows that a family counts as.
  private static let familyWeight = 40.0

  let families: (Calibration) -> [[PublishedRow]]

  /// The constants that follow the rows best.
  func fitted(steps: Int = 12) -> Calibration {
    var best = CalibrationFit.constants.map { Elementary.log($0.centre) }
    var residuals = residuals(best)
    var damping = 1e-2
    for _ in 0..<steps {
      let columns = best.indices.map { index -> [Double] in
        var moved = best
        moved[index] += 1e-3
        return zip(self.residuals(moved), residuals).map { ($0 - $1) / 1e-3 }
      }
      let step = CalibrationFit.step(columns, residuals, damping)
      let next = zip(best, step).map { $0 + max(-0.2, min(0.2, $1)) }
      let after = self.residuals(next)
      if CalibrationFit.loss(after) < CalibrationFit.loss(residuals) {
        (best, residuals) = (next, after)
        damping = max(1e-6, damping / 4)
      } else {
        damping *= 8
      }
    }
    return calibration(best)
  }

  private func calibration(_ logarithms: [Double]) -> Calibration {
    var calibration = Calibration.standard
    for (constant, value) in zip(CalibrationFit.constants, logarithms) {
      calibration[keyPath: constant.path] = Elementary.exp(value)
    }
    return calibration
  }

  /// The rows' residuals, softened, and the priors' behind them, each so that squares add up.
  private func residuals(_ logarithms: [Double]) -> [Double] {
    let rows = families(calibration(logarithms)).flatMap { family in
      let weight = (CalibrationFit.familyWeight / Double(family.count)).squareRoot()
      return family.map { row -> Double in
        let z = Elementary.log(row.predicted / row.measured) / CalibrationFit.softness
        let soft = (2 * ((1 + z * z).squareRoot() - 1)).squareRoot()
        return weight * (z < 0 ? -soft : soft)
      }
    }
    let priors = zip(CalibrationFit.constants, logarithms).map { constant, value in
      (value - Elementary.log(constant.centre)) / constant.spread
    }
    return rows + priors
  }

  private static func loss(_ residuals: [Double]) -> Double {
    residuals.reduce(0) { $0 + $1 * $1 }
  }

  /// Solves (JᵀJ + λ diag) step = −Jᵀr by Gauss's elimination.
  private static func step(_ columns: [[Double]], _ r: [Double], _ damping: Double) -> [Double] {
    let n = columns.count
    func dot(_ a: [Double], _ b: [Double]) -> Double {
      a.indices.reduce(0) { $0 + a[$1] * b[$1] }
    }
    var matrix = (0..<n).map { i in (0..<n).map { dot(columns[i], columns[$0]) } }
    var right = (0..<n).map { -dot(columns[$0], r) }
    for i in 0..<n { matrix[i][i] = matrix[i][i] * (1 + damping) + 1e-9 }
    for pivot in 0..<n {
      for row in (pivot + 1)..<max(n, pivot + 1) {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        for column in pivot..<n { matrix[row][column] -= factor * matrix[pivot][column] }
        right[row] -= factor * right[pivot]
      }
    }
    for pivot in stride(from: n - 1, through: 0, by: -1) {
      let known = ((pivot + 1)..<max(n, pivot + 1)).reduce(0) { $0 + matrix[pivot][$1] * right[$1] }
      right[pivot] = (right[pivot] - known) / matrix[pivot][pivot]
    }
    return right
  }
}
