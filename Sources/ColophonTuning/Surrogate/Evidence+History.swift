import ColophonCore

extension Evidence {
  /// The most that is taken of each other tuning, the best third and the latest.
  private static let perTask = 60

  /// What a history has seen, own and inherited results on one scale, each other parent on its own.
  ///
  /// - Returns: Nil with fewer than two own results.
  static func gather(
    _ history: History,
    _ observed: [Trial],
    _ geometry: SpaceGeometry,
    power: Double? = nil
  ) -> (evidence: Evidence, scale: LossScale)? {
    let parents = history.otherParents
    let own = history.inherited.map { $0.trial } + observed
    let seen = own.compactMap { trial in
      history.space.point(of: trial.configuration).map {
        (point: geometry.snapped($0), loss: history.direction.loss(trial.objective ?? .nan))
      }
    }
    guard seen.count > 1 else { return nil }
    let scale = LossScale(seen.map { $0.loss }, power: power)
    var evidence = Evidence(dimensions: geometry.count + parents.count)
    for (task, parent) in parents.enumerated() {
      let part = Evidence.task(parent, history.space, geometry).kept(perTask)
      var marks = [Double](repeating: 0, count: parents.count)
      marks[task] = 1
      for i in part.values.indices {
        evidence.add(part.point(i) + marks, part.values[i], isOwn: false)
      }
    }
    let none = [Double](repeating: 0, count: parents.count)
    for result in seen { evidence.add(result.point + none, scale.forward(result.loss)) }
    return (evidence, scale)
  }

  /// Another tuning's results on their own scale.
  private static func task(
    _ parent: WarmStart.Parent,
    _ space: SearchSpace,
    _ geometry: SpaceGeometry
  ) -> Evidence {
    var part = Evidence(dimensions: geometry.count)
    let losses = parent.trials.map { parent.direction.loss($0.objective ?? .nan) }
    let scale = LossScale(losses)
    for (trial, loss) in zip(parent.trials, losses) {
      guard let point = space.point(of: trial.configuration) else { continue }
      part.add(geometry.snapped(point), scale.forward(loss))
    }
    return part
  }
}

extension History {
  /// The parents whose results say something of another task; those without results are left out.
  var otherParents: [WarmStart.Parent] {
    guard let warmStart, warmStart.mode == .transfer else { return [] }
    return warmStart.parents.map { parent in
      var parent = parent
      parent.trials = parent.trials.filter { $0.isObserved }
      return parent
    }.filter { !$0.trials.isEmpty }
  }
}
