package import ColophonCore
package import ColophonData
package import ColophonLearning
package import ColophonLineage
package import ColophonTuning

/// Looks for the best settings of a train cell, by many jobs on virtual workers.
///
/// Each job is the train cell with other settings, drawn by the train cell's own streams: who pastes
/// the best ones into it gets the same model to the last bit.
package struct TuneKind: CellKind, UsesDataset {
  package static let name = "tune"
  package static let summary =
    "Automatic tuning: many jobs of one train cell, and the best model of them."
  package static var produces: (any Artifact.Type)? { TrainedModel.self }

  /// What is varied; nil where it was reported.
  package let template: TuneTemplate?
  /// The template as it is written.
  package let base: TuneTemplate.Reading?
  package let ranges: [TuneRange]
  package let strategy: StrategyKind
  package let options: StrategyOptions
  /// Whether the author wrote what Hyperband's jobs may reach.
  let statesResource: Bool
  package let objective: TuneObjective?
  package let maxJobs: Int
  package let parallelJobs: Int
  package let stopsEarly: Bool
  package let completion: Completion
  package let maxRuntime: Double?
  package let warmStart: TuneWarmStart?
  /// Where each field stands.
  let places: [String: SourcePosition]

  package init(reading fields: inout FieldReader) {
    let template = fields.tuneTemplate()
    self.template = template
    base = template?.read()
    let word = fields.choice(
      "strategy",
      of: strategies.names,
      default: BayesianSearch.name,
      "How jobs are chosen: "
        + strategies.members.map { "\($0.name): \($0.summary)" }
        .joined(separator: " ")
    )
    let strategy = strategies[word] ?? strategies.members[0]
    self.strategy = strategy
    objective = fields.tuneObjective(of: base)
    ranges = fields.tuneRanges(isGrid: strategy.name == GridSearch.name)
    maxJobs =
      fields.integer(
        "max_jobs",
        in: 1...100_000,
        required: true,
        "How many jobs are started at most."
      )
      ?? 1
    parallelJobs = fields.integer(
      "max_parallel_jobs",
      in: 1...1000,
      default: 1,
      "Jobs side by side, on virtual workers: the same search on any machine."
    )
    stopsEarly =
      fields.choice(
        "early_stopping",
        of: ["Off", "Auto"],
        default: "Off",
        "Auto ends a job whose objective is worse than the median of the running averages of earlier "
          + "jobs at the same epoch."
      ) == "Auto"
    var options = fields.hyperband(strategy)
    statesResource =
      fields.peek("hyperband")?.entries?.contains { $0.key == "max_resource" } == true
    for range in ranges {
      options.gridSizes[range.name.value] = range.gridSize
      options.gridValues[range.name.value] = range.gridValues
    }
    self.options = options
    warmStart = fields.tuneWarmStart()
    completion = fields.completion()
    maxRuntime = fields.number(
      "max_runtime",
      in: .above(0),
      "Virtual seconds after which everything is stopped."
    )
    places = fields.tunePlaces()
    for finding in illegalSettings() { fields.report(finding) }
  }

  package var dataCell: String? { base?.folds?.dataCell ?? base?.train.dataCell }
  package var reproducibility: Reproducibility { base?.train.reproducibility ?? .exact }
  package var libraries: [String: String] { base?.train.libraries ?? [:] }

  /// What may be proposed.
  package var space: SearchSpace { SearchSpace(ranges.map { $0.range }) }

  package var values: [PathPattern] {
    let names = ranges.map { $0.name.value }
    let fixed: [PathPattern] = [
      "best.objective", "best.job", "best.epochs", "jobs.{completed,stopped,failed,total}",
      "epochs",
      "seconds", "worker_seconds", "curve[*]", "ending", "model",
      "trials[*].{job,status,objective,epochs,stamp}", "trials[*].hyperparameters.*", "data",
      "algorithm",
      "parallelism.loss",
    ]
    let priced: [PathPattern] = base?.train.rental.instance == nil ? [] : ["cost_usd"]
    let warm: [PathPattern] =
      warmStart == nil ? [] : ["overall.objective", "overall.parent", "inherited"]
    return fixed + priced + warm
      + names.flatMap { name in
        [
          PathPattern(exactly: ["best", "hyperparameters", name]),
          PathPattern(exactly: ["importance", name]),
        ]
      }
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    guard let template, let base, let objective else {
      throw CellFailure("the template's configuration could not be read", field: "train")
    }
    let run = try TuneRun(self, template, base, objective, workshop)
    return try run.outcome()
  }
}

/// What a tuning takes from earlier ones.
package struct TuneWarmStart: Sendable {
  package var mode: WarmStart.Mode
  package var parents: [Located<String>]
  /// The new name of a parents' hyperparameter, by its old one.
  package var renamed: [String: String]
  /// The parents' own recipes, as far as they could be read.
  package var recipes: [String: TuneKind]
}
