import ColophonCore

extension BiasMetric {
  static let classImbalance = BiasMetric(
    "CI",
    .pre,
    needs: .labels,
    "Class imbalance",
    formula: "(nₐ − n_d) / (nₐ + n_d)",
    range: .closed(-1, 1),
    above: "the group has fewer rows than the others",
    below: "the group has more rows than the others",
    undefined: "either group has no rows"
  ) { evidence in
    let (a, d) = (evidence.counts.others.rows, evidence.counts.disadvantaged.rows)
    return a > 0 && d > 0 ? (a - d) / (a + d) : nil
  }

  static let labelDifference = BiasMetric(
    "DPL",
    .pre,
    needs: .labels,
    "Difference in positive proportions in labels",
    formula: "nₐ⁽¹⁾ / nₐ − n_d⁽¹⁾ / n_d",
    range: .closed(-1, 1),
    above: "the group has the positive label less often",
    below: "the group has the positive label more often",
    undefined: "either group has no rows"
  ) { evidence in
    difference(evidence.counts) { ratio($0.positive, $0.rows) }
  }

  /// A distance of the two groups' shares of positive and negative labels.
  private static func distance(
    _ name: String,
    _ title: String,
    formula: String,
    range: Interval,
    undefined: String = "either group has no rows",
    compute: @escaping @Sendable ([Double], [Double]) -> Double?
  ) -> BiasMetric {
    BiasMetric(
      name,
      .pre,
      needs: .labels,
      title,
      formula: formula,
      range: range,
      above: "the labels are distributed differently in the group",
      below: nil,
      undefined: undefined
    ) { evidence in
      guard evidence.counts.others.rows > 0, evidence.counts.disadvantaged.rows > 0
      else { return nil }
      func shares(_ group: BiasCounts.Group) -> [Double] {
        [group.positive / group.rows, group.negative / group.rows]
      }
      return compute(shares(evidence.counts.others), shares(evidence.counts.disadvantaged))
    }
  }

  static let kullbackLeibler = distance(
    "KL",
    "Kullback–Leibler divergence of the labels",
    formula: "Σ Pₐ(y) ln(Pₐ(y) / P_d(y)) over positive and negative labels",
    range: .atLeast(0),
    undefined: "either group has no rows, or the group lacks a label that the others have"
  ) { Divergence.kullbackLeibler($0, $1) }

  static let jensenShannon = distance(
    "JS",
    "Jensen–Shannon divergence of the labels",
    formula: "½ KL(Pₐ, P) + ½ KL(P_d, P) with P = (Pₐ + P_d) / 2",
    range: .closed(0, 0.6931471805599453)
  ) { Divergence.jensenShannon($0, $1) }

  static let lpNorm = distance(
    "LP",
    "L₂ norm of the difference of the labels",
    formula: "√Σ (Pₐ(y) − P_d(y))²",
    range: .closed(0, 1.4142135623730951)
  ) { Divergence.euclidean($0, $1) }

  static let totalVariation = distance(
    "TVD",
    "Total variation distance of the labels",
    formula: "½ Σ |Pₐ(y) − P_d(y)|",
    range: .closed(0, 1)
  ) { 0.5 * Divergence.absolute($0, $1) }

  static let kolmogorovSmirnov = distance(
    "KS",
    "Kolmogorov–Smirnov distance of the labels",
    formula: "max |Pₐ(y) − P_d(y)|",
    range: .closed(0, 1)
  ) { Divergence.largest($0, $1) }

  static let conditionalLabelDisparity = conditional(
    "CDDL",
    .pre,
    "Conditional demographic disparity in labels",
    "n",
    undefined: "no label is positive, or none is negative"
  ) { ($0.positive, $0.negative) }

  static let conditionalPredictionDisparity = conditional(
    "CDDPL",
    .post,
    "Conditional demographic disparity in predicted labels",
    "n̂",
    undefined: "no prediction is positive, or none is negative"
  ) { ($0.accepted, $0.rejected) }

  /// The group's share among the rejected less its share among the accepted, averaged over the
  /// values of the group variable by their rows; a share of none counts as 0.
  private static func conditional(
    _ name: String,
    _ stage: Stage,
    _ title: String,
    _ symbol: String,
    undefined: String,
    outcomes: @escaping @Sendable (BiasCounts.Group) -> (accepted: Double, rejected: Double)
  ) -> BiasMetric {
    BiasMetric(
      name,
      stage,
      needs: .groups,
      title,
      formula:
        "Σᵢ nᵢ (\(symbol)_d⁽⁰⁾ / \(symbol)⁽⁰⁾ − \(symbol)_d⁽¹⁾ / \(symbol)⁽¹⁾)ᵢ / Σᵢ nᵢ over the "
        + "group variable's values",
      range: .closed(-1, 1),
      above: "within the variable’s values the group is more of the rejected than of the accepted",
      below: "within the variable’s values the group is more of the accepted than of the rejected",
      undefined: undefined
    ) { evidence in
      let whole = outcomes(evidence.counts.all)
      guard evidence.counts.hasGroups, whole.accepted > 0, whole.rejected > 0 else { return nil }
      var (sum, rows) = (0.0, 0.0)
      for stratum in evidence.counts.strata {
        let (a, d) = (outcomes(stratum.others), outcomes(stratum.disadvantaged))
        let rejected = ratio(d.rejected, a.rejected + d.rejected) ?? 0
        let accepted = ratio(d.accepted, a.accepted + d.accepted) ?? 0
        let size = stratum.others.rows + stratum.disadvantaged.rows
        sum += size * (rejected - accepted)
        rows += size
      }
      return ratio(sum, rows)
    }
  }

  /// A rate of the others less that of the disadvantaged group; nil where either is undefined.
  static func difference(
    _ counts: BiasCounts,
    _ rate: (BiasCounts.Group) -> Double?
  ) -> Double? {
    guard let a = rate(counts.others), let d = rate(counts.disadvantaged) else { return nil }
    return a - d
  }
}
