/// A map from numbers to places along a line of the picture.
package struct Scale: Hashable {
  package let lower: Double
  package let upper: Double
  /// Where `lower` and `upper` lie.
  let start: Double
  let end: Double
  let isLogarithmic: Bool

  package init(lower: Double, upper: Double, start: Double, end: Double, isLogarithmic: Bool) {
    self.lower = lower
    self.upper = upper
    self.start = start
    self.end = end
    self.isLogarithmic = isLogarithmic
  }

  /// The place of a number; nil where it has none.
  package func position(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    let fraction: Double
    if isLogarithmic {
      guard value > 0 else { return nil }
      let low = DecimalLogarithm.of(lower)
      fraction = (DecimalLogarithm.of(value) - low) / (DecimalLogarithm.of(upper) - low)
    } else {
      fraction = (value - lower) / (upper - lower)
    }
    // Far outside, a place only has to be outside.
    return start + min(max(fraction, -20), 20) * (end - start)
  }

  /// The place of a number that is moved to the nearest end where it lies outside.
  func clamped(_ value: Double) -> Double? {
    position(value).map { min(max($0, min(start, end)), max(start, end)) }
  }

  func contains(_ value: Double) -> Bool { value >= lower && value <= upper }
}

/// The numbers that an axis spans.
package struct Extent: Hashable {
  package var lower: Double
  package var upper: Double

  /// The least and greatest of the numbers that the axis can show, widened where the author asks;
  /// 0 to 1 (1 to 10 for logarithms) where there are none.
  package init(of values: some Sequence<Double>, on axis: ChartAxis) {
    let isLogarithmic = axis.scale == .logarithmic
    var lower = Double.infinity
    var upper = -Double.infinity
    for value in values where value.isFinite && (!isLogarithmic || value > 0) {
      lower = min(lower, value)
      upper = max(upper, value)
    }
    if lower > upper { (lower, upper) = isLogarithmic ? (1, 10) : (0, 1) }
    if let wanted = axis.lower, wanted.isFinite, !isLogarithmic || wanted > 0 { lower = wanted }
    if let wanted = axis.upper, wanted.isFinite, !isLogarithmic || wanted > 0 { upper = wanted }
    self.init(lower, upper, isLogarithmic: isLogarithmic)
  }

  /// An extent that arithmetic can work with: rising, not too wide, not too thin for its size.
  package init(_ a: Double, _ b: Double, isLogarithmic: Bool = false) {
    let limit = 1e300
    lower = min(max(min(a, b), -limit), limit)
    upper = min(max(max(a, b), -limit), limit)
    if isLogarithmic {
      lower = max(lower, 1e-300)
      upper = max(upper, 1e-300)
      if upper / lower < 1.000_001 { (lower, upper) = (lower / 2, upper * 2) }
    } else if upper - lower <= max(1e-9 * max(abs(lower), abs(upper)), 1e-290) {
      let room = max(abs(upper) * 0.1, upper == 0 ? 0.5 : 1e-280)
      (lower, upper) = (lower - room, upper + room)
    }
  }

  private init(exactly lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The extent with a share of its length more at the ends that nobody fixed.
  func padded(by share: Double, on axis: ChartAxis) -> Extent {
    if axis.scale == .logarithmic {
      let factor = 1 + 2 * share
      return Extent(
        exactly: axis.lower == nil ? lower / factor : lower,
        axis.upper == nil ? upper * factor : upper
      )
    }
    let room = (upper - lower) * share
    return Extent(
      exactly: axis.lower == nil ? lower - room : lower,
      axis.upper == nil ? upper + room : upper
    )
  }

  /// The extent out to whole steps at the ends that nobody fixed.
  func widened(to ticks: Ticks, on axis: ChartAxis) -> Extent {
    guard axis.scale == .linear, let step = ticks.step else { return self }
    let down = (lower / step + 1e-9).rounded(.down) * step
    let up = (upper / step - 1e-9).rounded(.up) * step
    return Extent(
      exactly: axis.lower == nil ? min(down, lower) : lower,
      axis.upper == nil ? max(up, upper) : upper
    )
  }
}
