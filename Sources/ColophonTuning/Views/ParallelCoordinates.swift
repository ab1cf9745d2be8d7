package import ColophonCore

/// A tuning's trials as lines across one axis for each hyperparameter.
package struct ParallelCoordinates: Hashable, Sendable {
  /// One hyperparameter.
  package struct Axis: Hashable, Sendable {
    package var name: String
    /// Values to mark, with their places from 0 to 1.
    package var ticks: [Tick]
  }

  /// A mark on an axis.
  package struct Tick: Hashable, Sendable {
    package var value: Value
    package var place: Double
  }

  /// One observed trial.
  package struct Line: Hashable, Sendable {
    package var trial: Int
    /// By axis, from 0 to 1 on the range's own scale; nil where it is switched off.
    package var places: [Double?]
    package var objective: Double
    /// 0 for the best objective, 1 for the worst: ranks, which an outlier can't bleach.
    package var rank: Double
  }

  package var axes: [Axis]
  /// The worst first, so that the best are drawn over the others.
  package var lines: [Line]

  package init(_ history: History) {
    axes = history.space.ranges.map { range in
      let count = min(range.count ?? 3, range.isExact ? 30 : 3)
      let values = (0..<count).map { i -> Value in
        range.isExact
          ? range.value(at: (Double(i) + 0.5) / Double(max(1, range.count ?? 1)))
          : range.value(at: count == 1 ? 0.5 : Double(i) / Double(count - 1))
      }
      return Axis(
        name: range.name,
        ticks: values.compactMap { value in
          range.place(of: value).map { Tick(value: value, place: $0) }
        }
      )
    }
    let observed = history.observed.sorted {
      let (a, b) = ($0.objective ?? .nan, $1.objective ?? .nan)
      return (history.direction.loss(a), $0.index) < (history.direction.loss(b), $1.index)
    }
    let last = Double(max(1, observed.count - 1))
    lines = observed.enumerated().reversed().map { rank, trial in
      Line(
        trial: trial.index,
        places: history.space.ranges.map { range in
          trial.configuration[range.name].flatMap { range.place(of: $0) }
        },
        objective: trial.objective ?? .nan,
        rank: Double(rank) / last
      )
    }
  }
}
