import ColophonMath

/// The area under the ROC curve with its variance, from how each row is placed among those of the
/// other class (DeLong, DeLong and Clarke-Pearson, 1988).
///
/// - Complexity: O(*n* log *n*) (Sun and Xu, 2014).
package struct DeLong: Hashable, Sendable {
  package let area: Double
  package let variance: Double
  /// For each row the share of the other class that it stands rightly to, ties counting half:
  /// negatives below a positive row, positives above a negative one.
  package let placements: [Double]

  /// The analysis of a sample; nil unless it is binary, unweighted, and has two rows of each class.
  package init?(_ sample: Sample) {
    guard case .binary(_, let positives) = sample.cases.body, sample.weighting.values == nil,
      let order = sample.cases.order, let area = sample.areaUnderROC
    else { return nil }
    let positive = Double(positives.count { $0 })
    let negative = Double(positives.count) - positive
    guard positive > 1, negative > 1 else { return nil }
    placements = DeLong.placements(order, positive: positive, negative: negative)
    self.area = area
    let squares = placements.map { ($0 - area) * ($0 - area) }
    variance =
      BlockSum.sum(squares.count) { positives[$0] ? squares[$0] : 0 } / (positive - 1) / positive
      + BlockSum.sum(squares.count) { positives[$0] ? 0 : squares[$0] } / (negative - 1) / negative
  }

  private static func placements(
    _ order: ScoreOrder,
    positive: Double,
    negative: Double
  ) -> [Double] {
    var placements = Array(repeating: 0.0, count: order.places.count)
    var (above, passed, tiedPositive, tiedNegative) = (0.0, 0.0, 0.0, 0.0)
    var tie: [(row: Int, isPositive: Bool)] = []
    order.walk { row, isLast, flag in
      tie.append((row, flag == 1))
      tiedPositive += flag
      tiedNegative += 1 - flag
      guard isLast else { return }
      for (row, isPositive) in tie {
        placements[row] =
          isPositive
          ? (negative - passed - tiedNegative / 2) / negative
          : (above + tiedPositive / 2) / positive
      }
      above += tiedPositive
      passed += tiedNegative
      (tiedPositive, tiedNegative) = (0, 0)
      tie.removeAll(keepingCapacity: true)
    }
    return placements
  }

  /// The area ± z standard errors, kept within 0 and 1.
  package func plain(level: Double = 0.95) -> ConfidenceInterval {
    let reach = Normal().quantile((1 + level) / 2) * variance.squareRoot()
    return ConfidenceInterval(low: max(area - reach, 0), high: min(area + reach, 1))
  }

  /// The interval computed on the logit scale, which never leaves 0 to 1; nil where the area is 0
  /// or 1, which have no logit.
  package func logit(level: Double = 0.95) -> ConfidenceInterval? {
    guard area > 0, area < 1 else { return nil }
    let centre = Elementary.log(area) - Elementary.log1p(-area)
    let reach =
      Normal().quantile((1 + level) / 2) * variance.squareRoot() / (area * (1 - area))
    return ConfidenceInterval(
      low: Elementary.sigmoid(centre - reach),
      high: Elementary.sigmoid(centre + reach)
    )
  }
}
