/// One stretch of a job on one instance, in virtual seconds after the job was asked for.
package struct SpotAttempt: Hashable, Sendable {
  package enum Ending: Hashable, Sendable {
    /// The job's last round was done.
    case completed
    /// The capacity was taken away.
    case interrupted
    /// The job had run for as long as it may.
    case maximumRun
    /// The job had lasted for as long as it may.
    case maximumWait
  }

  /// When an instance was looked for, and when it was there.
  package var requested: Double
  package var start: Double
  /// When the first round began.
  package var learning: Double
  package var end: Double
  package var ending: Ending
  /// Rounds that were done before: those of the checkpoint that the stretch goes on from.
  package var firstRound: Int
  /// Rounds that are done in the end, whether or not they are lost.
  package var lastRound: Int
  /// When the interruption was announced.
  package var notice: Double?
  /// The round whose state was kept because of the notice; nil where none ended in time.
  package var noticeRound: Int?
  /// The round of the newest checkpoint in the end.
  package var keptRound: Int
  let roundSeconds: Double

  /// When a round of this stretch ended.
  package func time(of round: Int) -> Double {
    learning + Double(round - firstRound) * roundSeconds
  }

  /// Seconds on the instance.
  package var seconds: Double { end - start }

  /// Seconds of learning that are lost with the instance.
  package var lostSeconds: Double {
    ending == .interrupted ? max(0, end - max(time(of: keptRound), learning)) : 0
  }

  /// How many rounds end by a time, in this stretch and before it.
  static func rounds(by time: Double, _ learning: Double, _ first: Int, _ seconds: Double) -> Int {
    guard time >= learning else { return first }
    var count = ((time - learning) / seconds).rounded(.down)
    // The division rounds: what counts is when a round ends.
    if learning + (count + 1) * seconds <= time { count += 1 }
    if learning + count * seconds > time { count -= 1 }
    return first + Int(min(count, 1e15))
  }
}
