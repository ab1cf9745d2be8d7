import ColophonCore
import ColophonLearning
import ColophonReport

extension RentalReport {
  /// What a span of the timeline is, by its place among the chart's kinds.
  private enum Kind: Int, CaseIterable {
    case training, lost, starting, waiting, notice, checkpoint

    var words: String {
      switch self {
      case .training: "training"
      case .lost: "lost work"
      case .starting: "starting"
      case .waiting: "waiting"
      case .notice: "notice"
      case .checkpoint: "checkpoint"
      }
    }
  }

  /// A length of virtual time that the axis counts in.
  private struct Unit {
    let seconds: Double
    let name: String

    init(for end: Double) {
      (seconds, name) = end >= 7200 ? (3600, "h") : end >= 600 ? (60, "min") : (1, "s")
    }
  }

  /// What ran, waited and was lost when.
  func timeline(_ spot: SpotTimeline) -> TimelineChart {
    let unit = Unit(for: spot.end)
    func span(_ start: Double, _ end: Double, _ kind: Kind) -> TimelineChart.Span? {
      end < start
        ? nil
        : TimelineChart.Span(
          from: start / unit.seconds,
          to: end / unit.seconds,
          kind.words,
          kind: kind.rawValue
        )
    }
    let attempts = spot.attempts
    let ends = attempts.dropFirst().map { $0.requested } + [spot.end]
    let work = zip(attempts, ends).flatMap { attempt, next -> [TimelineChart.Span?] in
      let learned = attempt.end - attempt.lostSeconds
      return [
        span(attempt.requested, min(attempt.learning, attempt.end), .starting),
        attempt.learning < learned ? span(attempt.learning, learned, .training) : nil,
        attempt.lostSeconds > 0 ? span(learned, attempt.end, .lost) : nil,
        attempt.end < next ? span(attempt.end, next, .waiting) : nil,
      ]
    }
    let notices = attempts.compactMap { attempt in
      attempt.notice.flatMap { span($0, attempt.end, .notice) }
    }
    let every = bill.checkpointEvery ?? Int.max
    let kept = attempts.flatMap { attempt in
      spot.checkpoints(of: attempt, every: every).compactMap { round -> TimelineChart.Span? in
        let time = attempt.time(of: round)
        var span = span(time, time, .checkpoint)
        span?.label = "round \(round)"
        return span
      }
    }
    return TimelineChart(
      ChartText("The job on spot capacity", description(spot)),
      axis: ChartAxis("virtual time since the request", unit: unit.name, lower: 0),
      lanes: [
        TimelineChart.Lane("job", work.compactMap { $0 }), TimelineChart.Lane("notices", notices),
        TimelineChart.Lane("checkpoints", kept),
      ],
      kinds: Kind.allCases.map { $0.words }
    )
  }

  private func description(_ spot: SpotTimeline) -> String {
    let stretches = spot.attempts.count
    let lost = (try? NumberFormat.seconds.text(of: .number(spot.lostSeconds))) ?? ""
    return "\(stretches) \(stretches == 1 ? "stretch" : "stretches") on an instance, "
      + "\(spot.interruptions) interruptions, \(lost) of work lost; the job ended with the status "
      + "\(spot.status.rawValue)."
  }
}
