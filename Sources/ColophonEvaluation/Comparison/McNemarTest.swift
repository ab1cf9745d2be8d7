import ColophonData
import ColophonMath

/// Whether two models are right equally often, from the rows that one alone answers rightly
/// (McNemar, 1947).
///
/// The interval of the difference of accuracies is Tango's (1998), whose statistic at 0 is McNemar's;
/// so is the test against a margin.
package struct McNemarTest: ComparisonTest {
  /// How the p-value is computed.
  package enum Form: String, Hashable, Sendable, CaseIterable {
    /// Twice the binomial tail: never too small, often too large.
    case exact
    /// The same with half of the observed outcome's probability (Lancaster, 1961; Fagerland,
    /// Lydersen and Laake, 2013): close to its level, seldom above.
    case midP = "mid_p"
    /// (b − c)² / (b + c) under χ² with one degree of freedom.
    case chiSquared = "chi_squared"
    /// (|b − c| − 1)² / (b + c) (Edwards, 1948); 0 where b = c.
    case corrected = "chi_squared_corrected"
  }

  package static let name = "mcnemar"
  package static let summary = "McNemar's test of two accuracies on the same rows."
  package static let compares = ComparisonSubject.Kind.rows

  private let options: ComparisonOptions

  package init(_ options: ComparisonOptions) { self.options = options }

  package var words: String {
    switch options.form {
    case .exact: "McNemar's exact test"
    case .midP: "McNemar's test, mid-p"
    case .chiSquared: "McNemar's test, χ² without correction"
    case .corrected: "McNemar's test, χ² with continuity correction"
    }
  }

  package static func objection(to metric: Metric) -> String? {
    metric.name == "accuracy"
      ? nil : "is no accuracy, which is what McNemar's test compares"
  }

  package func evidence(
    for challengers: [ComparisonSubject],
    beside baseline: ComparisonSubject,
    in metric: Metric
  ) throws(ComparisonFault) -> [PairedEvidence] {
    let samples = try samples([baseline] + challengers)
    if samples[0].cases.weights != nil {
      throw ComparisonFault(
        "McNemar's test has no weighted form, and the rows have weights",
        hint: "take 'test: bootstrap'"
      )
    }
    let right = samples.map { $0.answersRightly }
    return right.dropFirst().map { challenger in
      var (baselineAlone, challengerAlone) = (0, 0)
      for (a, b) in zip(right[0], challenger) where a != b {
        if a { baselineAlone += 1 } else { challengerAlone += 1 }
      }
      return evidence(
        PairedEvidence.Discordance(baselineAlone: baselineAlone, challengerAlone: challengerAlone),
        pairs: challenger.count
      )
    }
  }

  private func evidence(
    _ discordance: PairedEvidence.Discordance,
    pairs: Int
  ) -> PairedEvidence {
    guard pairs > 0 else { return .undefined }
    let (b, c) = (discordance.challengerAlone, discordance.baselineAlone)
    let score = TangoScore(first: b, second: c, pairs: pairs)
    return PairedEvidence(
      difference: score.difference,
      interval: score.interval(level: options.level),
      statistic: McNemarTest.statistic(b, c, options.form),
      pValue: McNemarTest.pValue(b, c, options.form),
      nonInferiority: options.margin.map {
        $0 < 1 ? Normal().survival(at: score.statistic(at: -$0)) : 0
      },
      discordance: discordance
    )
  }

  /// χ², for the forms that have one.
  package static func statistic(_ b: Int, _ c: Int, _ form: Form) -> Double? {
    let distance = Double((b - c).magnitude)
    switch form {
    case .exact, .midP: return nil
    case .chiSquared: return b + c == 0 ? 0 : distance * distance / Double(b + c)
    case .corrected:
      let less = max(distance - 1, 0)
      return b + c == 0 ? 0 : less * less / Double(b + c)
    }
  }

  /// The two-sided p-value of `b` against `c` disagreements; 1 where there are none.
  package static func pValue(_ b: Int, _ c: Int, _ form: Form) -> Double {
    guard b + c > 0 else { return 1 }
    if let statistic = statistic(b, c, form) {
      return ChiSquared(degreesOfFreedom: 1).survival(at: statistic)
    }
    let half = Binomial(trials: b + c, probability: 0.5)
    let least = Double(min(b, c))
    let tail = 2 * half.cumulative(at: least)
    guard form == .midP else { return min(tail, 1) }
    let point = half.density(at: least)
    return b == c ? 1 - point / 2 : tail - point
  }
}

extension Sample {
  /// Of each row, whether the class that the model predicts is the true one; empty for other tasks.
  var answersRightly: [Bool] {
    switch cases.body {
    case .binary(let scores, let positives):
      return scores.indices.map { (scores[$0] >= threshold) == positives[$0] }
    case .multiclass(_, let actual):
      let predicted = cases.top.classes
      return actual.indices.map { actual[$0] == predicted[$0] }
    case .regression, .clusters, .ranking: return []
    }
  }
}
