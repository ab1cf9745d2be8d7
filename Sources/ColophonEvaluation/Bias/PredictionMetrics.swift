import ColophonCore

extension BiasMetric {
  static let predictionDifference = BiasMetric(
    "DPPL",
    .post,
    needs: .predictions,
    "Difference in positive proportions in predicted labels",
    formula: "n̂ₐ⁽¹⁾ / nₐ − n̂_d⁽¹⁾ / n_d",
    range: .closed(-1, 1),
    above: "the group is accepted less often",
    below: "the group is accepted more often",
    undefined: "either group has no rows"
  ) { evidence in
    difference(evidence.counts) { ratio($0.accepted, $0.rows) }
  }

  static let disparateImpact = BiasMetric(
    "DI",
    .post,
    needs: .predictions,
    "Disparate impact",
    formula: "(n̂_d⁽¹⁾ / n_d) / (n̂ₐ⁽¹⁾ / nₐ)",
    range: .atLeast(0),
    parity: 1,
    above: "the group is accepted more often",
    below: "the group is accepted less often",
    undefined: "none of the others is accepted"
  ) { evidence in
    let (a, d) = (evidence.counts.others, evidence.counts.disadvantaged)
    guard let rate = ratio(d.accepted, d.rows), let other = ratio(a.accepted, a.rows)
    else { return nil }
    return ratio(rate, other)
  }

  static let conditionalAcceptance = BiasMetric(
    "DCAcc",
    .post,
    needs: .predictions,
    "Difference in conditional acceptance",
    formula: "nₐ⁽¹⁾ / n̂ₐ⁽¹⁾ − n_d⁽¹⁾ / n̂_d⁽¹⁾",
    range: .finite,
    above: "measured by its labels the group is accepted more often",
    below: "measured by its labels the group is accepted less often",
    undefined: "nobody of either group is accepted"
  ) { evidence in
    difference(evidence.counts) { ratio($0.positive, $0.accepted) }
  }

  static let conditionalRejection = BiasMetric(
    "DCR",
    .post,
    needs: .predictions,
    "Difference in conditional rejection",
    formula: "n_d⁽⁰⁾ / n̂_d⁽⁰⁾ − nₐ⁽⁰⁾ / n̂ₐ⁽⁰⁾",
    range: .finite,
    above: "measured by its labels the group is rejected less often",
    below: "measured by its labels the group is rejected more often",
    undefined: "nobody of either group is rejected"
  ) { evidence in
    difference(evidence.counts) { ratio($0.negative, $0.rejected) }.map { -$0 }
  }

  static let specificityDifference = BiasMetric(
    "SD",
    .post,
    needs: .predictions,
    "Specificity difference",
    formula: "TN_d / (TN_d + FP_d) − TNₐ / (TNₐ + FPₐ)",
    range: .closed(-1, 1),
    above: "those of the group who should be rejected are rejected more often",
    below: "those of the group who should be rejected are rejected less often",
    undefined: "either group has no negative labels"
  ) { evidence in
    difference(evidence.counts) { ratio($0.trueNegative, $0.negative) }.map { -$0 }
  }

  static let recallDifference = BiasMetric(
    "RD",
    .post,
    needs: .predictions,
    "Recall difference",
    formula: "TPₐ / (TPₐ + FNₐ) − TP_d / (TP_d + FN_d)",
    range: .closed(-1, 1),
    above: "those of the group who should be accepted are found less often",
    below: "those of the group who should be accepted are found more often",
    undefined: "either group has no positive labels"
  ) { evidence in
    difference(evidence.counts) { ratio($0.truePositive, $0.positive) }
  }

  static let acceptanceRates = BiasMetric(
    "DAR",
    .post,
    needs: .predictions,
    "Difference in acceptance rates",
    formula: "TPₐ / n̂ₐ⁽¹⁾ − TP_d / n̂_d⁽¹⁾",
    range: .closed(-1, 1),
    above: "acceptances of the group are right less often",
    below: "acceptances of the group are right more often",
    undefined: "nobody of either group is accepted"
  ) { evidence in
    difference(evidence.counts) { ratio($0.truePositive, $0.accepted) }
  }

  static let rejectionRates = BiasMetric(
    "DRR",
    .post,
    needs: .predictions,
    "Difference in rejection rates",
    formula: "TN_d / n̂_d⁽⁰⁾ − TNₐ / n̂ₐ⁽⁰⁾",
    range: .closed(-1, 1),
    above: "rejections of the group are right more often",
    below: "rejections of the group are right less often",
    undefined: "nobody of either group is rejected"
  ) { evidence in
    difference(evidence.counts) { ratio($0.trueNegative, $0.rejected) }.map { -$0 }
  }

  static let accuracyDifference = BiasMetric(
    "AD",
    .post,
    needs: .predictions,
    "Accuracy difference",
    formula: "(TPₐ + TNₐ) / nₐ − (TP_d + TN_d) / n_d",
    range: .closed(-1, 1),
    above: "predictions for the group are right less often",
    below: "predictions for the group are right more often",
    undefined: "either group has no rows"
  ) { evidence in
    difference(evidence.counts) { ratio($0.truePositive + $0.trueNegative, $0.rows) }
  }

  static let treatmentEquality = BiasMetric(
    "TE",
    .post,
    needs: .predictions,
    "Treatment equality",
    formula: "FN_d / FP_d − FNₐ / FPₐ",
    range: .finite,
    above: "errors about the group are rather wrong rejections",
    below: "errors about the group are rather wrong acceptances",
    undefined: "either group has no wrong acceptances"
  ) { evidence in
    difference(evidence.counts) { ratio($0.falseNegative, $0.falsePositive) }.map { -$0 }
  }

  static let generalizedEntropy = BiasMetric(
    "GE",
    .post,
    needs: .predictions,
    "Generalized entropy of the benefits",
    formula: "1 / (2 n) Σ ((bᵢ / b̄)² − 1) with bᵢ = ŷᵢ − yᵢ + 1, over both groups together",
    range: .atLeast(0),
    above: "benefits are spread unevenly over all rows",
    below: nil,
    undefined: "every prediction is a wrong rejection"
  ) { evidence in
    let all = evidence.counts.all
    let right = all.truePositive + all.trueNegative
    let mean = (right + 2 * all.falsePositive) / all.rows
    guard mean > 0 else { return nil }
    let squares = (right + 4 * all.falsePositive) / (mean * mean)
    // Benefits that are all alike may differ from 0 by rounding.
    return max((squares - all.rows) / (2 * all.rows), 0)
  }
}
