import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonReport
import ColophonTuning

/// What a tuning says: values for prose and conditions, exhibits and advice for the reader.
struct TuneReport {
  let result: TuneResult

  init(_ result: TuneResult) { self.result = result }

  var run: TuneRun { result.run }
  var kind: TuneKind { result.run.kind }
  var record: TuningRecord { result.record }
  var objectiveName: String { run.objective.text.value }

  var outcome: Outcome {
    get throws {
      var outcome = Outcome(
        artifact: result.model,
        values: try result.values,
        exhibits: exhibits
      )
      outcome.advice = advice
      return outcome
    }
  }

  private var exhibits: [Exhibit] {
    let parts: [Exhibit?] = [.facts(facts), failureNotice, bestCell, leaderboard, progress]
    return parts.compactMap { $0 } + printedLines + timeline + searchPictures + viewPictures
      + warmNotes
  }

  // MARK: Facts

  private var facts: [Fact] {
    let best = result.best.objective ?? .nan
    var facts = [
      Fact("best \(objectiveName)", short(best), note: "job \(result.bestNumber)"),
      Fact("strategy", kind.strategy.name, note: record.ending),
      Fact("jobs", grouped(result.jobs.count), note: statuses),
      Fact("epochs", grouped(result.epochs), note: savedNote),
    ]
    if kind.parallelJobs > 1, record.seconds > 0 {
      facts.append(
        Fact(
          "virtual time",
          time(record.seconds),
          note:
            "\(time(record.workerSeconds)) one at a time, on \(kind.parallelJobs) virtual workers"
        )
      )
    } else {
      facts.append(Fact("virtual time", time(record.seconds)))
    }
    if let parallelism = result.parallelism {
      let loss = parallelism.loss
      facts.append(
        Fact(
          "parallelism cost",
          loss > 0 ? short(loss) : "nothing",
          note: "\(objectiveName), against one at a time on the model of the jobs"
        )
      )
    } else if kind.parallelJobs > 1, !kind.strategy.learns {
      facts.append(
        Fact(
          "parallelism cost",
          "nothing",
          note: "\(kind.strategy.name) does not look at results"
        )
      )
    }
    if let cost = result.cost {
      facts.append(
        Fact(
          "cost",
          usd(cost),
          note: run.estimate.map { "\(usd($0)) estimated beforehand for \(kind.maxJobs) full jobs" }
        )
      )
    }
    if let overall = record.history.overallBest, let parent = overall.parent {
      facts.append(
        Fact("best with parents", short(overall.trial.objective ?? .nan), note: "of \(parent)")
      )
    }
    return facts
  }

  private var statuses: String {
    ["completed", "stopped", "failed"].map { ($0, result.count($0)) }.filter { $0.1 > 0 }
      .map { "\($0.1) \($0.0)" }.joined(separator: ", ")
  }

  private var savedNote: String? {
    guard let planned = result.plannedEpochs, planned > result.epochs else { return nil }
    let saved = planned - result.epochs
    let share = DecimalText.general(100 * Double(saved) / Double(planned), digits: 3)
    let who = kind.strategy.usesResources ? kind.strategy.name : "early stopping"
    return "\(who) saved \(grouped(saved)), \(share) %"
  }

  private var failureNotice: Exhibit? {
    let failed = result.jobs.filter { $0.failure != nil }
    guard let first = failed.first, let reason = first.failure else { return nil }
    let count = failed.count == 1 ? "1 job" : "\(failed.count) jobs"
    return .notice(kind: .advice, text: "\(count) failed; job \(first.number): \(reason)")
  }

  // MARK: Advice

  private var advice: [Advice] {
    var advice = run.warmStartAdvice + budgetAdvice
    if run.objective.metric.value == "accuracy", let dataset = try? run.dataset {
      advice += TrainAdvice.advice(dataset, metrics: [run.objective.metric], rule: nil).map {
        var finding = $0
        finding.field = "objective.metric"
        finding.message = finding.message.replacing(
          "accuracy is the only metric",
          with: "accuracy is the objective"
        )
        return finding
      }
    }
    return advice
  }

  /// What the clock of the data tells; with a stated length of a round, `check` has told it.
  private var budgetAdvice: [Advice] {
    guard run.base.train.rental.roundSeconds == nil, let words = kind.budgetWords(run.work.clock)
    else { return [] }
    return [Advice("tune.budget", words.message, hint: words.hint, field: "max_jobs")]
  }

  // MARK: Words

  func short(_ value: Double) -> String { DecimalText.general(value, digits: 5) }
  func grouped(_ count: Int) -> String { DecimalText.grouped(String(count)) }
  func usd(_ value: Double) -> String { (try? NumberFormat.usd.text(of: .number(value))) ?? "" }
  func time(_ seconds: Double) -> String {
    (try? NumberFormat.seconds.text(of: .number(seconds))) ?? shortestText(seconds)
  }

  /// A setting as it is shown.
  func text(_ value: Value) -> String {
    switch value {
    case .number(let number): DecimalText.general(number, digits: 4)
    case .string(let text): text
    default: value.canonicalText
    }
  }
}

extension TuneRun {
  /// The data that the jobs learn from; nil where there is none.
  var dataset: Dataset? {
    get throws { try kind.dataCell.map { try workshop.load(Dataset.self, from: $0) } }
  }
}
