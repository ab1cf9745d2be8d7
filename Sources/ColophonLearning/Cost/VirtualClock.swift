/// How long a job would take on an instance: a rule over its deterministic work, never a stopwatch.
///
/// A round visits every feature of every training row once, and each virtual processor visits
/// `visitsPerSecond` of them; so a round takes rows · features ÷ (processors · visitsPerSecond)
/// seconds, on every machine that renders the report. It is a yardstick to compare jobs by, not a
/// benchmark; who has measured a round states it instead.
package struct VirtualClock: Hashable, Sendable {
  /// Feature values that one virtual processor visits in a second.
  package static let visitsPerSecond = 1e7
  /// Seconds from the request of an instance until it is there; not billed.
  package static let provisioning = 120.0
  /// Seconds for the container's image and the data, on the instance; billed like training.
  package static let preparing = 60.0

  /// Seconds that one round takes.
  package var roundSeconds: Double
  /// Seconds before a job's instance is there.
  package var provisioning: Double
  /// Seconds on the instance before the first round.
  package var preparing: Double

  package init(
    roundSeconds: Double,
    provisioning: Double = VirtualClock.provisioning,
    preparing: Double = VirtualClock.preparing
  ) {
    self.roundSeconds = roundSeconds
    self.provisioning = provisioning
    self.preparing = preparing
  }

  /// The clock of a job's rows on an instance.
  package init(rows: Int, features: Int, on instance: Instance) {
    let visits = Double(rows) * Double(features)
    self.init(
      roundSeconds: visits / (Double(instance.processors) * VirtualClock.visitsPerSecond)
    )
  }

  /// The same clock where an instance is kept warm: nothing is provisioned or prepared.
  package var warm: VirtualClock {
    VirtualClock(roundSeconds: roundSeconds, provisioning: 0, preparing: 0)
  }
}

/// What a job takes and costs.
package struct JobCost: Hashable, Sendable {
  /// Seconds on instances, lost work and preparation included.
  package var trainingSeconds: Double
  /// Seconds that are paid at the price on demand.
  package var billedSeconds: Double
  /// Seconds from the request to the end.
  package var wallSeconds: Double
  /// US dollars; nil where no instance is named.
  package var dollars: Double?

  package init(
    trainingSeconds: Double,
    billedSeconds: Double,
    wallSeconds: Double,
    on instance: Instance?
  ) {
    self.trainingSeconds = trainingSeconds
    self.billedSeconds = billedSeconds
    self.wallSeconds = wallSeconds
    dollars = instance.map { billedSeconds * $0.hourly / 3600 }
  }

  /// An undisturbed job of some rounds.
  package init(rounds: Int, _ clock: VirtualClock, on instance: Instance?) {
    let training = clock.preparing + Double(rounds) * clock.roundSeconds
    self.init(
      trainingSeconds: training,
      billedSeconds: training,
      wallSeconds: clock.provisioning + training,
      on: instance
    )
  }

  /// The share of the training time that is not paid: 1 − billed ÷ training.
  package var saving: Double { trainingSeconds == 0 ? 0 : 1 - billedSeconds / trainingSeconds }
}
