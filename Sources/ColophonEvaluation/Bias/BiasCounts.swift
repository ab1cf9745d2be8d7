/// How the rows of two groups were labelled and treated: all that a bias metric but `FT` reads.
///
/// *d* is the disadvantaged group, *a* all others.
package struct BiasCounts: Hashable, Sendable {
  /// The weights of one group's rows, by label and prediction.
  package struct Group: Hashable, Sendable {
    package var truePositive = 0.0
    package var falseNegative = 0.0
    package var falsePositive = 0.0
    package var trueNegative = 0.0

    package init(
      truePositive: Double = 0,
      falseNegative: Double = 0,
      falsePositive: Double = 0,
      trueNegative: Double = 0
    ) {
      self.truePositive = truePositive
      self.falseNegative = falseNegative
      self.falsePositive = falsePositive
      self.trueNegative = trueNegative
    }

    /// n: all rows.
    package var rows: Double { positive + negative }
    /// n⁽¹⁾: rows whose label is positive.
    package var positive: Double { truePositive + falseNegative }
    /// n⁽⁰⁾: rows whose label is negative.
    package var negative: Double { falsePositive + trueNegative }
    /// n̂⁽¹⁾: rows that were predicted positive.
    package var accepted: Double { truePositive + falsePositive }
    /// n̂⁽⁰⁾: rows that were predicted negative.
    package var rejected: Double { falseNegative + trueNegative }

    mutating func add(label: Bool, prediction: Bool, _ weight: Double) {
      switch (label, prediction) {
      case (true, true): truePositive += weight
      case (true, false): falseNegative += weight
      case (false, true): falsePositive += weight
      case (false, false): trueNegative += weight
      }
    }

    static func + (a: Group, b: Group) -> Group {
      Group(
        truePositive: a.truePositive + b.truePositive,
        falseNegative: a.falseNegative + b.falseNegative,
        falsePositive: a.falsePositive + b.falsePositive,
        trueNegative: a.trueNegative + b.trueNegative
      )
    }
  }

  /// A value of the group variable: the two groups' rows that have it.
  package struct Stratum: Hashable, Sendable {
    package var others = Group()
    package var disadvantaged = Group()

    package init(others: Group = Group(), disadvantaged: Group = Group()) {
      self.others = others
      self.disadvantaged = disadvantaged
    }
  }

  /// One for each value of the group variable, in its order; a single one without a variable.
  package private(set) var strata: [Stratum]
  /// a: everyone else.
  package private(set) var others: Group
  /// d: the disadvantaged group.
  package private(set) var disadvantaged: Group
  /// Whether rows have predictions; without them all count as predicted negative.
  package let hasPredictions: Bool
  /// Whether there is a group variable.
  package let hasGroups: Bool

  package init(_ strata: [Stratum], hasPredictions: Bool = true, hasGroups: Bool) {
    self.strata = strata
    self.hasPredictions = hasPredictions
    self.hasGroups = hasGroups
    others = strata.reduce(Group()) { $0 + $1.others }
    disadvantaged = strata.reduce(Group()) { $0 + $1.disadvantaged }
  }

  /// Both groups together.
  package var all: Group { others + disadvantaged }
}
