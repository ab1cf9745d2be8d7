/// A job on spot capacity from its request to its end.
package struct SpotTimeline: Hashable, Sendable {
  /// How a job ended, in the words of SageMaker.
  package enum Status: String, Sendable {
    case completed = "Completed"
    case maximumRun = "MaxRuntimeExceeded"
    case maximumWait = "MaxWaitTimeExceeded"
  }

  package let attempts: [SpotAttempt]
  package let terms: SpotTerms

  /// Where no stretch ended the job, it waited for capacity for as long as it may.
  package var status: Status {
    switch attempts.last?.ending {
    case .completed: .completed
    case .maximumRun: .maximumRun
    default: .maximumWait
    }
  }

  /// Rounds that are done and kept in the end.
  package var keptRound: Int { attempts.last?.keptRound ?? 0 }

  package var interruptions: Int { attempts.count { $0.ending == .interrupted } }

  /// Seconds from the request to the end.
  package var end: Double {
    attempts.last.map { $0.ending == .interrupted ? terms.maximumWait : $0.end }
      ?? terms.maximumWait
  }

  /// Seconds of learning that interruptions made worthless.
  package var lostSeconds: Double { attempts.reduce(0) { $0 + $1.lostSeconds } }

  /// What the job takes and costs: spot seconds are billed at the discount.
  package func cost(on instance: Instance?) -> JobCost {
    let training = attempts.reduce(0) { $0 + $1.seconds }
    return JobCost(
      trainingSeconds: training,
      billedSeconds: training - training * terms.discount,
      wallSeconds: end,
      on: instance
    )
  }

  /// The rounds of a stretch whose states were kept, in order, without those that the job went on
  /// from.
  package func checkpoints(of attempt: SpotAttempt, every interval: Int) -> [Int] {
    var rounds: [Int] = []
    var next = (attempt.firstRound / interval + 1) * interval
    // The state of the last round of a job is its model.
    let last = attempt.ending == .completed ? attempt.lastRound - 1 : attempt.lastRound
    while next <= last {
      rounds.append(next)
      next += interval
    }
    let special = [attempt.noticeRound, isLimit(attempt) ? attempt.lastRound : nil]
    let others = special.compactMap { $0 }.filter { $0 > attempt.firstRound }
    return Set(rounds + others).sorted()
  }

  private func isLimit(_ attempt: SpotAttempt) -> Bool {
    attempt.ending == .maximumRun || attempt.ending == .maximumWait
  }
}
