package import ColophonCore
import ColophonMath

/// One series' components, fitted.
package struct SmoothedSeries: Hashable, Sendable, Codable {
  package var form: SmoothingForm
  package var weights: SmoothingWeights
  /// The components before the first step.
  package var start: SmoothingState
  /// The number of the first step.
  package var first: Int
  /// The mean square of the errors, of relative ones where the form's are.
  package var variance: Double
  package var logLikelihood: Double

  package init(
    form: SmoothingForm,
    weights: SmoothingWeights,
    start: SmoothingState,
    first: Int,
    variance: Double,
    logLikelihood: Double
  ) {
    self.form = form
    self.weights = weights
    self.start = start
    self.first = first
    self.variance = variance
    self.logLikelihood = logLikelihood
  }

  /// The corrected Akaike criterion (Hurvich and Tsai, 1989); infinite for too few values.
  package func criterion(count: Int) -> Double {
    let k = Double(form.parameterCount)
    let n = Double(count)
    guard n - k - 1 > 0 else { return .infinity }
    return -2 * logLikelihood + 2 * k + 2 * k * (k + 1) / (n - k - 1)
  }

  /// What a run over values comes to.
  package struct Run: Sendable {
    package var state: SmoothingState
    package var fitted: [Double]
    package var variance: Double
    package var logLikelihood: Double
    package var count: Int
  }

  /// Runs over values, missing ones taken as their forecasts.
  ///
  /// The likelihood is that of normal errors at the variance that fits them best:
  /// −n/2 (log 2πσ² + 1), less Σ log |forecast| for relative errors.
  package static func run(
    _ values: some Sequence<Double>,
    _ form: SmoothingForm,
    _ weights: SmoothingWeights,
    from start: SmoothingState,
    keepsFitted: Bool = false
  ) -> Run {
    var run = Run(state: start, fitted: [], variance: 0, logLikelihood: 0, count: 0)
    var (squares, logs) = (0.0, 0.0)
    for value in values {
      let forecast = run.state.forecast(form, weights)
      if keepsFitted { run.fitted.append(forecast) }
      guard !value.isNaN else {
        run.state.advance(by: 0, form, weights)
        continue
      }
      let error = value - forecast
      if form.error == .mul {
        guard forecast > 0 else {
          run.logLikelihood = -.infinity
          return run
        }
        squares += (error / forecast) * (error / forecast)
        logs += Elementary.log(forecast)
      } else {
        squares += error * error
      }
      run.count += 1
      run.state.advance(by: error, form, weights)
    }
    let n = Double(max(1, run.count))
    run.variance = squares / n
    run.logLikelihood =
      -n / 2 * (Elementary.log(2 * .pi * max(run.variance, 1e-300)) + 1) - logs
    return run
  }

  /// The forecast of some steps after a run over what was observed.
  package func forecast(
    after state: SmoothingState,
    length: Int,
    levels: [Double],
    _ random: inout RandomStream
  ) -> BlockForecast {
    form.isLinear
      ? linear(state, length, levels) : simulated(state, length, levels, &random)
  }

  /// Normal quantiles: the variance of the h-th step is σ² (1 + Σ cⱼ²) over the steps before it,
  /// cⱼ what a unit of error does to the forecast j steps on.
  private func linear(_ state: SmoothingState, _ length: Int, _ levels: [Double]) -> BlockForecast {
    var forecast = BlockForecast(points: [], quantiles: [])
    var (state, moved) = (state, state)
    moved.advance(by: 1, form, weights)
    var still = state
    still.advance(by: 0, form, weights)
    var spread = 1.0
    for _ in 0..<length {
      let mean = state.forecast(form, weights)
      let deviation = (variance * spread).squareRoot()
      forecast.points.append(mean)
      forecast.quantiles += levels.map { mean + deviation * NormalQuantile.exact($0) }
      let reach = moved.forecast(form, weights) - still.forecast(form, weights)
      spread += reach * reach
      state.advance(by: 0, form, weights)
      moved.advance(by: 0, form, weights)
      still.advance(by: 0, form, weights)
    }
    return forecast
  }

  /// How many paths are drawn where no formula gives the quantiles.
  private static let paths = 1_000

  private func simulated(
    _ state: SmoothingState,
    _ length: Int,
    _ levels: [Double],
    _ random: inout RandomStream
  ) -> BlockForecast {
    var samples = [[Double]](
      repeating: [Double](repeating: 0, count: SmoothedSeries.paths),
      count: length
    )
    let deviation = variance.squareRoot()
    for path in 0..<SmoothedSeries.paths {
      var state = state
      for step in 0..<length {
        let mean = state.forecast(form, weights)
        let error = deviation * random.standardNormal() * (form.error == .mul ? mean : 1)
        samples[step][path] = mean + error
        state.advance(by: error, form, weights)
      }
    }
    return SampleQuantiles.forecast(samples, levels: levels)
  }
}
