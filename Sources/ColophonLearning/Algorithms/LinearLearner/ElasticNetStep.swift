import ColophonMath

/// The minimum of ½ (u − v)ᵀ H (u − v) + gᵀ (u − v) + Σ λ |u|: one proximal Newton step.
///
/// Coordinate descent finds which coefficients are zero and the signs of the rest; once these
/// settle, the rest are solved for exactly, so that the result is as good as the matrix allows.
///
/// - SeeAlso: Friedman, Hastie and Tibshirani, "Regularization paths for generalized linear models
///   via coordinate descent", 2010; Lee, Sun and Saunders, "Proximal Newton-type methods", 2014.
struct ElasticNetStep {
  let matrix: Matrix
  let start: [Double]
  let slopes: [Double]
  /// λ for each coordinate; 0 where it is not penalised.
  let thresholds: [Double]
  private var u: [Double]
  /// H (u − v) + g.
  private var residual: [Double]

  init(matrix: Matrix, start: [Double], slopes: [Double], thresholds: [Double]) {
    self.matrix = matrix
    self.start = start
    self.slopes = slopes
    self.thresholds = thresholds
    u = start
    residual = slopes
  }

  /// The minimum, to a violation of the optimality conditions of at most `tolerance`.
  mutating func solve(tolerance: Double, limit: Int = 20_000) -> [Double] {
    var signs = u.map { sign($0) }
    for sweep in 0..<limit {
      descend()
      let now = u.map { sign($0) }
      if now == signs || sweep % 50 == 49 { polish() }
      signs = now
      if violation() <= tolerance { break }
    }
    return u
  }

  private mutating func descend() {
    for j in u.indices {
      let bend = matrix[j, j]
      guard bend > 0 else { continue }
      let next = shrink(u[j] * bend - residual[j], by: thresholds[j]) / bend
      let change = next - u[j]
      if change == 0 { continue }
      u[j] = next
      let row = j * u.count
      matrix.elements.withUnsafeBufferPointer { elements in
        for i in u.indices { residual[i] += change * elements[row + i] }
      }
    }
  }

  /// Solves for the coefficients that are not zero, their signs held; kept if the signs stay.
  private mutating func polish() {
    let free = u.indices.filter { u[$0] != 0 || thresholds[$0] == 0 }
    guard !free.isEmpty else { return }
    var block = Matrix(rows: free.count, columns: free.count)
    for (i, row) in free.enumerated() {
      for (j, column) in free.enumerated() { block[i, j] = matrix[row, column] }
    }
    let right = free.map { -(residual[$0] + thresholds[$0] * sign(u[$0])) }
    guard let change = solveDefinite(block, right) else { return }
    let moved = zip(free, change).map { u[$0] + $1 }
    let keepsSigns = zip(free, moved).allSatisfy { j, value in
      thresholds[j] == 0 || sign(value) == sign(u[j])
    }
    guard keepsSigns else { return }
    for (j, value) in zip(free, moved) { u[j] = value }
    let image = matrix * zip(u, start).map { $0 - $1 }
    residual = zip(image, slopes).map { $0 + $1 }
  }

  private func violation() -> Double {
    u.indices.reduce(0) {
      max($0, optimalityViolation(u[$1], slope: residual[$1], threshold: thresholds[$1]))
    }
  }
}

/// How far a coordinate misses 0 ∈ slope + λ · ∂|value|.
func optimalityViolation(_ value: Double, slope: Double, threshold: Double) -> Double {
  value == 0 ? max(0, slope.magnitude - threshold) : (slope + threshold * sign(value)).magnitude
}

private func shrink(_ value: Double, by threshold: Double) -> Double {
  if value > threshold { return value - threshold }
  return value < -threshold ? value + threshold : 0
}

private func sign(_ value: Double) -> Double { value > 0 ? 1 : value < 0 ? -1 : 0 }
