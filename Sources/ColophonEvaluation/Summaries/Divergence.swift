import ColophonMath

/// How far two distributions over the same outcomes lie apart, in natural units.
///
/// Both are shares that sum to 1, in the same order; 0 · log 0 counts as 0.
enum Divergence {
  /// Kullback and Leibler's Σ p log(p / q); nil where p has an outcome that q lacks, for which it
  /// is infinite.
  static func kullbackLeibler(_ p: [Double], _ q: [Double]) -> Double? {
    var sum = 0.0
    for (p, q) in zip(p, q) where p > 0 {
      if q == 0 { return nil }
      sum += p * Elementary.log(p / q)
    }
    return sum
  }

  /// Jensen and Shannon's ½ KL(p, m) + ½ KL(q, m) for the mean m; from 0 to log 2.
  static func jensenShannon(_ p: [Double], _ q: [Double]) -> Double {
    let mean = zip(p, q).map { 0.5 * ($0 + $1) }
    let (a, b) = (kullbackLeibler(p, mean) ?? 0, kullbackLeibler(q, mean) ?? 0)
    // Equal distributions may differ from 0 by rounding, in either direction.
    return max(0.5 * (a + b), 0)
  }

  /// Σ |p − q|.
  static func absolute(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).reduce(0) { $0 + ($1.0 - $1.1).magnitude }
  }

  /// √Σ (p − q)².
  static func euclidean(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  /// max |p − q|.
  static func largest(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
  }
}
