package import ColophonCore

/// Continuous variates, each made of the stream's words by a fixed rule, so that equal streams give
/// equal numbers on every machine.
extension RandomStream {
  /// A number in (0, 1): the middle of one of 2⁵² equal steps.
  package mutating func uniformInside() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// A standard normal variate: the quantile function of one uniform number.
  ///
  /// Inversion takes one word a variate, so that the k-th variate depends on the k-th word alone.
  package mutating func standardNormal() -> Double { NormalQuantile.approximate(uniformInside()) }

  /// A normal variate.
  package mutating func normal(mean: Double, standardDeviation: Double) -> Double {
    mean + standardDeviation * standardNormal()
  }

  /// As many standard normal variates as calls of `standardNormal` would give.
  package mutating func standardNormals(_ count: Int) -> [Double] {
    (0..<count).map { _ in standardNormal() }
  }

  /// An exponential variate of mean 1 / `rate`.
  package mutating func exponential(rate: Double = 1) -> Double {
    -Elementary.log(uniformAboveZero()) / rate
  }

  /// A gamma variate of a shape and a scale above 0.
  package mutating func gamma(shape: Double, scale: Double = 1) -> Double {
    shape >= 1
      ? marsagliaTsang(shape) * scale : Elementary.exp(logGammaVariate(shape: shape)) * scale
  }

  /// The logarithm of a gamma variate of scale 1, which doesn't underflow for tiny shapes.
  package mutating func logGammaVariate(shape: Double) -> Double {
    if shape >= 1 { return Elementary.log(marsagliaTsang(shape)) }
    let base = Elementary.log(marsagliaTsang(shape + 1))
    return base + Elementary.log(uniformAboveZero()) / shape
  }

  /// A beta variate: the share of one gamma variate in the sum of two.
  package mutating func beta(_ a: Double, _ b: Double) -> Double {
    let first = logGammaVariate(shape: a)
    return Elementary.sigmoid(first - logGammaVariate(shape: b))
  }

  /// Shares that add up to 1, from gamma variates of these shapes.
  package mutating func dirichlet(_ shapes: [Double]) -> [Double] {
    let logs = shapes.map { logGammaVariate(shape: $0) }
    let largest = logs.max() ?? 0
    let parts = logs.map { Elementary.exp($0 - largest) }
    let total = parts.reduce(0, +)
    return parts.map { $0 / total }
  }

  /// Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; shapes from 1.
  private mutating func marsagliaTsang(_ shape: Double) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = standardNormal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let u = uniformAboveZero()
      if u < 1 - 0.0331 * (x * x) * (x * x) { return d * v }
      if Elementary.log(u) < 0.5 * x * x + d * (1 - v + Elementary.log(v)) { return d * v }
    }
  }
}
