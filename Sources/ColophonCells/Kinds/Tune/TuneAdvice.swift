import ColophonCore
import ColophonTuning

/// The traps of `advice.md` that a tune cell can fall into, in words.
extension Diagnostic {
  static func parallelBayesian(
    _ parallel: Int,
    of jobs: Int,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .advice,
      "tune.parallel-bayesian",
      at: position,
      length: String(parallel).utf8.count,
      "\(parallel) jobs at a time of \(jobs): a suggestion can't learn from jobs that still run",
      hint: "lower max_parallel_jobs to \(min(4, max(1, jobs / 10))), or take 'strategy: Random'"
    )
  }

  static func linearScale(
    _ name: String,
    factor: Double,
    at position: SourcePosition
  ) -> Diagnostic {
    let share = DecimalText.general(100 * (1 - 10 / factor), digits: 3)
    return Diagnostic(
      .advice,
      "tune.linear-scale",
      at: position,
      length: 6,
      "'\(name)' spans a factor of \(DecimalText.general(factor, digits: 3)), and on a linear scale "
        + "\(share) % of the jobs fall above ten times its least value",
      hint: "write 'scaling: Logarithmic'"
    )
  }

  static func noEpochs(_ isFolded: Bool, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.hyperband-needs-epochs",
      at: position,
      length: 9,
      isFolded
        ? "Hyperband needs an objective after each epoch, and folds give one at their end"
        : "Hyperband needs an objective after each epoch, and this algorithm reports it once",
      hint: "take Bayesian or Random"
    )
  }

  static func stoppedTwice(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .advice,
      "tune.hyperband-early-stopping",
      at: position,
      length: 4,
      "Hyperband stops jobs by itself, so a second rule only muddles its rungs",
      hint: "write 'early_stopping: Off'"
    )
  }

  static func noEarlyStopping(_ epochs: Int, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .advice,
      "tune.no-early-stopping",
      at: position,
      "every job runs all of its up to \(epochs) epochs, however badly it does",
      hint: "write 'early_stopping: Auto', or take 'strategy: Hyperband'"
    )
  }

  static func gridTooLarge(
    _ points: Double,
    jobs: Int,
    at position: SourcePosition
  ) -> Diagnostic {
    let count = DecimalText.grouped(DecimalText.general(points, digits: 15))
    return Diagnostic(
      .error,
      "tune.grid-explodes",
      at: position,
      "the grid has \(count) points, and at most \(jobs) jobs are allowed",
      hint: "raise max_jobs, give ranges a smaller 'size', or take another strategy"
    )
  }

  static func gridExplodes(
    _ ranges: Int,
    _ points: Double,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .advice,
      "tune.grid-explodes",
      at: position,
      length: 4,
      "a grid over \(ranges) hyperparameters takes \(DecimalText.general(points, digits: 15)) jobs and "
        + "looks at few values of each",
      hint: "take Bayesian, or Random"
    )
  }

  static func highDimension(
    _ ranges: Int,
    _ categorical: Int?,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .advice,
      "tune.high-dimension",
      at: position,
      categorical.map {
        "\($0) of \(ranges) hyperparameters are categorical, which a Gaussian process knows little of"
      }
        ?? "a Gaussian process over \(ranges) hyperparameters needs many jobs before it knows anything",
      hint: categorical == nil
        ? "fix those that matter least, or take 'strategy: Random'"
        : "make those that have an order integer ranges, or take 'strategy: Random'"
    )
  }

  static func tooManyParents(_ count: Int, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.warm-start-parents",
      at: position,
      "\(count) parents are more than the \(WarmStart.parentLimit) that a warm start may have",
      hint: "name those that are most alike"
    )
  }

  static func noTuning(_ parent: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.warm-start-parents",
      at: parent.position,
      length: parent.value.utf8.count,
      "'\(parent.value)' is no tune cell",
      hint: "only tunings have trials to start from"
    )
  }

  static func lacksRanges(_ parent: Located<String>, _ names: [String]) -> Diagnostic {
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    return Diagnostic(
      .error,
      "tune.warm-start-parents",
      at: parent.position,
      length: parent.value.utf8.count,
      "'\(parent.value)' tuned \(list), which the ranges here lack",
      hint: "add \(names.count == 1 ? "it" : "them"), or say under 'renamed' what became of "
        + "\(names.count == 1 ? "it" : "them")"
    )
  }

  static func otherParentAlgorithm(
    _ parent: Located<String>,
    _ its: String,
    _ mine: String
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.warm-start-mode",
      at: parent.position,
      length: parent.value.utf8.count,
      "'\(parent.value)' tuned \(its), and this tuning is of \(mine)",
      hint: "write 'type: TransferLearning'"
    )
  }

  static func otherParentObjective(
    _ parent: Located<String>,
    _ its: String,
    _ mine: String
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.warm-start-parents",
      at: parent.position,
      length: parent.value.utf8.count,
      "'\(parent.value)' made \(its) best, and this tuning \(mine)",
      hint: "a warm start needs one objective"
    )
  }
}
