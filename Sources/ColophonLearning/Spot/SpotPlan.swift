package import ColophonCore
import ColophonMath

/// What becomes of a job on spot capacity, hour by virtual hour.
///
/// The model: an instance that is asked for is there after `clock.provisioning` seconds, prepares for
/// `clock.preparing`, and then runs rounds of equal length. An interruption is announced 120 seconds
/// before; the first round that ends after the notice, and before the interruption, is kept. Rounds
/// after the newest checkpoint are lost. Then the job waits for capacity and goes on from the
/// checkpoint. Keeping and reading a checkpoint takes no time. A job that reaches one of its limits
/// while it runs keeps its last whole round, as the 120 seconds after a stop signal allow.
///
/// Times come from nothing but the plan's members, so a timeline can be told before, during and
/// after the training.
package struct SpotPlan: Sendable {
  package var terms: SpotTerms
  package var clock: VirtualClock
  /// A checkpoint is kept after each so many rounds.
  package var checkpointEvery: Int
  /// The random stream of a purpose.
  package var random: @Sendable (_ purpose: String) -> RandomStream

  package init(
    _ terms: SpotTerms,
    clock: VirtualClock,
    checkpointEvery: Int,
    random: @escaping @Sendable (_ purpose: String) -> RandomStream
  ) {
    self.terms = terms
    self.clock = clock
    self.checkpointEvery = checkpointEvery
    self.random = random
  }

  /// The timeline of a job that takes some rounds; of one without end where that is nil.
  package func timeline(rounds: Int?) -> SpotTimeline {
    var draws = Draws(terms: terms, gaps: random("spot-interruption"), waits: random("spot-wait"))
    var attempts: [SpotAttempt] = []
    var requested = 0.0
    var used = 0.0
    while true {
      let start = requested + clock.provisioning
      guard start < terms.maximumWait else { break }
      let attempt = attempt(
        requested: requested,
        from: attempts.last?.keptRound ?? 0,
        death: draws.interruption(after: start),
        used: used,
        rounds: rounds
      )
      attempts.append(attempt)
      guard attempt.ending == .interrupted else { break }
      used += attempt.seconds
      requested = attempt.end + draws.wait()
    }
    return SpotTimeline(attempts: attempts, terms: terms)
  }

  private func attempt(
    requested: Double,
    from first: Int,
    death: Double?,
    used: Double,
    rounds: Int?
  ) -> SpotAttempt {
    let start = requested + clock.provisioning
    let learning = start + clock.preparing
    var ends: [(time: Double, ending: SpotAttempt.Ending)] = []
    if let rounds {
      ends.append((learning + Double(rounds - first) * clock.roundSeconds, .completed))
    }
    ends.append((start + (terms.maximumRun - used), .maximumRun))
    ends.append((terms.maximumWait, .maximumWait))
    if let death { ends.append((death, .interrupted)) }
    // Of equal times the first in this order counts.
    var (end, ending) = ends[0]
    for other in ends.dropFirst() where other.time < end { (end, ending) = other }
    let last =
      ending == .completed
      ? rounds ?? first : SpotAttempt.rounds(by: end, learning, first, clock.roundSeconds)
    var attempt = SpotAttempt(
      requested: requested,
      start: start,
      learning: learning,
      end: end,
      ending: ending,
      firstRound: first,
      lastRound: last,
      keptRound: last,
      roundSeconds: clock.roundSeconds
    )
    if ending == .interrupted { announce(&attempt) }
    return attempt
  }

  /// Adds the notice of an interruption, and finds the newest checkpoint before it.
  private func announce(_ attempt: inout SpotAttempt) {
    let notice = max(attempt.start, attempt.end - SpotTerms.notice)
    attempt.notice = notice
    let before = SpotAttempt.rounds(
      by: notice,
      attempt.learning,
      attempt.firstRound,
      clock.roundSeconds
    )
    let candidate =
      before > attempt.firstRound && attempt.time(of: before) == notice ? before : before + 1
    if candidate <= attempt.lastRound { attempt.noticeRound = candidate }
    let regular = attempt.lastRound / checkpointEvery * checkpointEvery
    attempt.keptRound = max(attempt.firstRound, regular, attempt.noticeRound ?? 0)
  }

  /// Interruptions and waits, drawn in the order in which they are needed.
  private struct Draws {
    let terms: SpotTerms
    var gaps: RandomStream
    var waits: RandomStream

    /// When an instance that starts then is taken away; nil for never.
    mutating func interruption(after start: Double) -> Double? {
      switch terms.interruptions {
      case .times(let times): return times.first { $0 > start }
      case .rate(let rate):
        let draw = -Elementary.log(gaps.uniformAboveZero())
        return rate > 0 ? start + draw * 3600 / rate : nil
      }
    }

    /// How long it takes until there is capacity again.
    mutating func wait() -> Double {
      let draw = -Elementary.log(waits.uniformAboveZero())
      return terms.wait ?? draw * SpotTerms.meanWait
    }
  }
}
