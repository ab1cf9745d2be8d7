import ColophonCore
import ColophonLearning
import ColophonMath
import Testing

/// Likelihoods and smoothing beside PyTorch, SciPy and statsmodels (Fixtures/make/forecasting.py).
@Suite struct ForecastsBesidePeers {
  /// Of the losses' and slopes' own size; both compute in 64 bits.
  static let tolerance = 1e-9

  private func evaluate(
    _ type: any ForecastLikelihood.Type,
    _ numbers: [Float],
    _ value: Double,
    _ scale: Double
  ) -> (loss: Double, slopes: [Double]) {
    var slopes = [Double](repeating: 0, count: numbers.count)
    let loss = numbers.withUnsafeBufferPointer { numbers -> Double in
      slopes.withUnsafeMutableBufferPointer { slopes -> Double in
        guard let numbers = numbers.baseAddress, let slopes = slopes.baseAddress else { return 0 }
        return type.loss(numbers, value, scale: scale, slopes)
      }
    }
    return (loss, slopes)
  }

  @Test func givesTheLossesAndSlopesOfPyTorch() throws {
    let cases = try #require(try fixture("forecasting.json")["likelihoods"]?.asArray)
    #expect(Set(cases.compactMap { $0["name"]?.asString }).count == forecastLikelihoods.names.count)
    for one in cases {
      let name = try #require(one["name"]?.asString)
      let numbers = try #require(one["numbers"]).numbers.map { Float($0) }
      let found = evaluate(
        try #require(forecastLikelihoods[name]),
        numbers,
        try #require(one["value"]?.asNumber),
        try #require(one["scale"]?.asNumber)
      )
      let loss = try #require(one["loss"]?.asNumber)
      #expect((found.loss - loss).magnitude <= Self.tolerance * max(1, loss.magnitude), "\(name)")
      for (a, b) in zip(found.slopes, try #require(one["slopes"]).numbers) {
        #expect((a - b).magnitude <= Self.tolerance * max(1, b.magnitude), "\(name)")
      }
    }
  }

  /// Central differences over half a unit in 2⁻¹⁰ of the numbers, whose error is of order 1e-6.
  @Test(arguments: forecastLikelihoods.names)
  func slopesAreThoseOfTheLoss(name: String) throws {
    let type = try #require(forecastLikelihoods[name])
    var random = RandomStream(root: 4, cell: "likelihood", purpose: name)
    for _ in 0..<20 {
      let numbers = (0..<type.width).map { _ in Float(random.standardNormal()) }
      let (value, scale) = (Double(random.integer(below: 30)), 1 + 10 * random.uniform())
      let slopes = evaluate(type, numbers, value, scale).slopes
      for i in numbers.indices {
        var (low, high) = (numbers, numbers)
        low[i] -= 0x1p-10
        high[i] += 0x1p-10
        let rise = evaluate(type, high, value, scale).loss - evaluate(type, low, value, scale).loss
        let difference = rise / Double(high[i] - low[i])
        #expect((difference - slopes[i]).magnitude < 1e-4 * max(1, slopes[i].magnitude))
      }
    }
  }

  /// The mean of draws lies within five standard errors of what the loss is least at.
  @Test(arguments: forecastLikelihoods.names)
  func drawsWhatItScores(name: String) throws {
    let type = try #require(forecastLikelihoods[name])
    let numbers: [Float] = [1.25, 0.5, 3]
    let count = 4_000
    var random = RandomStream(root: 5, cell: "likelihood", purpose: name)
    let draws = (0..<count).map { _ in
      numbers.withUnsafeBufferPointer { buffer -> Double in
        buffer.baseAddress.map { type.draw($0, scale: 9, &random) } ?? 0
      }
    }
    let mean = draws.reduce(0, +) / Double(count)
    let squares = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / Double(count)).squareRoot() / Double(count).squareRoot()
    let expected = name == "negative-binomial" ? 9 * PositiveLink.value(1.25) : 9 * 1.25
    #expect((mean - expected).magnitude < 5 * error)
  }

  private static func form(_ one: Value) throws -> SmoothingForm {
    let seasonal = try need(one["seasonal"]?.asString)
    return SmoothingForm(
      error: one["error"]?.asString == "mul" ? .mul : .add,
      hasTrend: one["trend"]?.asBoolean == true,
      isDamped: one["damped"]?.asBoolean == true,
      seasonal: try need(SmoothingForm.Part(rawValue: seasonal)),
      season: seasonal == "none" ? 1 : 12
    )
  }

  private static func parts(_ one: Value) throws -> (SmoothingWeights, SmoothingState) {
    func number(_ name: String) throws -> Double { try need(one[name]?.asNumber) }
    return (
      SmoothingWeights(
        level: try number("alpha"),
        trend: try number("beta"),
        seasonal: try number("gamma"),
        damping: try number("phi")
      ),
      SmoothingState(
        level: try number("level"),
        trend: try number("growth"),
        // The peer names the latest season first.
        seasonal: try need(one["seasons"]).numbers.reversed()
      )
    )
  }

  private static func cases() throws -> [(one: Value, values: [Double])] {
    let all = try fixture("forecasting.json")
    return try need(all["smoothing"]?.asArray).map { one in
      (one, try need(all["series"]?[need(one["data"]?.asString)]).numbers)
    }
  }

  /// One-step forecasts with seasons that multiply, by relative errors.
  ///
  /// With μ = ℓ + φ b: ℓ = μ (1 + α ε), b = φ b + β μ ε, s = s (1 + γ ε) (Hyndman et al. 2008, table 2.3).
  private static func multiplied(
    _ values: [Double],
    _ form: SmoothingForm,
    _ weights: SmoothingWeights,
    _ start: SmoothingState
  ) -> [Double] {
    var (level, trend, seasons) = (start.level, start.trend, start.seasonal)
    return values.indices.map { step in
      let place = step % seasons.count
      let base = level + weights.damping * trend
      let forecast = base * seasons[place]
      let relative = values[step] / forecast - 1
      level = base * (1 + weights.level * relative)
      trend = weights.damping * trend + weights.trend * base * relative
      seasons[place] *= 1 + weights.seasonal * relative
      return forecast
    }
  }

  /// From the peer's own weights and states: likelihood, fitted values, forecasts, quantiles.
  @Test func smoothsAsStatsmodelsDoes() throws {
    for (one, values) in try Self.cases() {
      let form = try Self.form(one)
      let (weights, start) = try Self.parts(one)
      let run = SmoothedSeries.run(values, form, weights, from: start, keepsFitted: true)
      let fitted = try #require(one["fitted"]).numbers
      // With seasons that multiply, the peer corrects a season by the new level, where Hyndman et al.
      // 2008 (table 2.2) take the old one: the two agree until a corrected season comes again.
      let isSame = form.seasonal != .mul
      for (a, b) in zip(run.fitted, isSame ? fitted : Array(fitted.prefix(12))) {
        #expect((a - b).magnitude < 1e-8 * b.magnitude, "\(form.name)")
      }
      guard isSame else {
        let own = Self.multiplied(values, form, weights, start)
        for (a, b) in zip(run.fitted, own) {
          #expect((a - b).magnitude < 1e-10 * b.magnitude, "\(form.name)")
        }
        continue
      }
      let likelihood = try #require(one["llf"]?.asNumber)
      #expect(
        (run.logLikelihood - likelihood).magnitude < 1e-7 * likelihood.magnitude,
        "\(form.name)"
      )
      var state = run.state
      for expected in try #require(one["forecast"]).numbers {
        let found = state.forecast(form, weights)
        #expect((found - expected).magnitude < 1e-8 * expected.magnitude, "\(form.name)")
        state.advance(by: 0, form, weights)
      }
      guard let low = one["low"]?.numbers, let high = one["high"]?.numbers else { continue }
      let fit = SmoothedSeries(
        form: form,
        weights: weights,
        start: start,
        first: 0,
        variance: run.variance,
        logLikelihood: run.logLikelihood
      )
      var random = RandomStream(root: 0, cell: "", purpose: "")
      let forecast = fit.forecast(after: run.state, length: 15, levels: [0.1, 0.9], &random)
      for step in 0..<15 {
        let (a, b) = (forecast.quantiles[2 * step], forecast.quantiles[2 * step + 1])
        #expect((a - low[step]).magnitude < 1e-6 * low[step].magnitude, "\(form.name)")
        #expect((b - high[step]).magnitude < 1e-6 * high[step].magnitude, "\(form.name)")
      }
    }
  }

  /// Its own search ends no lower than the peer's, or half a unit of log likelihood below it: the
  /// bounds of both differ a little.
  @Test func findsWeightsAsLikelyAsStatsmodels() throws {
    for (one, values) in try Self.cases() {
      let form = try Self.form(one)
      let found = try #require(SmoothingFit(form, values).best(first: 0))
      let likelihood = try #require(one["llf"]?.asNumber)
      #expect(
        found.logLikelihood > likelihood - 0.5,
        "\(form.name): \(found.logLikelihood) beside \(likelihood)"
      )
    }
  }
}
