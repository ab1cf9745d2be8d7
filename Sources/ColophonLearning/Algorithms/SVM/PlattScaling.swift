import ColophonMath

/// The curve 1 / (1 + exp(A f + B)) that turns decision values into probabilities.
///
/// - SeeAlso: Platt, "Probabilistic outputs for support vector machines", 1999; Lin, Lin and Weng,
///   "A note on Platt's probabilistic outputs for support vector machines", 2007 (algorithm 1).
package struct PlattScaling: Codable, Hashable, Sendable {
  package var slope: Double
  package var offset: Double

  /// The probability of the side on which decision values are above 0.
  package func probability(_ decision: Double) -> Double {
    Elementary.sigmoid(-(slope * decision + offset))
  }

  /// Fits the curve to decision values of rows that were not learned from.
  ///
  /// `weights`: What each row counts.
  init(_ decisions: [Double], positives: [Bool], weights: [Double]) {
    var (above, below) = (0.0, 0.0)
    for (isPositive, weight) in zip(positives, weights) {
      if isPositive { above += weight } else { below += weight }
    }
    let (high, low) = ((above + 1) / (above + 2), 1 / (below + 2))
    self.init(
      decisions,
      targets: positives.map { $0 ? high : low },
      weights: weights,
      offset: Elementary.log((below + 1) / (above + 1))
    )
  }

  private init(_ decisions: [Double], targets: [Double], weights: [Double], offset: Double) {
    (slope, self.offset) = (0, offset)
    func loss(_ a: Double, _ b: Double) -> Double {
      decisions.indices.reduce(0) { sum, i in
        let z = decisions[i] * a + b
        // log(1 + exp z) − (1 − t) z, in the form that does not overflow.
        let term =
          z >= 0
          ? targets[i] * z + Elementary.log1p(Elementary.exp(-z))
          : (targets[i] - 1) * z + Elementary.log1p(Elementary.exp(z))
        return sum + weights[i] * term
      }
    }
    var value = loss(slope, self.offset)
    for _ in 0..<100 {
      // A ridge keeps the matrix of second derivatives definite.
      var (h11, h22, h21, g1, g2) = (1e-12, 1e-12, 0.0, 0.0, 0.0)
      for i in decisions.indices {
        let p = Elementary.sigmoid(-(decisions[i] * slope + self.offset))
        let curvature = weights[i] * p * (1 - p)
        let slope = weights[i] * (targets[i] - p)
        h11 += decisions[i] * decisions[i] * curvature
        h22 += curvature
        h21 += decisions[i] * curvature
        g1 += decisions[i] * slope
        g2 += slope
      }
      if g1.magnitude < 1e-5, g2.magnitude < 1e-5 { break }
      let determinant = h11 * h22 - h21 * h21
      let da = -(h22 * g1 - h21 * g2) / determinant
      let db = -(-h21 * g1 + h11 * g2) / determinant
      let descent = g1 * da + g2 * db
      var length = 1.0
      var isBetter = false
      while length >= 1e-10 {
        let next = loss(slope + length * da, self.offset + length * db)
        if next < value + 0.0001 * length * descent {
          slope += length * da
          self.offset += length * db
          value = next
          isBetter = true
          break
        }
        length /= 2
      }
      if !isBetter { break }
    }
  }
}

/// The probabilities of several classes from those of each pair.
///
/// `pairs[i * classes + j]` is the probability of class i where only i and j are possible.
///
/// - SeeAlso: Wu, Lin and Weng, "Probability estimates for multi-class classification by pairwise
///   coupling", 2004 (their second approach, algorithm 2).
func pairwiseCoupling(_ pairs: [Double], classes: Int) -> [Double] {
  var q = [Double](repeating: 0, count: classes * classes)
  for t in 0..<classes {
    for j in 0..<classes where j != t {
      let other = pairs[j * classes + t]
      q[t * classes + t] += other * other
      q[t * classes + j] = -other * pairs[t * classes + j]
    }
  }
  var p = [Double](repeating: 1 / Double(classes), count: classes)
  for _ in 0..<max(100, classes) {
    var qp = (0..<classes).map { t in
      (0..<classes).reduce(0) { $0 + q[t * classes + $1] * p[$1] }
    }
    var pqp = (0..<classes).reduce(0) { $0 + p[$1] * qp[$1] }
    let error = qp.reduce(0) { max($0, ($1 - pqp).magnitude) }
    if error < 0.005 / Double(classes) { break }
    for t in 0..<classes {
      let step = (pqp - qp[t]) / q[t * classes + t]
      p[t] += step
      pqp = (pqp + step * (step * q[t * classes + t] + 2 * qp[t])) / (1 + step) / (1 + step)
      for j in 0..<classes {
        qp[j] = (qp[j] + step * q[t * classes + j]) / (1 + step)
        p[j] /= 1 + step
      }
    }
  }
  return p
}
