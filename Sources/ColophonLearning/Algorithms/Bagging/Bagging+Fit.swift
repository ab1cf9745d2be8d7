import ColophonCore
import ColophonData

extension Bagging {
  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    guard Bagging.tasks.contains(job.task) else {
      let takes = Task.allCases.filter { Bagging.tasks.contains($0) }
      throw TrainingFault.task(job.task, of: Bagging.name, takes: takes)
    }
    if let fault = faults(for: job.task).first { throw fault }
    var learner = try BaggingLearner(self, job)
    let record = try TrainingLoop(job, rounds: count).run(&learner, observer: observer)
    let kept = record.keptRound
    return TrainingResult(
      model: try learner.model(rounds: kept),
      history: record.history,
      rounds: record.history.rounds.count,
      keptRound: kept,
      stoppedEarly: record.stoppedEarly,
      notes: notes(learner, job, kept),
      figures: figures(learner, job, kept),
      values: values(learner, job, kept)
    )
  }

  private func notes(_ learner: BaggingLearner, _ job: TrainingJob, _ kept: Int) -> [TrainingNote] {
    var notes = [TrainingNote("members", "\(kept)", note: estimator.map { type(of: $0).name })]
    guard let outOfBag = learner.outOfBag else { return notes }
    for (name, value) in zip(job.scorer.names, outOfBag.history[kept - 1]) {
      let text = value.map { DecimalText.general($0, digits: 4) } ?? "undefined"
      notes.append(TrainingNote("out-of-bag \(name)", text))
    }
    if outOfBag.uncovered > 0 {
      notes.append(
        TrainingNote(
          "never out of bag",
          "\(outOfBag.uncovered) rows",
          note: "seen by every member, so left out of the out-of-bag metrics; more members leave "
            + "fewer",
          isWarning: true
        )
      )
    }
    return notes
  }

  /// `oob.METRIC`; names that hold dots, such as those of one class, are left to the report.
  private func values(_ learner: BaggingLearner, _ job: TrainingJob, _ kept: Int) -> [String: Value]
  {
    guard let outOfBag = learner.outOfBag else { return [:] }
    let pairs = zip(job.scorer.names, outOfBag.history[kept - 1]).filter { !$0.0.contains(".") }
    let members = pairs.map { ($0.0, $0.1.map { Value.number($0) } ?? .null) }
    return ["oob": .object(Dictionary(members) { first, _ in first })]
  }

  private func figures(_ learner: BaggingLearner, _ job: TrainingJob, _ kept: Int)
    -> [TrainingFigure]
  {
    curves(learner, job) + [.table(table(Array(learner.portraits.prefix(kept)), job))]
  }

  /// How each metric falls into place as members are added.
  private func curves(_ learner: BaggingLearner, _ job: TrainingJob) -> [TrainingFigure] {
    guard let history = learner.outOfBag?.history, history.count > 1 else { return [] }
    return job.scorer.names.enumerated().prefix(2).map { place, name in
      .curves(
        TrainingFigure.Curves(
          title: "Out-of-bag \(name) by members",
          description: "\(name) of the training rows, each predicted by the members that did not "
            + "see it, after each of \(history.count) members.",
          step: "members",
          unit: name,
          series: [TrainingFigure.Series("out of bag", history.map { $0[place] })]
        )
      )
    }
  }

  private func table(_ portraits: [MemberPortrait], _ job: TrainingJob) -> TrainingFigure.Table {
    let names = job.scorer.names
    let hasValidation = portraits.first?.validation != nil
    let hasOutOfBag = portraits.first?.outOfBag != nil
    let rows = portraits.enumerated().map { place, portrait -> [TrainingFigure.Table.Entry] in
      let numbers = (portrait.validation ?? []) + (portrait.outOfBag ?? [])
      let width = portrait.features.map { TrainingFigure.Table.Entry.count($0) } ?? .text("all")
      return [.name("\(place + 1)"), .count(portrait.rows), width] + numbers.map { .number($0) }
    }
    return TrainingFigure.Table(
      caption: "Members, each by itself",
      columns: ["member", "distinct rows", "features"]
        + (hasValidation ? names.map { "validation \($0)" } : [])
        + (hasOutOfBag ? names.map { "out-of-bag \($0)" } : []),
      rows: rows
    )
  }
}

extension TrainingFault {
  /// A recipe whose member could not be read; `check` has said why.
  static func noMember(_ path: String) -> TrainingFault {
    TrainingFault(
      "train.no-member",
      "there is no recipe to fit",
      field: "hyperparameters.\(path)"
    )
  }
}
