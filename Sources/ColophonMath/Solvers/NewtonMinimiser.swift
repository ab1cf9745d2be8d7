/// Minimises a smooth function of a few variables from its gradient and Hessian.
///
/// Where the Hessian is not positive definite a growing multiple of the identity is added; the step
/// is halved until the value falls as Armijo's rule asks.
package struct NewtonMinimiser: Hashable, Sendable {
  package var maximumIterations: Int
  /// Done where no component of the gradient is larger.
  package var gradientTolerance: Double
  /// Done where a step lowers the value by no more than this share of it.
  package var valueTolerance: Double

  package init(
    maximumIterations: Int = 100,
    gradientTolerance: Double = 1e-10,
    valueTolerance: Double = 1e-15
  ) {
    self.maximumIterations = maximumIterations
    self.gradientTolerance = gradientTolerance
    self.valueTolerance = valueTolerance
  }

  /// The function and its derivatives at one point.
  package struct Derivatives: Sendable {
    package var value: Double
    package var gradient: [Double]
    package var hessian: Matrix

    package init(value: Double, gradient: [Double], hessian: Matrix) {
      self.value = value
      self.gradient = gradient
      self.hessian = hessian
    }
  }

  /// Walks downhill from `start`.
  ///
  /// - `value`: The function alone; what the line search asks.
  /// - `derivatives`: The function and its derivatives, once a step.
  package func minimise(
    from start: [Double],
    value: ([Double]) -> Double,
    derivatives: ([Double]) -> Derivatives
  ) -> Minimum {
    var point = start
    var here = derivatives(point)
    var evaluations = 1
    func end(_ ending: Minimum.Ending, _ iterations: Int) -> Minimum {
      Minimum(
        point: point,
        value: here.value,
        gradientNorm: largestMagnitude(here.gradient),
        iterations: iterations,
        evaluations: evaluations,
        ending: ending
      )
    }
    for iteration in 0..<maximumIterations {
      let norm = largestMagnitude(here.gradient)
      guard here.value.isFinite, norm.isFinite else { return end(.notFinite, iteration) }
      if norm <= gradientTolerance { return end(.gradient, iteration) }
      guard let direction = NewtonMinimiser.direction(here) else {
        return end(.notFinite, iteration)
      }
      let slope = Reduction.dot(direction, here.gradient)
      var step = 1.0
      var next: [Double]?
      for _ in 0..<60 {
        let trial = point.indices.map { point[$0].addingProduct(step, direction[$0]) }
        evaluations += 1
        let reached = value(trial)
        if reached <= here.value + 1e-4 * step * slope {
          next = trial
          break
        }
        step /= 2
      }
      guard let next else { return end(.lineSearch, iteration) }
      let before = here.value
      point = next
      here = derivatives(point)
      evaluations += 1
      if before - here.value <= valueTolerance * max(abs(before), 1) {
        return end(
          largestMagnitude(here.gradient) <= gradientTolerance ? .gradient : .value,
          iteration + 1
        )
      }
    }
    return end(.iterations, maximumIterations)
  }

  /// −H⁻¹ g, H made positive definite where it is not; nil where it isn't finite.
  private static func direction(_ here: Derivatives) -> [Double]? {
    let negated = here.gradient.map { -$0 }
    let size = here.hessian.elements.reduce(0) { max($0, abs($1)) }
    guard size.isFinite, here.hessian.elements.allSatisfy({ $0.isFinite }) else { return nil }
    var ridge = 0.0
    for _ in 0..<60 {
      var hessian = here.hessian
      for i in 0..<hessian.rows { hessian[i, i] += ridge }
      if let factor = try? Cholesky(hessian) {
        let direction = factor.solve(negated)
        if direction.allSatisfy({ $0.isFinite }) { return direction }
      }
      ridge = ridge == 0 ? max(size, 1e-300) * 1e-12 : ridge * 10
    }
    return negated
  }
}
