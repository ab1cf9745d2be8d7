/// A long run: its work, what it does against failures, what may happen to it.
///
/// Times are in seconds.
package struct RunPlan: Hashable, Sendable {
  package var steps: Int
  package var stepSeconds: Double
  package var nodes: Int
  package var devicesPerNode: Int
  /// Seconds of work between checkpoints; nil for none.
  package var checkpointEvery: Double?
  /// Seconds to write one; the run stands still meanwhile.
  package var checkpointSeconds: Double
  /// Seconds from a failure to the next step, where a spare node is at hand.
  package var restartSeconds: Double
  /// Nodes that stand by.
  package var spares: Int
  /// Seconds until a failed node has been replaced.
  package var replacementSeconds: Double
  /// Whether the run goes on with fewer nodes, more slowly, rather than wait for one.
  package var isElastic: Bool
  package var failures: FailureModel?
  package var spot: SpotModel?
  /// Whether the course of the work is recorded, point by point.
  package var recordsCourse = false

  package init(
    steps: Int,
    stepSeconds: Double,
    nodes: Int,
    devicesPerNode: Int = 8,
    checkpointEvery: Double? = nil,
    checkpointSeconds: Double = 0,
    restartSeconds: Double = 300,
    spares: Int = 0,
    replacementSeconds: Double = 3600,
    isElastic: Bool = false,
    failures: FailureModel? = nil,
    spot: SpotModel? = nil
  ) {
    self.steps = steps
    self.stepSeconds = stepSeconds
    self.nodes = nodes
    self.devicesPerNode = devicesPerNode
    self.checkpointEvery = checkpointEvery
    self.checkpointSeconds = checkpointSeconds
    self.restartSeconds = restartSeconds
    self.spares = spares
    self.replacementSeconds = replacementSeconds
    self.isElastic = isElastic
    self.failures = failures
    self.spot = spot
  }
}

/// Failures of machines.
package struct FailureModel: Hashable, Sendable {
  /// Mean seconds between failures of one device.
  package var deviceMeanTime: Double
  /// The share of failures that take several nodes at once.
  package var correlatedShare: Double
  /// Nodes that such a failure takes.
  package var correlatedNodes: Int

  package init(deviceMeanTime: Double, correlatedShare: Double = 0, correlatedNodes: Int = 1) {
    self.deviceMeanTime = deviceMeanTime
    self.correlatedShare = correlatedShare
    self.correlatedNodes = max(1, correlatedNodes)
  }

  /// Mean seconds between failures of the whole run.
  package func meanTime(devices: Int) -> Double { deviceMeanTime / Double(devices) }
}
