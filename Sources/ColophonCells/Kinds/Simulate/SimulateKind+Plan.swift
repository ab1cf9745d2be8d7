package import ColophonCluster
import ColophonCore
package import ColophonLearning

/// What a step computes with, as the cell says it.
struct SimulateNumbers {
  var precision: Precision
  var gradientsInFP32: Bool
  var optimizer: OptimizerState
  var attention: AttentionKernel
}

extension FieldReader {
  /// `batch {global, micro}`.
  ///
  /// With a train cell as the workload it may be left out: the batch is then the cell's own.
  mutating func batch(of training: SimulateTraining?) -> (global: Int, micro: Int?) {
    let isGiven = training == nil
    let read = section(
      "batch",
      required: isGiven && !isTraining,
      "Sequences (samples) of a step; a train cell's own batch unless given."
    ) { fields in
      (
        fields.integer(
          "global",
          in: 1...100_000_000,
          required: true,
          "Sequences (samples) of a step, over all devices."
        ),
        fields.integer(
          "micro",
          in: 1...1_000_000,
          default: 1,
          "Sequences a device takes at a time."
        )
      )
    }
    guard let read else { return (training?.network?.batchSize ?? 1, nil) }
    return (read.0 ?? 1, read.1)
  }

  /// Whether the workload is a train cell, even one that can't be read.
  private var isTraining: Bool {
    peek("workload").map { $0.isScalar && $0.content != .null } ?? false
  }

  mutating func numbers(of training: SimulateTraining?) -> SimulateNumbers {
    let precision = choice(
      "precision",
      of: Precision.allCases.map { $0.rawValue },
      default: (training == nil ? Precision.bf16 : .fp32).rawValue,
      "The number format of the matrix products."
    )
    let gradients = choice(
      "gradients",
      of: ["model", "fp32"],
      default: "model",
      "Whether gradients are kept in the model's precision (16 bytes a parameter in all with Adam) "
        + "or in fp32 (18)."
    )
    let optimizer = choice(
      "optimizer",
      of: OptimizerState.allCases.map { $0.rawValue },
      default: (training?.optimizer ?? .adam).rawValue,
      "The optimizer, whose state each parameter carries."
    )
    let attention = choice(
      "attention",
      of: AttentionKernel.allCases.map { $0.rawValue },
      default: AttentionKernel.flash.rawValue,
      "Attention with its scores in memory, or fused (flash1: the kernel's first version)."
    )
    return SimulateNumbers(
      precision: Precision(rawValue: precision) ?? .bf16,
      gradientsInFP32: gradients == "fp32",
      optimizer: OptimizerState(rawValue: optimizer) ?? .adam,
      attention: AttentionKernel(rawValue: attention) ?? .flash
    )
  }

  mutating func recompute(default standard: Recompute) -> Recompute {
    let word = choice(
      "recompute",
      of: Recompute.allCases.map { $0.rawValue },
      default: standard.rawValue,
      "What of the activations is computed again: nothing, the attention's core (with a fused kernel "
        + "every second product), or all but the layers' inputs."
    )
    return Recompute(rawValue: word) ?? standard
  }

  mutating func collective() -> CollectiveChoice {
    let word = choice(
      "collective",
      of: CollectiveChoice.allCases.map { $0.rawValue },
      default: CollectiveChoice.automatic.rawValue,
      "The algorithm of collectives between nodes."
    )
    return CollectiveChoice(rawValue: word) ?? .automatic
  }

  /// `parallelism`; `data` is what the others leave unless given.
  mutating func parallelism(devices: Int?) -> Plan? {
    section("parallelism", "How the step is laid out over the devices.") { fields in
      let degrees = 1...1_000_000
      let data = fields.integer("data", in: degrees, "Copies of the model; what the others leave.")
      let tensor = fields.integer("tensor", in: degrees, default: 1, "Devices to a matrix.")
      let pipeline = fields.integer("pipeline", in: degrees, default: 1, "Stages of layers.")
      let context = fields.integer("context", in: degrees, default: 1, "Devices to a sequence.")
      let expert = fields.integer(
        "expert",
        in: degrees,
        default: 1,
        "Devices to a layer's experts, among the data-parallel ones."
      )
      let zero = fields.integer(
        "zero",
        in: 0...3,
        default: 0,
        "What the copies share: 1 the optimizer's state, 2 gradients too, 3 parameters too (FSDP)."
      )
      let sequence = fields.boolean(
        "sequence",
        default: false,
        "Whether norms and dropouts are shared along the sequence by the devices of a matrix."
      )
      let schedule = fields.choice(
        "schedule",
        of: schedules.names,
        default: OneForwardOneBackward.name,
        "The order of the pipeline's work."
      )
      let interleave = fields.integer(
        "interleave",
        in: 1...1000,
        default: 1,
        "Chunks of layers to a stage, for the interleaved schedule."
      )
      if interleave > 1, schedule != Interleaved.name {
        fields.report(
          .simulatePlan(
            "'interleave' is for the interleaved schedule, and this is \(schedule)",
            at: fields.position(of: "interleave")
          )
        )
      }
      let overlap: Bool? =
        fields.has("overlap") || fields.isBlank
        ? fields.boolean(
          "overlap",
          default: zero > 0,
          "Whether gradients are reduced beside the backward pass; so where state is shared."
        ) : nil
      let tensorOverlap = fields.boolean(
        "tensor_overlap",
        default: true,
        "Whether the backward pass's collectives among the devices of a matrix run beside the weights' "
          + "gradients."
      )
      let rest = (devices ?? 1) / max(1, tensor * pipeline * context)
      return Plan(
        data: data ?? max(1, rest),
        tensor: tensor,
        pipeline: pipeline,
        context: context,
        expert: expert,
        zero: ZeroStage(rawValue: zero) ?? .none,
        sharesSequence: sequence,
        schedule: ScheduleKind(rawValue: schedule) ?? .oneForwardOneBackward,
        interleave: interleave,
        overlapsGradients: overlap,
        overlapsTensor: tensorOverlap
      )
    }
  }

  /// `compare`: other plans beside the cell's own.
  mutating func variants(of plan: Plan, _ settings: StepSettings, devices: Int?)
    -> [SimulateVariant]
  {
    sections("compare", "Other plans, side by side; what one leaves out is the cell's.") {
      fields,
      index in
      var settings = settings
      let name = fields.string("name", default: "variant \(index + 1)", "What the table calls it.")
      settings.microBatch = fields.integer(
        "micro",
        in: 1...1_000_000,
        default: settings.microBatch,
        "Sequences a device takes at a time; the cell's own unless given."
      )
      var other = fields.parallelism(devices: devices) ?? plan
      other.recompute = fields.recompute(default: plan.recompute)
      other.collective = plan.collective
      let fleet = fields.fleet()
      return SimulateVariant(
        name: name,
        index: index,
        plan: other,
        settings: settings,
        fleet: fleet
      )
    }
  }

  /// `workers`: how a train cell's network is really trained.
  mutating func fleet() -> FleetRecipe? {
    section(
      "workers",
      "With a train cell as the workload: virtual workers that really do its arithmetic, on the "
        + "cluster's virtual clock; sums in the order of 'collective'."
    ) { FleetRecipe(reading: &$0) }
  }

  /// Where fields stand, nested ones by their path, those of variants by their index.
  func simulatePlaces() -> [String: SourcePosition] {
    var places: [String: SourcePosition] = [:]
    for name in [
      "workload", "cluster", "batch", "precision", "parallelism", "recompute", "spot", "checkpoint",
      "workers", "warm_pool", "steps", "tokens", "search", "collective", "failures", "stragglers",
    ] {
      guard let node = peek(name) else { continue }
      places[name] = node.position
      for entry in node.entries ?? [] { places["\(name).\(entry.key)"] = entry.value.position }
    }
    for (index, item) in (peek("compare")?.items ?? []).enumerated() {
      places["compare[\(index)]"] = item.position
      for entry in item.entries ?? [] {
        let name = "compare[\(index)].\(entry.key)"
        places[name] = entry.value.position
        for inner in entry.value.entries ?? [] {
          places["\(name).\(inner.key)"] = inner.value.position
        }
      }
    }
    return places
  }
}

/// A plan beside the cell's own.
package struct SimulateVariant: Sendable {
  package var name: String
  package var index: Int
  package var plan: Plan
  package var settings: StepSettings
  /// Virtual workers of its own.
  package var fleet: FleetRecipe?
}
