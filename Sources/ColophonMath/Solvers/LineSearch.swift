/// Finds a step along a direction that satisfies the strong Wolfe conditions.
///
/// The bracket grows until it must hold such a step, then shrinks around it by cubic interpolation.
///
/// - SeeAlso: Nocedal and Wright, "Numerical Optimization", 2006, algorithms 3.5 and 3.6.
struct LineSearch {
  /// One point of the line: the step, the value there and the slope along the direction.
  struct Sample {
    var step: Double
    var value: Double
    var slope: Double
  }

  var sufficientDecrease = 1e-4
  var curvature = 0.9
  var evaluations = 25

  /// The accepted step, or nil where none is found; `probe` is called with each step that is tried,
  /// last with the accepted one.
  func search(
    from start: Sample,
    first: Double,
    probe: (Double) -> (value: Double, slope: Double)
  ) -> Sample? {
    var last = start
    var step = first
    for trial in 0..<evaluations {
      let (value, slope) = probe(step)
      let sample = Sample(step: step, value: value, slope: slope)
      if !value.isFinite || !slope.isFinite {
        // Outside of where the function is defined: come back.
        step = last.step + (step - last.step) / 8
        continue
      }
      if !decreases(sample, start) || trial > 0 && value >= last.value {
        return zoom(start, last, sample, evaluations - trial, probe)
      }
      if abs(slope) <= -curvature * start.slope { return sample }
      if slope >= 0 { return zoom(start, sample, last, evaluations - trial, probe) }
      last = sample
      step *= 2
    }
    return nil
  }

  private func decreases(_ sample: Sample, _ start: Sample) -> Bool {
    sample.value <= start.value + sufficientDecrease * sample.step * start.slope
  }

  private func zoom(
    _ start: Sample,
    _ low: Sample,
    _ high: Sample,
    _ trials: Int,
    _ probe: (Double) -> (value: Double, slope: Double)
  ) -> Sample? {
    var (low, high) = (low, high)
    var lastProbe = Double.nan
    for _ in 0..<trials {
      let step = interpolate(low, high)
      if step == low.step || step == high.step { break }
      let (value, slope) = probe(step)
      lastProbe = step
      let sample = Sample(step: step, value: value, slope: slope)
      if !value.isFinite || !decreases(sample, start) || value >= low.value {
        high = sample
      } else {
        if abs(slope) <= -curvature * start.slope { return sample }
        if slope * (high.step - low.step) >= 0 { high = low }
        low = sample
      }
    }
    // Rounding hides the curvature condition close to a minimum: a decrease is enough there.
    guard low.step > 0, low.value < start.value else { return nil }
    if lastProbe != low.step { _ = probe(low.step) }
    return low
  }

  /// The minimum of the cubic through both ends, kept a tenth of the bracket away from them.
  private func interpolate(_ a: Sample, _ b: Sample) -> Double {
    let width = b.step - a.step
    let middle = a.step + width / 2
    guard b.value.isFinite, b.slope.isFinite else { return middle }
    let d = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step)
    let square = d * d - a.slope * b.slope
    guard square >= 0 else { return middle }
    let root = width > 0 ? square.squareRoot() : -square.squareRoot()
    let step = b.step - width * (b.slope + root - d) / (b.slope - a.slope + 2 * root)
    let (least, most) = (min(a.step, b.step), max(a.step, b.step))
    let margin = 0.1 * (most - least)
    return step.isFinite && step > least + margin && step < most - margin ? step : middle
  }
}
