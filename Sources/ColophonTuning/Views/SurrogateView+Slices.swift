package import ColophonCore

extension SurrogateView {
  /// The objective along one hyperparameter.
  package struct Slice: Hashable, Sendable {
    package var name: String
    /// Ascending, or in the order of the categories.
    package var values: [Value]
    package var estimates: [Estimate]
  }

  /// The objective over two hyperparameters.
  package struct Contour: Hashable, Sendable {
    package var names: [String]
    /// Of the first and of the second hyperparameter.
    package var values: [[Value]]
    /// Row i, column k: the first one's value i, the second one's value k.
    package var estimates: [[Estimate]]
  }

  /// The objective along one hyperparameter, the others as the best trial has them; nil where there
  /// is none of that name, or where the best trial has it switched off.
  package func slice(_ name: String, points: Int = 41) -> Slice? {
    guard let c = coordinate(name), geometry.isActive(c, best) else { return nil }
    let places = places(c, points)
    let line = places.map { place -> [Double] in
      var point = best
      point[c] = place
      return point
    }
    return Slice(name: name, values: places.map { value($0, c) }, estimates: estimates(line))
  }

  /// The objective along one hyperparameter, averaged over all others (its main effect).
  ///
  /// The interval is the average's: of the deviations of `points` by an even spread of 128 choices of
  /// the others, taken for fully dependent, which is the cautious side.
  package func mainEffect(_ name: String, points: Int = 21) -> Slice? {
    guard let c = coordinate(name) else { return nil }
    let others = spread(128)
    let places = places(c, points)
    let estimates = places.map { place -> Estimate in
      let moved = others.map { other -> [Double] in
        var point = other
        point[c] = place
        return geometry.snapped(point)
      }
      let found = model.predict(moved)
      let mean = found.means.reduce(0, +) / Double(moved.count)
      let deviation = found.variances.reduce(0) { $0 + $1.squareRoot() } / Double(moved.count)
      return estimate(mean, deviation)
    }
    return Slice(name: name, values: places.map { value($0, c) }, estimates: estimates)
  }

  /// The objective over two hyperparameters, the others as the best trial has them.
  package func contour(_ first: String, _ second: String, points: Int = 25) -> Contour? {
    guard let a = coordinate(first), let b = coordinate(second), a != b else { return nil }
    let (rows, columns) = (places(a, points), places(b, points))
    let estimates = rows.map { row in
      self.estimates(
        columns.map { column in
          var point = best
          point[a] = row
          point[b] = column
          return geometry.snapped(point)
        }
      )
    }
    return Contour(
      names: [first, second],
      values: [rows.map { value($0, a) }, columns.map { value($0, b) }],
      estimates: estimates
    )
  }

  private func value(_ place: Double, _ c: Int) -> Value {
    history.space.ranges[c].value(at: place)
  }

  private func estimates(_ points: [[Double]]) -> [Estimate] {
    let found = model.predict(points)
    return zip(found.means, found.variances).map { estimate($0, $1.squareRoot()) }
  }
}
