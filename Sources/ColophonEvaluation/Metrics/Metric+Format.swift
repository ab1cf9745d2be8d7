package import ColophonCore

extension Metric {
  /// How the metric's values are printed in tables: shares and scores to four decimals, so that they
  /// line up; quantities of the target's own unit to five significant digits.
  package var format: NumberFormat {
    let isShare = range.upper <= 1
    return isShare || name == "log_loss" || name == "brier" || name == "davies_bouldin" ? .fixed(4) : .general(5)
  }
}
