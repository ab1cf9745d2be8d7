/// What the evidence supports of a challenger beside the baseline, and no more.
package enum ComparisonVerdict: String, Hashable, Sendable, CaseIterable {
  /// Better by more than chance explains.
  case better
  /// Worse by more than chance explains.
  case worse
  /// Not shown to differ, but shown to be worse by less than the margin.
  case nonInferior = "non_inferior"
  /// Shown to be worse, but by less than the margin.
  case worseWithinMargin = "worse_within_margin"
  /// Neither: the data can't tell.
  case undecided
  /// The metric or the test is undefined here.
  case undefined

  /// The verdict of evidence whose p-values have been corrected.
  ///
  /// A difference counts at 1 − `level`, two-sided; a margin at half of that, one-sided, so that it
  /// holds exactly where the interval lies on the right side of the margin.
  package init(
    difference: Double?,
    pValue: Double?,
    nonInferiority: Double?,
    sense: Double,
    level: Double
  ) {
    guard let difference, let pValue else {
      self = .undefined
      return
    }
    let holdsMargin = nonInferiority.map { $0 < (1 - level) / 2 } ?? false
    guard pValue < 1 - level else {
      self = holdsMargin ? .nonInferior : .undecided
      return
    }
    if sense * difference > 0 {
      self = .better
    } else {
      self = holdsMargin ? .worseWithinMargin : .worse
    }
  }
}
