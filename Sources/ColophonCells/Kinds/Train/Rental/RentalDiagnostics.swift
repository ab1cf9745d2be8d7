import ColophonCore
import ColophonLearning

/// The wording of what can be wrong with the machine that a job is thought to run on.
extension Diagnostic {
  static func waitBelowRun(
    _ wait: Double,
    _ run: Double,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "spot.wait-below-run",
      at: position,
      "max_wait is \(shortestText(wait)) s and max_run \(shortestText(run)) s: there is no time to "
        + "wait for capacity in",
      hint: "max_wait covers the running and the waiting; make it greater than max_run"
    )
  }

  static func noCheckpoint(_ algorithm: String?, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "spot.no-checkpoint",
      at: position,
      algorithm.map { "'\($0)' does not learn in rounds, so an interruption loses all of its work" }
        ?? "without a checkpoint each interruption begins the job anew",
      hint: algorithm == nil ? "add checkpoint: {every: 10}" : "leave 'spot' out"
    )
  }

  static func noClock(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.instance",
      at: position,
      "'\(field)' needs to know the machine",
      hint: field == "spot"
        ? "add 'instance', such as ml.m5.xlarge, or 'round_seconds'"
        : "add 'instance', such as ml.m5.xlarge"
    )
  }

  static func interruptedTwice(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "spot.interruptions",
      at: position,
      "interruptions come at given times or at a rate, not both",
      hint: "leave one of 'interruptions' and 'rate' out"
    )
  }

  static func spotWithPool(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "spot.warm-pool",
      at: position,
      "an instance of spare capacity can't be kept warm",
      hint: "leave 'spot' or 'warm_pool' out"
    )
  }

  static func noWarmPool(_ cell: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "train.warm-pool",
      at: cell.position,
      length: cell.value.utf8.count,
      "'\(cell.value)' keeps no instance warm",
      hint: "give it a 'warm_pool' with 'keep_alive'"
    )
  }

  static func otherInstance(_ cell: Located<String>, _ kept: String?, _ own: String?) -> Diagnostic
  {
    Diagnostic(
      .error,
      "train.warm-pool",
      at: cell.position,
      length: cell.value.utf8.count,
      "'\(cell.value)' keeps \(kept ?? "no instance") warm, and this job runs on \(own ?? "none")",
      hint: "only jobs on the same instance share one"
    )
  }
}
