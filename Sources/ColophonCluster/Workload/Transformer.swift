/// A decoder-only transformer, by its dimensions.
package struct Transformer: Codable, Hashable, Sendable {
  package var layers: Int
  package var hidden: Int
  package var heads: Int
  /// Heads of keys and values; fewer than `heads` where groups share them.
  package var keyValueHeads: Int
  /// The inner width of the feed-forward part (of one expert).
  package var feedForward: Int
  /// Whether the feed-forward part has a gate (three matrices, as in Llama).
  package var isGated: Bool
  /// Tokens in a sequence.
  package var sequence: Int
  package var vocabulary: Int
  /// Whether the output shares the embedding's matrix.
  package var tiesEmbeddings: Bool
  /// Experts in each layer; 1 for a dense model.
  package var experts: Int
  /// Experts that each token visits.
  package var expertsPerToken: Int

  package init(
    layers: Int,
    hidden: Int,
    heads: Int,
    keyValueHeads: Int? = nil,
    feedForward: Int? = nil,
    isGated: Bool = false,
    sequence: Int,
    vocabulary: Int,
    tiesEmbeddings: Bool? = nil,
    experts: Int = 1,
    expertsPerToken: Int? = nil
  ) {
    self.layers = layers
    self.hidden = hidden
    self.heads = heads
    self.keyValueHeads = keyValueHeads ?? heads
    self.feedForward = feedForward ?? 4 * hidden
    self.isGated = isGated
    self.sequence = sequence
    self.vocabulary = vocabulary
    self.tiesEmbeddings = tiesEmbeddings ?? !isGated
    self.experts = max(1, experts)
    self.expertsPerToken = experts > 1 ? expertsPerToken ?? 2 : 1
  }

  /// A head's width.
  package var headWidth: Double { Double(hidden) / Double(heads) }
  /// The width of keys (or values) of all heads together.
  package var keyValueWidth: Double { headWidth * Double(keyValueHeads) }
}

/// What is counted in a transformer: parameters and operations.
extension Transformer {
  /// Parameters of a layer's attention: the four projections, and two norms.
  ///
  /// Ungated (GPT) layers have biases and norms with shifts, gated (Llama) layers have neither.
  package var attentionParameters: Double {
    let h = Double(hidden)
    let matrices = h * (h + 2 * keyValueWidth) + h * h
    return matrices + (isGated ? 2 * h : h + 2 * keyValueWidth + h + 4 * h)
  }

  /// Parameters of one expert (or of a dense layer's feed-forward part).
  package var expertParameters: Double {
    let (h, f) = (Double(hidden), Double(feedForward))
    return isGated ? 3 * h * f : 2 * h * f + f + h
  }

  /// The router's parameters; none in a dense model.
  package var routerParameters: Double { experts > 1 ? Double(hidden * experts) : 0 }

  /// Parameters of a layer.
  package var layerParameters: Double {
    attentionParameters + Double(experts) * expertParameters + routerParameters
  }

  /// Parameters of the embedding: tokens, and positions where they are learned (GPT).
  package var embeddingParameters: Double {
    Double(hidden) * (Double(vocabulary) + (isGated ? 0 : Double(sequence)))
  }

  /// Parameters of the output's own matrix; none where it is the embedding's.
  package var outputParameters: Double {
    tiesEmbeddings ? 0 : Double(hidden) * Double(vocabulary)
  }

  /// Parameters of the whole model.
  package var parameters: Double {
    Double(layers) * layerParameters + embeddingParameters + outputParameters + Double(hidden)
      * (isGated ? 1 : 2)
  }

  /// FLOPs of the matrix products of a layer's forward pass over one sequence.
  ///
  /// Attention counts the whole square, as the published figures do, not the half that a causal mask
  /// leaves.
  package var layerFlops: Double {
    let (s, h, f) = (Double(sequence), Double(hidden), Double(feedForward))
    let projections = 2 * s * h * (2 * h + 2 * keyValueWidth)
    let attention = 4 * s * s * h
    let feed = Double(expertsPerToken) * 2 * s * h * f * (isGated ? 3 : 2)
    return projections + attention + feed
  }

  /// FLOPs of the output's product over one sequence, forward.
  package var outputFlops: Double {
    2 * Double(sequence) * Double(hidden) * Double(vocabulary)
  }

  /// FLOPs that one sequence needs, forward and backward, without recomputation (Narayanan et al.
  ///
  /// 2021, equation 3, with a factor of 72 in place of 96).
  package var modelFlops: Double { 3 * (Double(layers) * layerFlops + outputFlops) }
}
