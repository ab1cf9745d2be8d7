import ColophonMath

extension InteriorPoint {
  /// What a step needs of a state, and the directions that come of it.
  struct Frame {
    /// D = c + a / (h − ν) + b / (ν − l) of the rows, E of the columns.
    var rowBends: [Double]
    var columnBends: [Double]
    var gradient: [Double]
    var system: DefiniteSystem
  }

  /// A change of every variable.
  struct Change {
    var w: [Double]
    var margins: [Double]
    var slopes: [Double]
    var above: [Double]
    var below: [Double]
    var signs: [Double]
    var plus: [Double]
    var minus: [Double]
  }

  /// One predictor and corrector; nil where the system can't be solved or nothing moves.
  func step(_ state: State) -> State? {
    guard let frame = frame(state) else { return nil }
    let mean = complementarity(state)
    let none = Change(like: state)
    let guess = change(state, frame, target: 0, correcting: none)
    let ahead = complementarity(moved(state, guess, by: reach(state, guess)))
    let ratio = max(0, ahead / mean)
    let target = mean * ratio * ratio * ratio
    let full = change(state, frame, target: target, correcting: guess)
    let length = min(1, 0.995 * reach(state, full))
    guard length > 1e-13, length.isFinite else { return nil }
    var next = moved(state, full, by: length)
    next.margins = design.margins(next.w, outputs: 1)
    return next.slopes.allSatisfy { $0.isFinite } && next.w.allSatisfy { $0.isFinite } ? next : nil
  }

  private func frame(_ state: State) -> Frame? {
    let rowBends = state.slopes.indices.map { i in
      loss.curvature + state.above[i] / (loss.upper[i] - state.slopes[i])
        + state.below[i] / (state.slopes[i] - loss.lower[i])
    }
    let columnBends = state.w.indices.map { j in
      thresholds[j] > 0
        ? state.plus[j] / (thresholds[j] - state.signs[j])
          + state.minus[j] / (thresholds[j] + state.signs[j]) : 0
    }
    var gradient = gathered(state.slopes)
    var smooth = penalty
    smooth.absolute = thresholds.map { _ in 0 }
    _ = smooth.add(state.w, to: &gradient)
    for j in gradient.indices { gradient[j] += state.signs[j] }
    let weights = Elementwise.divide(loss.shares, rowBends)
    let diagonal = state.w.indices.map { j in
      penalty.curvature(j) + (thresholds[j] > 0 ? 1 / columnBends[j] : 0)
    }
    guard weights.allSatisfy({ $0.isFinite }), diagonal.allSatisfy({ $0.isFinite }) else {
      return nil
    }
    return Frame(
      rowBends: rowBends,
      columnBends: columnBends,
      gradient: gradient,
      system: DefiniteSystem(design, weights: weights, diagonal: diagonal)
    )
  }

  private func change(
    _ state: State,
    _ frame: Frame,
    target: Double,
    correcting guess: Change
  ) -> Change {
    var change = Change(like: state)
    let (l, h) = (loss.lower, loss.upper)
    let misses = state.slopes.indices.map { i in
      let away = state.margins[i] - loss.targets[i] - loss.curvature * state.slopes[i]
      let top = (target + guess.above[i] * guess.slopes[i]) / (h[i] - state.slopes[i])
      let bottom = (target - guess.below[i] * guess.slopes[i]) / (state.slopes[i] - l[i])
      return away - top + bottom
    }
    let columnMisses = state.w.indices.map { j -> Double in
      guard thresholds[j] > 0 else { return 0 }
      let top = (target + guess.plus[j] * guess.signs[j]) / (thresholds[j] - state.signs[j])
      let bottom = (target - guess.minus[j] * guess.signs[j]) / (thresholds[j] + state.signs[j])
      return state.w[j] - top + bottom
    }
    var right = gathered(Elementwise.divide(misses, frame.rowBends))
    for j in right.indices {
      right[j] = -(right[j] + frame.gradient[j])
      if thresholds[j] > 0 { right[j] -= columnMisses[j] / frame.columnBends[j] }
    }
    change.w = frame.system.solve(right)
    change.margins = design.margins(change.w, outputs: 1)
    for i in state.slopes.indices {
      let (hi, lo) = (h[i] - state.slopes[i], state.slopes[i] - l[i])
      let slope = (change.margins[i] + misses[i]) / frame.rowBends[i]
      change.slopes[i] = slope
      let top = target + guess.above[i] * guess.slopes[i]
      let bottom = target - guess.below[i] * guess.slopes[i]
      change.above[i] = (top - state.above[i] * (hi - slope)) / hi
      change.below[i] = (bottom - state.below[i] * (lo + slope)) / lo
    }
    for j in state.w.indices where thresholds[j] > 0 {
      let (hi, lo) = (thresholds[j] - state.signs[j], thresholds[j] + state.signs[j])
      let sign = (change.w[j] + columnMisses[j]) / frame.columnBends[j]
      change.signs[j] = sign
      let top = target + guess.plus[j] * guess.signs[j]
      let bottom = target - guess.minus[j] * guess.signs[j]
      change.plus[j] = (top - state.plus[j] * (hi - sign)) / hi
      change.minus[j] = (bottom - state.minus[j] * (lo + sign)) / lo
    }
    return change
  }

  /// The mean product of what belongs to an end and the distance from it.
  private func complementarity(_ state: State) -> Double {
    var (sum, count) = (0.0, 0.0)
    for i in state.slopes.indices {
      sum += loss.shares[i] * state.above[i] * (loss.upper[i] - state.slopes[i])
      sum += loss.shares[i] * state.below[i] * (state.slopes[i] - loss.lower[i])
      count += 2 * loss.shares[i]
    }
    for j in state.w.indices where thresholds[j] > 0 {
      sum += state.plus[j] * (thresholds[j] - state.signs[j])
      sum += state.minus[j] * (thresholds[j] + state.signs[j])
      count += 2
    }
    return sum / count
  }

  /// The longest step, at most 1, that keeps everything above 0.
  private func reach(_ state: State, _ change: Change) -> Double {
    var length = 1.0
    func keep(_ value: Double, _ step: Double) {
      if step < 0 { length = min(length, -value / step) }
    }
    for i in state.slopes.indices {
      keep(state.above[i], change.above[i])
      keep(state.below[i], change.below[i])
      keep(loss.upper[i] - state.slopes[i], -change.slopes[i])
      keep(state.slopes[i] - loss.lower[i], change.slopes[i])
    }
    for j in state.w.indices where thresholds[j] > 0 {
      keep(state.plus[j], change.plus[j])
      keep(state.minus[j], change.minus[j])
      keep(thresholds[j] - state.signs[j], -change.signs[j])
      keep(thresholds[j] + state.signs[j], change.signs[j])
    }
    return length
  }

  private func moved(_ state: State, _ change: Change, by length: Double) -> State {
    func add(_ values: [Double], _ steps: [Double]) -> [Double] {
      var values = values
      Elementwise.add(length, times: steps, to: &values)
      return values
    }
    return State(
      w: add(state.w, change.w),
      margins: add(state.margins, change.margins),
      slopes: add(state.slopes, change.slopes),
      above: add(state.above, change.above),
      below: add(state.below, change.below),
      signs: add(state.signs, change.signs),
      plus: add(state.plus, change.plus),
      minus: add(state.minus, change.minus)
    )
  }
}

extension InteriorPoint.Change {
  init(like state: InteriorPoint.State) {
    let rows = [Double](repeating: 0, count: state.slopes.count)
    let columns = [Double](repeating: 0, count: state.w.count)
    self.init(
      w: columns,
      margins: rows,
      slopes: rows,
      above: rows,
      below: rows,
      signs: columns,
      plus: columns,
      minus: columns
    )
  }
}
