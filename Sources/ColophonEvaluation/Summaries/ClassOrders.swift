extension Cases {
  /// Rows by falling score, flagged where positive; for binary rows, computed once.
  var order: ScoreOrder? {
    guard case .binary(let scores, let positives) = body else { return nil }
    return scoreOrder.value { .descending(scores) { positives[$0] } }
  }

  /// Rows by falling probability of a class, flagged where they belong to it; computed once.
  func order(of c: Int) -> ScoreOrder? {
    guard case .multiclass(let probabilities, let actual) = body, classOrders.indices.contains(c)
    else { return nil }
    let width = classes.count
    return classOrders[c].value {
      .descending(actual.indices.map { probabilities[$0 * width + c] }) { actual[$0] == c }
    }
  }
}

extension ScoreOrder {
  /// The area under the ROC curve: the probability that a positive row scores above a negative
  /// one, ties counting half (Mann and Whitney, 1947); nil where a class has no weight.
  ///
  /// Exact in every sum where weights are whole numbers.
  func areaUnderROC(_ weighting: Weighting) -> Double? {
    var (above, tiedPositive, tiedNegative, negative, area) = (0.0, 0.0, 0.0, 0.0, 0.0)
    walk(weighting) { weight, isLast, flag in
      tiedPositive += weight * flag
      tiedNegative += weight * (1 - flag)
      if isLast {
        area += tiedNegative * (above + tiedPositive / 2)
        above += tiedPositive
        negative += tiedNegative
        (tiedPositive, tiedNegative) = (0, 0)
      }
    }
    return above > 0 && negative > 0 ? area / (above * negative) : nil
  }

  /// Step-wise average precision Σ (Rᵢ − Rᵢ₋₁) · Pᵢ over the distinct scores from the highest;
  /// nil where no positive row has weight.
  func averagePrecision(_ weighting: Weighting) -> Double? {
    var (positive, all, tiedPositive, tied) = (0.0, 0.0, 0.0, 0.0)
    var sum = CompensatedSum()
    walk(weighting) { weight, isLast, flag in
      tied += weight
      tiedPositive += weight * flag
      if isLast {
        all += tied
        positive += tiedPositive
        if tiedPositive > 0 { sum.add(tiedPositive * (positive / all)) }
        (tiedPositive, tied) = (0, 0)
      }
    }
    return positive > 0 ? min(sum.value / positive, 1) : nil
  }

  /// The area under straight lines between the points (recall, precision), from (0, 1) on.
  func trapezoidalPrecision(_ weighting: Weighting) -> Double? {
    var (positive, all, tiedPositive, tied, before) = (0.0, 0.0, 0.0, 0.0, 1.0)
    var sum = CompensatedSum()
    walk(weighting) { weight, isLast, flag in
      tied += weight
      tiedPositive += weight * flag
      if isLast {
        all += tied
        positive += tiedPositive
        if all > 0 {
          sum.add(tiedPositive * (before + positive / all) / 2)
          before = positive / all
        }
        (tiedPositive, tied) = (0, 0)
      }
    }
    return positive > 0 ? sum.value / positive : nil
  }

  /// The largest distance between the score distributions of positive and negative rows.
  func kolmogorovSmirnov(_ weighting: Weighting, totals: LabelWeights) -> Double? {
    guard totals.positive > 0, totals.negative > 0 else { return nil }
    var (positive, negative, largest) = (0.0, 0.0, 0.0)
    walk(weighting) { weight, isLast, flag in
      positive += weight * flag
      negative += weight * (1 - flag)
      if isLast {
        let gap = (positive / totals.positive - negative / totals.negative).magnitude
        largest = gap > largest ? gap : largest
      }
    }
    return largest
  }
}

extension Sample {
  /// The area under the ROC curve of binary rows, shared by the metrics that rest on it.
  var areaUnderROC: Double? {
    cached(\.areaUnderROC) { cases.order?.areaUnderROC(weighting) }
  }

  /// The area under the ROC curve of one class against the rest.
  func areaUnderROC(of c: Int) -> Double? {
    if let known = cache.classAreas[c] { return known }
    let area = cases.order(of: c)?.areaUnderROC(weighting)
    cache.classAreas[c] = .some(area)
    return area
  }
}
