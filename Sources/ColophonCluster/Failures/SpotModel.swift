package import ColophonCore
import ColophonMath

/// How many nodes there are from a time on.
package struct CapacityChange: Hashable, Sendable {
  /// Seconds of the run's wall clock; where nodes go, that of the notice.
  package var time: Double
  package var nodes: Int

  package init(time: Double, nodes: Int) {
    self.time = time
    self.nodes = nodes
  }
}

/// Capacity that may be taken away with two minutes' notice.
package struct SpotModel: Hashable, Sendable {
  /// Where the changes of capacity come from.
  package enum Source: Hashable, Sendable {
    /// All nodes are taken at given times, seconds of the wall clock, ascending.
    case times([Double])
    /// Drawn: events an hour, each of which takes so many nodes together.
    case rate(Double, nodes: Int)
    /// Recorded: nodes at hand from each time on, over and over with its own length.
    case trace([CapacityChange], length: Double)
  }

  package var source: Source
  /// Mean seconds until what was taken is there again; not of a recorded trace.
  package var meanWait: Double
  /// The most seconds of running and, with waiting, of the run in all; nil for no limit.
  package var maximumRun: Double?
  package var maximumWait: Double?
  /// Seconds of wall clock that changes are made for.
  package var horizon: Double

  /// The notice that is given, in seconds (EC2 documentation, "Spot Instance interruption notices").
  package static let notice = 120.0
  /// Changes are made for no more than this many events.
  private static let eventLimit = 200_000

  package init(
    _ source: Source,
    meanWait: Double = 600,
    maximumRun: Double? = nil,
    maximumWait: Double? = nil,
    horizon: Double = .infinity
  ) {
    self.source = source
    self.meanWait = meanWait
    self.maximumRun = maximumRun
    self.maximumWait = maximumWait
    self.horizon = horizon
  }

  package init(
    interruptions: [Double],
    meanWait: Double = 600,
    maximumRun: Double? = nil,
    maximumWait: Double? = nil
  ) {
    self.init(
      .times(interruptions.sorted()),
      meanWait: meanWait,
      maximumRun: maximumRun,
      maximumWait: maximumWait
    )
  }

  /// The nodes at hand over time, for a run of so many nodes.
  package func changes(nodes: Int, drawing random: inout RandomStream) -> [CapacityChange] {
    switch source {
    case .times(let times):
      return SpotModel.merged(times.map { ($0, nodes) }, nodes, meanWait, &random)
    case .rate(let rate, let taken):
      var events: [(Double, Int)] = []
      var time = 0.0
      while events.count < SpotModel.eventLimit {
        time += random.exponential(rate: rate / 3600)
        if time > horizon { break }
        events.append((time, taken))
      }
      return SpotModel.merged(events, nodes, meanWait, &random)
    case .trace(let changes, let length):
      return repeated(changes, length)
    }
  }

  /// Events that take nodes, each giving them back after a drawn wait, as one course of the capacity.
  private static func merged(
    _ events: [(time: Double, nodes: Int)],
    _ nodes: Int,
    _ meanWait: Double,
    _ random: inout RandomStream
  ) -> [CapacityChange] {
    var steps: [(time: Double, change: Int)] = []
    for event in events {
      let wait = random.exponential(rate: 1 / max(1e-9, meanWait))
      steps.append((event.time, -event.nodes))
      steps.append((event.time + wait, event.nodes))
    }
    steps.sort { ($0.time, $0.change) < ($1.time, $1.change) }
    var away = 0
    return steps.map { step in
      away -= step.change
      return CapacityChange(time: step.time, nodes: max(0, nodes - away))
    }
  }

  private func repeated(_ changes: [CapacityChange], _ length: Double) -> [CapacityChange] {
    guard length > 0, horizon.isFinite, !changes.isEmpty else { return changes }
    let rounds = Int(min((horizon / length).rounded(.up), 1e5))
    let all = (0..<max(1, rounds)).lazy.flatMap { round in
      changes.map { CapacityChange(time: $0.time + Double(round) * length, nodes: $0.nodes) }
    }
    return Array(all.prefix(SpotModel.eventLimit))
  }
}
