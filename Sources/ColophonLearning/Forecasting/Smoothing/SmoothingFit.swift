import ColophonMath

/// Finds a series' components by the largest likelihood.
package struct SmoothingFit: Sendable {
  package let form: SmoothingForm
  let values: [Double]
  /// What the states are measured in while they are looked for.
  private let unit: Double
  private let begin: SmoothingState

  package init(_ form: SmoothingForm, _ values: [Double]) {
    self.form = form
    self.values = values
    let known = values.filter { !$0.isNaN }
    let mean = known.reduce(0, +) / Double(max(1, known.count))
    let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(max(1, known.count))).squareRoot()
    unit = deviation > 0 ? deviation : max(mean.magnitude, 1)
    begin = SmoothingFit.begin(form, values, mean: mean)
  }

  /// The fit; nil where the form does not suit the values.
  package func best(first: Int) -> SmoothedSeries? {
    if form.error == .mul || form.seasonal == .mul, values.contains(where: { $0 <= 0 }) {
      return nil
    }
    let starts = [[0.3, 0.1, 0.1], [0.05, 0.05, 0.3]]
    var best: SmoothedSeries?
    for start in starts {
      guard let found = search(start, first: first) else { continue }
      if found.logLikelihood > best?.logLikelihood ?? -.infinity { best = found }
    }
    return best
  }

  private func search(_ start: [Double], first: Int) -> SmoothedSeries? {
    func logit(_ p: Double) -> Double { Elementary.log(p / (1 - p)) }
    var point = [logit(start[0])]
    if form.hasTrend { point.append(logit(start[1])) }
    if form.seasonal != .none { point.append(logit(start[2])) }
    if form.isDamped { point.append(1) }
    point += [Double](repeating: 0, count: form.hasTrend ? 2 : 1)
    if form.seasonal != .none { point += [Double](repeating: 0, count: form.season - 1) }
    let solver = LBFGS(maximumIterations: 300, gradientTolerance: 1e-6, valueTolerance: 1e-11)
    let minimum = solver.minimise(from: point) { point, gradient in
      for i in point.indices {
        var (low, high) = (point, point)
        let step = 1e-5
        low[i] -= step
        high[i] += step
        gradient[i] = (cost(high) - cost(low)) / (2 * step)
      }
      return cost(point)
    }
    guard minimum.value.isFinite else { return nil }
    let (weights, state) = parts(minimum.point)
    let run = SmoothedSeries.run(values, form, weights, from: state)
    guard run.logLikelihood.isFinite else { return nil }
    return SmoothedSeries(
      form: form,
      weights: weights,
      start: state,
      first: first,
      variance: run.variance,
      logLikelihood: run.logLikelihood
    )
  }

  /// −2 log likelihood by value.
  private func cost(_ point: [Double]) -> Double {
    let (weights, state) = parts(point)
    let run = SmoothedSeries.run(values, form, weights, from: state)
    return -2 * run.logLikelihood / Double(max(1, run.count))
  }

  /// Weights within their usual bounds: the trend's no larger than the level's, the season's than
  /// what the level leaves, the damping from 0.8 to 0.98; states as distances from where they begin.
  private func parts(_ point: [Double]) -> (SmoothingWeights, SmoothingState) {
    var next = 0
    func take() -> Double {
      next += 1
      return point[next - 1]
    }
    func share() -> Double { 1e-4 + (1 - 2e-4) * Elementary.sigmoid(take()) }
    var weights = SmoothingWeights(level: share())
    if form.hasTrend { weights.trend = weights.level * share() }
    if form.seasonal != .none { weights.seasonal = (1 - weights.level) * share() }
    if form.isDamped { weights.damping = 0.8 + 0.18 * Elementary.sigmoid(take()) }
    var state = begin
    state.level += unit * take()
    if form.hasTrend { state.trend += 0.1 * unit * take() }
    guard form.seasonal != .none else { return (weights, state) }
    let size = form.seasonal == .mul ? 0.1 : unit
    for i in 0..<form.season - 1 { state.seasonal[i] += size * take() }
    // Together they are 0, or 1 on average: else the level would not be told from them.
    let sum = state.seasonal.dropLast().reduce(0, +)
    state.seasonal[form.season - 1] =
      form.seasonal == .mul ? Double(form.season) - sum : -sum
    return (weights, state)
  }

  /// Components from the first seasons: their means, how these grow, the distances from them.
  private static func begin(
    _ form: SmoothingForm,
    _ values: [Double],
    mean: Double
  ) -> SmoothingState {
    func average(_ part: ArraySlice<Double>) -> Double {
      let known = part.filter { !$0.isNaN }
      return known.isEmpty ? mean : known.reduce(0, +) / Double(known.count)
    }
    let width = max(form.season, min(6, values.count / 2), 1)
    let seasons = max(1, min(3, values.count / width))
    let means = (0..<seasons).map { average(values.dropFirst($0 * width).prefix(width)) }
    let growth = seasons > 1 ? (means[seasons - 1] - means[0]) / Double((seasons - 1) * width) : 0
    var state = SmoothingState(level: means[0] - growth * Double(width + 1) / 2)
    if form.hasTrend { state.trend = growth } else { state.level = means[0] }
    guard form.seasonal != .none else { return state }
    state.seasonal = (0..<form.season).map { place in
      let own = (0..<seasons).compactMap { season -> Double? in
        let index = season * form.season + place
        guard index < values.count, !values[index].isNaN else { return nil }
        let base = means[season] + growth * (Double(place) - Double(form.season - 1) / 2)
        return form.seasonal == .mul ? (base == 0 ? 1 : values[index] / base) : values[index] - base
      }
      let usual = form.seasonal == .mul ? 1.0 : 0
      return own.isEmpty ? usual : own.reduce(0, +) / Double(own.count)
    }
    let level = state.seasonal.reduce(0, +) / Double(form.season)
    state.seasonal = state.seasonal.map {
      form.seasonal == .mul ? $0 / (level == 0 ? 1 : level) : $0 - level
    }
    return state
  }
}
