/// Times of a transformer's parts under a plan: one layer, the embedding, the output with its loss.
package struct TransformerTimes: Sendable {
  private let model: Transformer
  private let plan: Plan
  private let settings: StepSettings
  private let device: DeviceTimes
  private let collectives: Collectives
  private let placement: Placement

  package init(
    _ model: Transformer,
    _ plan: Plan,
    _ settings: StepSettings,
    _ device: DeviceTimes,
    _ cluster: Cluster
  ) {
    self.model = model
    self.plan = plan
    self.settings = settings
    self.device = device
    collectives = Collectives(cluster, plan.collective)
    placement = Placement(plan, cluster)
  }

  /// Tokens of a micro-batch on one device.
  private var tokens: Double {
    Double(settings.microBatch) * Double(model.sequence) / Double(plan.context)
  }
  private var constants: Calibration { device.calibration }
  private var t: Double { Double(plan.tensor) }
  private var h: Double { Double(model.hidden) }
  private var width: Double { settings.precision.bytes }
  private var isFused: Bool { settings.attention != .standard }
  /// Token rows of one expert's products, and how many experts a device holds.
  private var experts: (rows: Double, held: Double) {
    let held = max(1, Double(model.experts) / Double(plan.expert))
    return (tokens * Double(model.expertsPerToken) / held, held)
  }

  // MARK: One layer

  /// One layer of the model.
  package func layer() -> LayerTimes {
    var times = LayerTimes(interference: constants.interference)
    addProducts(&times)
    let attention = attentionCore()
    times.forward += attention.forward
    times.backwardInput += attention.backward
    let traffic = device.streaming(elementwiseBytes)
    times.forward += traffic + constants.kernelsForward * constants.launch
    times.backwardInput +=
      traffic * constants.backwardTraffic + constants.kernelsBackward * constants.launch
    addCollectives(&times)
    addRecomputation(&times, attention: attention.forward)
    addSharding(&times, parameters: layerParameters)
    return times
  }

  /// A layer's parameters on one device.
  package var layerParameters: Double {
    let experts = Double(model.experts) * model.expertParameters / Double(plan.expert)
    return (model.attentionParameters + experts) / t + model.routerParameters
  }

  /// Adds a product to a pass and its two companions to the other.
  private func add(
    _ m: Double,
    _ n: Double,
    _ k: Double,
    batch: Double = 1,
    to times: inout LayerTimes
  ) {
    times.forward += device.product(m, n, k, batch: batch) + device.narrowing(m, n, k, batch: batch)
    times.backwardInput +=
      device.product(m, k, n, batch: batch) + device.narrowing(m, k, n, batch: batch)
    times.backwardWeights += device.product(k, n, m, batch: batch)
  }

  private func addProducts(_ times: inout LayerTimes) {
    let f = Double(model.feedForward)
    add(tokens, (h + 2 * model.keyValueWidth) / t, h, to: &times)
    add(tokens, h, h / t, to: &times)
    let (rows, held) = experts
    let inner = f / t
    add(rows, model.isGated ? 2 * inner : inner, h, batch: held, to: &times)
    add(rows, h, inner, batch: held, to: &times)
    if model.experts > 1 { add(tokens, Double(model.experts), h, to: &times) }
  }

  /// Scores, softmax and the weighted sum of values: products, or the fused kernel.
  private func attentionCore() -> (forward: Double, backward: Double) {
    let s = Double(model.sequence)
    let b = Double(settings.microBatch)
    if isFused {
      return device.attention(
        settings.attention,
        rows: b * s / Double(plan.context),
        keys: s,
        width: h / t
      )
    }
    let count = b * Double(model.heads) / t
    let rows = s / Double(plan.context)
    let d = model.headWidth
    let products =
      device.scoreProduct(rows, s, d, batch: count) + device.scoreProduct(rows, d, s, batch: count)
    let scores = count * rows * s
    let traffic = device.streamingScores(scores * 9 * width / 2)
    var (forward, backward) = (
      products + traffic, 2 * products + traffic * constants.backwardTraffic
    )
    if looseKernels > 0 {
      forward += device.streamingScores(scores * 33) + looseKernels * constants.launch
      backward += device.streamingScores(scores * 34) + looseKernels * constants.launch
    }
    return (forward, backward)
  }

  /// Kernels that a softmax which isn't fused takes more, in each pass.
  ///
  /// Megatron's fused kernel needs a number of matrices that four divide. Where it can't be used, scores
  /// in 16 bits are widened, scaled, masked, normalised and narrowed one after the other: 37 bytes a
  /// score where the kernel moves 4, and 40 for 6 on the way back (Megatron-LM, fused_softmax).
  private var looseKernels: Double {
    let count = Double(settings.microBatch * model.heads) / t
    let fits = count.truncatingRemainder(dividingBy: 4) == 0
    return isFused || fits || settings.precision == .fp32 ? 0 : 4
  }

  /// Bytes of the element-wise kernels of a forward pass.
  ///
  /// Two norms (4 bytes a number read and written), two residual additions with dropout (7), the
  /// activation (4 of its inner width, 6 with a gate), and the changes of layout around attention
  /// (12, among the tensor-parallel ranks); for numbers of two bytes.
  private var elementwiseBytes: Double {
    let shared = plan.sharesSequence ? t : 1
    let inner =
      Double(model.feedForward) * Double(model.expertsPerToken) / t * (model.isGated ? 6 : 4)
    let numbers = tokens * (h * (8 + 14) / shared + inner + 12 * h / t)
    return numbers * width / 2
  }

  // MARK: Communication

  private func addCollectives(_ times: inout LayerTimes) {
    let bytes = tokens * h * width
    var count = 0.0
    if plan.tensor > 1 {
      let reduce = collectives.allReduce(bytes, placement.tensor).seconds
      times.forwardWaits += 2 * reduce
      times.backwardWaits += 2 * reduce - hidden(2 * reduce)
      count += 2
    }
    if plan.expert > 1 {
      let share = bytes * Double(model.expertsPerToken) / t
      let exchange = collectives.allToAll(share, placement.expert)
      times.forwardWaits += 2 * exchange
      times.backwardWaits += 2 * exchange
      count += 2
    }
    if plan.context > 1 {
      // Keys and values travel around the ring beside the attention over those at hand.
      let held = 2 * tokens * model.keyValueWidth / t * width
      let steps = Double(plan.context - 1)
      let hop = collectives.message(held, crossing: placement.context.nodes > 1)
      times.forwardBeside += steps * hop
      times.backwardBeside += 2 * steps * hop
      addMerging(&times)
    }
    let issues = count * constants.hostCollective
    let more = looseKernels / constants.kernelsForward * constants.hostForward
    times.forwardHost = constants.hostForward + issues + more
    times.backwardHost = constants.hostBackward + issues + more
  }

  /// Seconds of the backward pass's tensor-parallel collectives that cost nothing.
  ///
  /// A gradient that all ranks wait for is summed while the same matrix's weights get theirs (the
  /// projections to queries, keys and values, and the feed-forward part's first); a collective takes a
  /// share of its time from the kernels beside it. Where weights wait for a bubble, nothing is beside it.
  private func hidden(_ collectives: Double) -> Double {
    guard plan.overlapsTensor, plan.schedule != .zeroBubble else { return 0 }
    let (rows, held) = experts
    let inner = Double(model.feedForward) / t * (model.isGated ? 2 : 1)
    let weights =
      device.product(h, (h + 2 * model.keyValueWidth) / t, tokens)
      + device.product(h, inner, rows, batch: held)
    return (1 - constants.interference) * min(collectives, weights)
  }

  /// Each block of the ring gives part of the attention, which is merged into what is there in fp32.
  ///
  /// A part is brought to fp32 (read in the model's numbers, written in four bytes) and merged (two
  /// read, one written); in a balanced ring every other step has half of the queries. The way back
  /// adds up the slopes of queries, keys and values likewise.
  ///
  /// - SeeAlso: Liu, Zaharia and Abbeel, "Ring attention with blockwise transformers", 2023, section 3.
  private func addMerging(_ times: inout LayerTimes) {
    let steps = Double(plan.context)
    let bytes = width + 4 + 12
    let queries = tokens * h / t * 0.75
    let others = 2 * tokens * model.keyValueWidth / t
    times.forward += steps * (device.streaming(queries * bytes) + 2 * constants.launch)
    times.backwardInput +=
      steps * (device.streaming((queries + others) * bytes) + 6 * constants.launch)
  }

  private func addRecomputation(_ times: inout LayerTimes, attention: Double) {
    switch plan.recompute {
    case .none: break
    case .selective:
      times.recomputed = isFused ? (times.forward - attention) / 2 : attention
    case .full:
      times.recomputed = times.forward
      times.backwardWaits += times.forwardWaits
      times.backwardHost += times.forwardHost
      times.backwardBeside += plan.context > 1 ? times.forwardBeside : 0
    }
  }

  /// Parameters gathered for each pass, gradients scattered after the backward one (FSDP).
  private func addSharding(_ times: inout LayerTimes, parameters: Double) {
    guard plan.zero == .parameters, plan.data * plan.context > 1 else { return }
    let gather = collectives.half(parameters * settings.precision.bytes, placement.data)
    times.forwardBeside += gather
    times.backwardBeside +=
      gather + collectives.half(parameters * settings.precision.bytes, placement.data)
  }

  // MARK: The ends

  /// The embedding: rows gathered, their gradients scattered.
  package func embedding() -> LayerTimes {
    var times = LayerTimes(interference: constants.interference)
    let traffic = device.streaming(tokens * h * 6 * width)
    times.forward = traffic
    times.backwardWeights = traffic
    return times
  }

  /// The output's product and the loss over its logits.
  package func output() -> LayerTimes {
    var times = LayerTimes(interference: constants.interference)
    let columns = Double(model.vocabulary) / t
    add(tokens, columns, h, to: &times)
    let traffic =
      plan.tensor > 1 || plan.pipeline > 1 || plan.zero != .parameters
      ? constants.fusedLossTraffic : constants.plainLossTraffic
    times.forward += device.streaming(tokens * columns * traffic)
    times.backwardInput += device.streaming(tokens * columns * 6)
    addSharding(&times, parameters: Double(model.vocabulary) * h / t)
    return times
  }
}
