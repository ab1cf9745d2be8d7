/// Bytes of activations that one transformer layer keeps for the backward pass of one micro-batch
/// (Korthikanti and others 2022, equations 1 to 6).
///
/// For a GPT layer of two-byte numbers it is sbh(10 + 24/t + 5as/(ht)), and sbh(34 + 5as/h)/t with
/// the sequence shared; grouped heads, gates, experts and the lack of dropout change the terms, not
/// the form.
package struct ActivationMemory: Hashable, Sendable {
  private let model: Transformer
  private let plan: Plan
  private let settings: StepSettings

  package init(_ model: Transformer, _ plan: Plan, _ settings: StepSettings) {
    self.model = model
    self.plan = plan
    self.settings = settings
  }

  private var tokens: Double {
    Double(settings.microBatch) * Double(model.sequence) / Double(plan.context)
  }
  private var t: Double { Double(plan.tensor) }
  /// Bytes of a number over the two that the paper's formulas count.
  private var scale: Double { settings.precision.bytes / 2 }
  /// How often what is not shared among tensor-parallel ranks is held once.
  private var shared: Double { plan.sharesSequence ? t : 1 }

  /// One layer.
  package var layer: Double {
    let h = Double(model.hidden)
    if plan.recompute == .full { return 2 * tokens * h * scale / shared }
    if plan.recompute == .selective, settings.attention != .standard { return everySecond }
    return outside + inside + (keepsScores ? scores : fusedStatistics)
  }

  /// What every tensor-parallel rank holds whole: inputs of norms and products, dropout masks.
  private var outside: Double {
    let h = Double(model.hidden)
    let masks = model.isGated ? 0.0 : 2.0
    return tokens * h * (8 * scale + masks) / shared
  }

  /// What they share: queries, keys, values, attention's result, the feed-forward part's inner values.
  private var inside: Double {
    let h = Double(model.hidden)
    let heads = 2 * h + 4 * model.keyValueWidth + 2 * h
    let inner = Double(model.feedForward) * Double(model.expertsPerToken)
    let routed = Double(model.expertsPerToken - 1) * 2 * h
    return tokens * (heads + inner * (model.isGated ? 6 : 4) + routed) * scale / t
  }

  /// The layer's input, the results of every second product (queries, values, the first of the
  /// feed-forward part's and its last) and of the attention.
  private var everySecond: Double {
    let h = Double(model.hidden)
    let inner = Double(model.feedForward) * Double(model.expertsPerToken)
    let whole = tokens * 4 * h * scale / shared
    return whole + tokens * 2 * (2 * h + model.keyValueWidth + inner) * scale / t + fusedStatistics
  }

  private var keepsScores: Bool { settings.attention == .standard && plan.recompute == .none }

  /// Scores, their softmax's result and its dropout mask: 5as/h of the paper.
  private var scores: Double {
    5 * Double(model.heads) * Double(model.sequence) * tokens / t * scale
  }

  /// A fused kernel keeps a number for each row and head.
  private var fusedStatistics: Double {
    settings.attention == .standard ? 0 : 4 * Double(model.heads) * tokens / t
  }
}
