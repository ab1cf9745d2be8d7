import ColophonMath

/// What a test found of a challenger beside a baseline; differences are challenger − baseline.
package struct PairedEvidence: Hashable, Sendable {
  /// How many rows one model alone answers rightly.
  package struct Discordance: Hashable, Sendable {
    package var baselineAlone: Int
    package var challengerAlone: Int

    package init(baselineAlone: Int, challengerAlone: Int) {
      self.baselineAlone = baselineAlone
      self.challengerAlone = challengerAlone
    }
  }

  /// In the metric's own unit; nil where the metric is undefined for one of the two.
  package var difference: Double?
  /// At the level of the comparison, for this challenger alone; nil where it can't be told.
  package var interval: ConfidenceInterval?
  /// The test's statistic (z, χ² or t); nil for tests that have none.
  package var statistic: Double?
  /// Two-sided: how often equal models would differ at least as much; nil where undefined.
  package var pValue: Double?
  /// One-sided: how often a challenger that is worse by the margin would do at least as well.
  package var nonInferiority: Double?
  package var discordance: Discordance?

  package init(
    difference: Double?,
    interval: ConfidenceInterval? = nil,
    statistic: Double? = nil,
    pValue: Double? = nil,
    nonInferiority: Double? = nil,
    discordance: Discordance? = nil
  ) {
    self.difference = difference
    self.interval = interval
    self.statistic = statistic
    self.pValue = pValue
    self.nonInferiority = nonInferiority
    self.discordance = discordance
  }

  /// Nothing is known, since the metric is undefined.
  static let undefined = PairedEvidence(difference: nil)

  /// The evidence of a difference with a standard error, whose ratio follows a distribution about 0
  /// where the models are equal.
  ///
  /// Without spread (a standard error of 0) no difference is none for sure, and any other can't be
  /// judged: its p-value and interval are missing.
  init(
    difference: Double,
    standardError: Double,
    under distribution: some Distribution,
    sense: Double,
    options: ComparisonOptions
  ) {
    self.init(difference: difference)
    guard standardError > 0 else {
      guard difference == 0 else { return }
      (interval, pValue) = (ConfidenceInterval(low: 0, high: 0), 1)
      nonInferiority = options.margin.map { $0 > 0 ? 0 : 1 }
      return
    }
    let ratio = difference / standardError
    let reach = distribution.upperQuantile((1 - options.level) / 2) * standardError
    interval = ConfidenceInterval(low: difference - reach, high: difference + reach)
    statistic = ratio
    pValue = min(1, 2 * distribution.survival(at: ratio.magnitude))
    nonInferiority = options.margin.map {
      distribution.survival(at: (sense * difference + $0) / standardError)
    }
  }
}

extension Metric {
  /// 1 where larger values are better, −1 where smaller ones are; nil for one that is best in between.
  package var sense: Double? {
    switch direction {
    case .maximize: 1
    case .minimize: -1
    case .nearZero: nil
    }
  }
}
