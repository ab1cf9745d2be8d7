/// A category that has had less than its share: a tenth of all proposals is spread evenly over the
/// categories of each choice, so that none is judged by one bad draw.
struct CategoryQuota: Hashable, Sendable {
  let coordinate: Int
  let place: Double

  /// The choice's first category that is behind; nil where none is.
  ///
  /// Choices with a condition take what they get.
  init?(_ history: History, _ geometry: SpaceGeometry) {
    for c in 0..<geometry.count {
      guard case .category(let count) = geometry.axes[c],
        history.space.ranges[c].condition == nil
      else { continue }
      let share = history.trials.count / (10 * count)
      guard share > 0 else { continue }
      var counts = [Int](repeating: 0, count: count)
      for trial in history.trials {
        guard let value = trial.configuration[history.space.ranges[c].name],
          let place = history.space.ranges[c].place(of: value)
        else { continue }
        counts[min(Int(place * Double(count)), count - 1)] += 1
      }
      guard let behind = counts.firstIndex(where: { $0 < share }) else { continue }
      coordinate = c
      place = (Double(behind) + 0.5) / Double(count)
      return
    }
    return nil
  }
}
