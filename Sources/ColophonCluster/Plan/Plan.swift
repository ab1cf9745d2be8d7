/// How a training step is laid out over the devices.
package struct Plan: Hashable, Sendable {
  /// Copies of the model that see different rows.
  package var data: Int
  /// Devices that share each matrix.
  package var tensor: Int
  /// Stages of layers.
  package var pipeline: Int
  /// Devices that share a sequence.
  package var context: Int
  /// Devices that share the experts of a layer; they are among the `data` ones.
  package var expert: Int
  /// What the data-parallel devices share of the model's state.
  package var zero: ZeroStage
  /// Whether norms and dropouts are shared along the sequence by the tensor-parallel devices.
  package var sharesSequence: Bool
  package var schedule: ScheduleKind
  /// Chunks of layers to a stage, for the interleaved schedule.
  package var interleave: Int
  package var recompute: Recompute
  package var collective: CollectiveChoice
  /// Whether gradients are reduced while the backward pass still runs; nil for what is usual: only
  /// where state is sharded.
  package var overlapsGradients: Bool?
  /// Whether the backward pass's tensor-parallel collectives run beside the weights' gradients, as in
  /// Megatron-LM since the end of 2021.
  package var overlapsTensor: Bool

  package init(
    data: Int = 1,
    tensor: Int = 1,
    pipeline: Int = 1,
    context: Int = 1,
    expert: Int = 1,
    zero: ZeroStage = .none,
    sharesSequence: Bool = false,
    schedule: ScheduleKind = .oneForwardOneBackward,
    interleave: Int = 1,
    recompute: Recompute = .none,
    collective: CollectiveChoice = .automatic,
    overlapsGradients: Bool? = nil,
    overlapsTensor: Bool = true
  ) {
    self.data = data
    self.tensor = tensor
    self.pipeline = pipeline
    self.context = context
    self.expert = expert
    self.zero = zero
    self.sharesSequence = sharesSequence
    self.schedule = schedule
    self.interleave = schedule == .interleaved ? max(1, interleave) : 1
    self.recompute = recompute
    self.collective = collective
    self.overlapsGradients = overlapsGradients
    self.overlapsTensor = overlapsTensor
  }

  /// All devices of the plan.
  package var devices: Int { data * tensor * pipeline * context }

  /// Whether gradients are reduced beside the backward pass.
  package var reducesBeside: Bool { overlapsGradients ?? (zero != .none) }
}

/// What data-parallel devices share (Rajbhandari and others 2020, "ZeRO", section 5).
package enum ZeroStage: Int, Codable, Hashable, Sendable, CaseIterable {
  case none = 0
  /// The optimizer's state.
  case optimizer = 1
  /// The gradients too.
  case gradients = 2
  /// The parameters too, as fully sharded data parallelism does.
  case parameters = 3
}

/// What of a layer's activations is computed again in the backward pass.
package enum Recompute: String, Codable, Hashable, Sendable, CaseIterable {
  case none
  /// The attention's core alone (Korthikanti and others 2022, section 5). Where a fused kernel has left
  /// nothing to recompute there: every second matrix product with what follows it, as PyTorch's
  /// per-operation policy does.
  case selective
  /// All but each layer's input.
  case full
}

/// The order of a pipeline's work.
package enum ScheduleKind: String, Codable, Hashable, Sendable, CaseIterable {
  case gpipe
  case oneForwardOneBackward = "1f1b"
  case interleaved
  case zeroBubble = "zero_bubble"
}

/// The algorithm of the collectives.
package enum CollectiveChoice: String, Codable, Hashable, Sendable, CaseIterable {
  case ring
  case tree
  case hierarchical
  case halvingDoubling = "halving_doubling"
  case automatic = "auto"
}

/// What a step computes with.
package struct StepSettings: Hashable, Sendable {
  /// Sequences (samples) of a step, over all devices.
  package var globalBatch: Int
  /// Sequences that a device takes at a time.
  package var microBatch: Int
  package var precision: Precision
  /// Whether gradients are kept and reduced in fp32 (18 bytes a parameter in all with Adam) or in the
  /// model's precision (16).
  package var gradientsInFP32: Bool
  package var optimizer: OptimizerState
  package var attention: AttentionKernel

  package init(
    globalBatch: Int,
    microBatch: Int,
    precision: Precision = .bf16,
    gradientsInFP32: Bool = false,
    optimizer: OptimizerState = .adam,
    attention: AttentionKernel = .standard
  ) {
    self.globalBatch = globalBatch
    self.microBatch = microBatch
    self.precision = precision
    self.gradientsInFP32 = gradientsInFP32
    self.optimizer = optimizer
    self.attention = attention
  }

  /// Bytes of one gradient.
  package var gradientBytes: Double { gradientsInFP32 ? 4 : precision.bytes }

  /// Micro-batches that each copy of the model takes in a step.
  package func microBatches(_ plan: Plan) -> Int {
    globalBatch / max(1, plan.data * microBatch)
  }
}

/// What an optimizer keeps of each parameter, in fp32 beside the model's own copy.
package enum OptimizerState: String, Codable, Hashable, Sendable, CaseIterable {
  case adam
  case adamw
  case momentum
  case sgd

  /// Moments kept, in fp32 numbers.
  private var moments: Double {
    switch self {
    case .adam, .adamw: 2
    case .momentum: 1
    case .sgd: 0
    }
  }

  /// Bytes a parameter; the fp32 master copy is among them where the model is narrower.
  package func bytes(_ precision: Precision) -> Double {
    4 * moments + (precision == .fp32 ? 0 : 4)
  }
}

/// How attention is computed.
package enum AttentionKernel: String, Codable, Hashable, Sendable, CaseIterable {
  /// Scores in memory, one product after the other.
  case standard
  /// Fused, scores never in memory, the masked half skipped (Dao 2023).
  case flash
  /// The first version of the fused kernel (Dao and others 2022).
  case flashFirst = "flash1"
}
