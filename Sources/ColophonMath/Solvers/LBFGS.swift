/// Minimises a smooth function of many variables from its gradient alone.
///
/// The inverse Hessian is approximated by the last few steps (two-loop recursion); each step
/// satisfies the strong Wolfe conditions. Nothing is random and every sum runs in one order, so that
/// equal functions give equal bits.
///
/// - SeeAlso: Liu and Nocedal, "On the limited memory BFGS method for large scale optimization",
///   1989.
package struct LBFGS: Hashable, Sendable {
  /// How many steps are remembered.
  package var memory: Int
  package var maximumIterations: Int
  /// Done where no component of the gradient is larger.
  package var gradientTolerance: Double
  /// Done where a step lowers the value by less than this share of it.
  package var valueTolerance: Double

  package init(
    memory: Int = 10,
    maximumIterations: Int = 1000,
    gradientTolerance: Double = 1e-8,
    valueTolerance: Double = 1e-14
  ) {
    self.memory = memory
    self.maximumIterations = maximumIterations
    self.gradientTolerance = gradientTolerance
    self.valueTolerance = valueTolerance
  }

  /// Walks downhill from `start`.
  ///
  /// `objective`: computes the value at a point and writes the gradient, of the same
  ///   length. A value that is not finite marks a point outside of the function's domain.
  package func minimise(
    from start: [Double],
    _ objective: (_ point: [Double], _ gradient: inout [Double]) -> Double
  ) -> Minimum {
    var walk = Walk(point: start, memory: memory)
    walk.value = objective(start, &walk.gradient)
    walk.evaluations = 1
    for iteration in 0..<maximumIterations {
      let norm = largestMagnitude(walk.gradient)
      guard walk.value.isFinite, norm.isFinite else { return walk.end(.notFinite, iteration) }
      if norm <= gradientTolerance { return walk.end(.gradient, iteration) }
      let before = walk.value
      guard walk.advance(objective) else { return walk.end(.lineSearch, iteration) }
      let scale = max(abs(before), abs(walk.value), 1)
      if before - walk.value <= valueTolerance * scale { return walk.end(.value, iteration + 1) }
    }
    let isSmall = largestMagnitude(walk.gradient) <= gradientTolerance
    return walk.end(isSmall ? .gradient : .iterations, maximumIterations)
  }

  private struct Pair {
    var step: [Double]
    var change: [Double]
    var inverse: Double
  }

  private struct Walk {
    var point: [Double]
    var value = 0.0
    var gradient: [Double]
    var evaluations = 0
    let memory: Int
    var pairs: [Pair] = []

    init(point: [Double], memory: Int) {
      self.point = point
      self.memory = memory
      gradient = Array(repeating: 0, count: point.count)
    }

    func end(_ ending: Minimum.Ending, _ iterations: Int) -> Minimum {
      Minimum(
        point: point,
        value: value,
        gradientNorm: largestMagnitude(gradient),
        iterations: iterations,
        evaluations: evaluations,
        ending: ending
      )
    }

    /// One step; false where the line search finds none, even along the plain gradient.
    mutating func advance(_ objective: ([Double], inout [Double]) -> Double) -> Bool {
      if step(along: direction(), objective) { return true }
      if pairs.isEmpty { return false }
      pairs = []
      return step(along: direction(), objective)
    }

    private mutating func step(
      along direction: [Double],
      _ objective: ([Double], inout [Double]) -> Double
    ) -> Bool {
      let slope = Reduction.dot(direction, gradient)
      guard slope < 0 else { return false }
      var trial = point
      var trialGradient = gradient
      // Without memory the direction has no scale yet: begin with a step of at most 1.
      let first = pairs.isEmpty ? min(1, 1 / Reduction.sumOfSquares(gradient).squareRoot()) : 1
      let found = LineSearch().search(
        from: .init(step: 0, value: value, slope: slope),
        first: first
      ) { step in
        for i in trial.indices { trial[i] = point[i].addingProduct(step, direction[i]) }
        evaluations += 1
        let value = objective(trial, &trialGradient)
        return (value, Reduction.dot(direction, trialGradient))
      }
      guard let found else { return false }
      remember(trial, trialGradient)
      (point, gradient, value) = (trial, trialGradient, found.value)
      return true
    }

    private mutating func remember(_ next: [Double], _ nextGradient: [Double]) {
      let step = next.indices.map { next[$0] - point[$0] }
      let change = next.indices.map { nextGradient[$0] - gradient[$0] }
      let product = Reduction.dot(step, change)
      // A pair without curvature would spoil the approximation.
      guard product > 1e-16 * Reduction.sumOfSquares(change) else { return }
      pairs.append(Pair(step: step, change: change, inverse: 1 / product))
      if pairs.count > memory { pairs.removeFirst() }
    }

    /// The two-loop recursion.
    private func direction() -> [Double] {
      var q = gradient.map { -$0 }
      var factors: [Double] = []
      for pair in pairs.reversed() {
        let factor = pair.inverse * Reduction.dot(pair.step, q)
        for i in q.indices { q[i].addProduct(-factor, pair.change[i]) }
        factors.append(factor)
      }
      if let last = pairs.last {
        let scale = 1 / (last.inverse * Reduction.sumOfSquares(last.change))
        for i in q.indices { q[i] *= scale }
      }
      for (pair, factor) in zip(pairs, factors.reversed()) {
        let correction = factor - pair.inverse * Reduction.dot(pair.change, q)
        for i in q.indices { q[i].addProduct(correction, pair.step[i]) }
      }
      return q
    }
  }
}
