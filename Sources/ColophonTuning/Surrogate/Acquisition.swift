import ColophonMath

/// The logarithm of the expected improvement of a model, and of the chance that the job ends well.
struct Acquisition {
  let model: SurrogateModel

  /// At snapped points.
  func values(_ points: [[Double]]) -> [Double] {
    guard !points.isEmpty else { return [] }
    let flat = points.flatMap { model.extended($0) }
    let found = model.process.predict(flat)
    let chances = model.feasibility?.logChances(flat)
    return points.indices.map { i in
      ExpectedImprovement.value(
        mean: found.means[i],
        variance: found.variances[i],
        best: model.best
      ) + (chances?[i] ?? 0)
    }
  }

  /// At one point, with the gradient by its numbers.
  ///
  /// log EI = log s + log h(z), z = (best − μ)/s: its derivative by μ is −Φ/(h s), by s it is φ/(h s).
  func valueAndGradient(_ point: [Double]) -> (value: Double, gradient: [Double]) {
    let point = model.extended(point)
    let local = model.process.local(point)
    let deviation = local.variance.squareRoot()
    let parts = ExpectedImprovement.logImprovement((model.best - local.mean) / deviation)
    let value = Elementary.log(deviation) + parts.value
    // ∂v = −2 Σ (K⁻¹ k)ᵢ ∂kᵢ and ∂s = ∂v/(2 s).
    let pull = -parts.share / deviation
    let spread = parts.density / local.variance
    var shares = local.solved
    for i in shares.indices { shares[i] = pull * model.process.weights[i] - spread * shares[i] }
    var gradient = model.process.gradient(shares, local, at: point)
    guard let chance = model.feasibility?.logChance(point) else { return (value, gradient) }
    for c in gradient.indices { gradient[c] += chance.gradient[c] }
    return (value + chance.value, gradient)
  }
}
