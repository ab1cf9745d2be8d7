/// The numbers that a field may take; prints itself in messages, as "above 0 and at most 1".
package struct Interval: Hashable, Sendable, CustomStringConvertible {
  package var lower: Double
  package var upper: Double
  package var lowerIsOpen: Bool
  package var upperIsOpen: Bool

  package init(
    _ lower: Double = -.infinity,
    _ upper: Double = .infinity,
    lowerIsOpen: Bool = false,
    upperIsOpen: Bool = false
  ) {
    self.lower = lower
    self.upper = upper
    self.lowerIsOpen = lowerIsOpen
    self.upperIsOpen = upperIsOpen
  }

  /// Both ends included.
  package static func closed(_ lower: Double, _ upper: Double) -> Interval {
    Interval(lower, upper)
  }
  /// Neither end included.
  package static func open(_ lower: Double, _ upper: Double) -> Interval {
    Interval(lower, upper, lowerIsOpen: true, upperIsOpen: true)
  }
  /// From `lower`, included, upward.
  package static func atLeast(_ lower: Double) -> Interval { Interval(lower) }
  /// Above `lower`, optionally up to `upper`, included.
  package static func above(_ lower: Double, upTo upper: Double = .infinity) -> Interval {
    Interval(lower, upper, lowerIsOpen: true)
  }
  /// Every finite number.
  package static let finite = Interval()

  /// Whether a finite number lies inside.
  package func contains(_ value: Double) -> Bool {
    value.isFinite && (lowerIsOpen ? value > lower : value >= lower)
      && (upperIsOpen ? value < upper : value <= upper)
  }

  package var description: String {
    switch (lower.isFinite, upper.isFinite) {
    case (false, false): "any finite number"
    case (true, false): "\(lowerIsOpen ? "above" : "at least") \(shortestText(lower))"
    case (false, true): "\(upperIsOpen ? "below" : "at most") \(shortestText(upper))"
    case (true, true) where !lowerIsOpen && !upperIsOpen:
      "from \(shortestText(lower)) to \(shortestText(upper))"
    case (true, true):
      "\(lowerIsOpen ? "above" : "at least") \(shortestText(lower)) and "
        + "\(upperIsOpen ? "below" : "at most") \(shortestText(upper))"
    }
  }
}
