package import ColophonCore
package import ColophonLearning

/// The machine that a train cell's time and cost are told for: `instance`, `round_seconds`, `spot`,
/// `warm_pool`.
package struct Rental: Sendable {
  package var instance: Instance?
  package var roundSeconds: Double?
  package var spot: SpotTerms?
  /// Seconds for which the instance is kept after the job; nil where it is let go.
  package var keepAlive: Double?
  /// The train cell whose kept instance the job takes over.
  package var after: Located<String>?
  /// Whether the cell says anything of it.
  package var isStated: Bool { instance != nil || roundSeconds != nil }

  /// The terms of the job.
  var terms: JobTerms {
    JobTerms(
      instance: instance,
      roundSeconds: roundSeconds,
      isWarm: after != nil,
      spot: spot
    )
  }

  /// The paths of the values that the rental adds.
  var paths: [PathPattern] {
    guard isStated else { return [] }
    var paths: [PathPattern] = ["training_seconds", "billed_seconds", "wall_seconds"]
    if instance != nil { paths.append("cost_usd") }
    if spot != nil { paths += ["saving", "interruptions", "status", "lost_seconds"] }
    return paths
  }

  /// What only the other cells can tell of a warm pool.
  func check(in survey: Survey) -> [Diagnostic] {
    guard let after, let before = survey.recipe(of: after.value) else { return [] }
    guard let train = before as? TrainKind, train.rental.keepAlive != nil else {
      return [.noWarmPool(after)]
    }
    guard train.rental.instance != instance else { return [] }
    return [.otherInstance(after, train.rental.instance?.name, instance?.name)]
  }
}
