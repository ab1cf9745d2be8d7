package import ColophonCluster
package import ColophonCore

/// The run that a simulated step is one of: its length, its checkpoints, what happens to it.
package struct SimulateRun: Sendable {
  package var steps: Int?
  package var tokens: Double?
  /// Mean seconds between failures of one device, and which failures take several nodes.
  package var failures: FailureModel?
  package var spotTimes: [Double]
  package var spotRate: Double?
  /// Nodes that each drawn interruption takes; nil for all of them.
  package var spotNodes: Int?
  /// A recorded course of the capacity: a CSV file with the columns `hours` and `nodes`.
  package var trace: String?
  package var maximumRun: Double?
  package var maximumWait: Double?
  package var meanWait: Double
  /// Seconds of work between checkpoints; nil where the best is asked for.
  package var checkpointEvery: Double?
  package var takesBestInterval: Bool
  package var checkpointSeconds: Double
  package var restartSeconds: Double
  package var spares: Int
  package var replacementSeconds: Double
  package var isElastic: Bool
  package var stragglers: (fraction: Double, slowdown: Double)?
  /// Runs like this one after one another.
  package var pool: WarmPool?
  let hasCheckpoint: Bool
  let hasSpot: Bool

  package init(reading fields: inout FieldReader) {
    steps = fields.integer("steps", in: 1...1_000_000_000_000, "Steps of the run.")
    tokens = fields.number("tokens", in: .above(0), "Tokens of the run, in place of 'steps'.")
    failures = fields.section("failures", "How often machines fail.") { fields in
      let hours = fields.number(
        "mtbf_hours",
        in: .above(0),
        default: 50_000,
        "Mean hours between failures of one device."
      )
      let share = fields.number(
        "correlated",
        in: .closed(0, 1),
        default: 0,
        "The share of failures that take several nodes at once."
      )
      let nodes = fields.integer(
        "nodes",
        in: 1...100_000,
        default: 8,
        "Nodes that such a one takes."
      )
      return FailureModel(
        deviceMeanTime: hours * 3600,
        correlatedShare: share,
        correlatedNodes: nodes
      )
    }
    let spot = fields.section("spot", "Capacity that may be taken away.") { fields in
      (
        times: fields.numbers(
          "interruptions",
          in: .atLeast(0),
          "Hours of the run at which capacity is taken away."
        ),
        rate: fields.number("rate", in: .above(0), "Interruptions an hour, drawn."),
        nodes: fields.integer(
          "nodes",
          in: 1...100_000,
          "Nodes that each drawn interruption takes together; all unless given."
        ),
        trace: fields.file(
          "trace",
          "A recorded course of the capacity: CSV with the columns hours and nodes, repeated with its "
            + "own length."
        ),
        run: fields.number("max_run", in: .above(0), "The most hours of running."),
        wait: fields.number("max_wait", in: .above(0), "The most hours from start to end."),
        mean: fields.number(
          "mean_wait",
          in: .atLeast(0),
          default: 0.5,
          "Mean hours until there is new capacity."
        )
      )
    }
    spotTimes = (spot?.times ?? []).map { $0 * 3600 }
    spotRate = spot?.rate
    spotNodes = spot?.nodes
    trace = spot?.trace?.value
    maximumRun = spot?.run.map { $0 * 3600 }
    maximumWait = spot?.wait.map { $0 * 3600 }
    meanWait = (spot?.mean ?? 0.5) * 3600
    let checkpoint = fields.section("checkpoint", "What is done against failures.") { fields in
      (
        every: fields.number("every", in: .above(0), "Seconds of work between checkpoints."),
        best: fields.boolean(
          "optimal",
          default: !fields.has("every"),
          "Whether the interval is Daly's, from the failures' rate."
        ),
        seconds: fields.number(
          "seconds",
          in: .atLeast(0),
          default: 30,
          "Seconds to write one; the run stands still."
        ),
        restart: fields.number(
          "restart_seconds",
          in: .atLeast(0),
          default: 300,
          "Seconds from a failure to the next step."
        ),
        spares: fields.integer(
          "spare_nodes",
          in: 0...100_000,
          default: 0,
          "Nodes standing by, warm and paid for, that take a failed one's place."
        ),
        replacement: fields.number(
          "replacement_hours",
          in: .atLeast(0),
          default: 1,
          "Hours until a failed node has been replaced."
        ),
        elastic: fields.boolean(
          "elastic",
          default: false,
          "Whether the run goes on with fewer nodes rather than wait for one."
        )
      )
    }
    checkpointEvery = checkpoint?.every
    takesBestInterval = checkpoint?.best ?? false
    checkpointSeconds = checkpoint?.seconds ?? 0
    restartSeconds = checkpoint?.restart ?? 300
    spares = checkpoint?.spares ?? 0
    replacementSeconds = (checkpoint?.replacement ?? 1) * 3600
    isElastic = checkpoint?.elastic ?? false
    hasCheckpoint = checkpoint != nil
    hasSpot = spot != nil
    pool = fields.section("warm_pool", "Runs like this one after one another.") { fields in
      WarmPool(
        runs: fields.integer("runs", in: 2...100_000, default: 2, "How many runs."),
        start: fields.number(
          "start_seconds",
          in: .atLeast(0),
          default: 240,
          "Seconds from a request until its machines are ready, paid for."
        ),
        gap: 60
          * fields.number(
            "gap_minutes",
            in: .atLeast(0),
            default: 5,
            "Minutes from the end of a run to the request of the next."
          ),
        keep: 60
          * fields.number(
            "keep_minutes",
            in: .closed(0, 60),
            default: 30,
            "Minutes for which machines are kept after a run."
          )
      )
    }
    stragglers = fields.section("stragglers", "Devices that are slower than the others.") {
      fields in
      (
        fraction: fields.number(
          "fraction",
          in: .closed(0, 1),
          required: true,
          "The share of them."
        ) ?? 0,
        slowdown: fields.number(
          "slowdown",
          in: .atLeast(1),
          required: true,
          "How much longer they take."
        ) ?? 1
      )
    }
  }

  /// Mean seconds between what stops a run on so many devices, failures and drawn interruptions
  /// together; nil where neither has a rate.
  func meanTime(devices: Int) -> Double? {
    let rate =
      (failures.map { 1 / $0.meanTime(devices: devices) } ?? 0) + (spotRate ?? 0) / 3600
    return rate > 0 ? 1 / rate : nil
  }

  /// Whether anything may go wrong.
  var isDisturbed: Bool { failures != nil || hasSpot }
}
