import ColophonCluster
import ColophonCore

extension FieldReader {
  /// `workload` where it names a train cell.
  mutating func simulatedTraining() -> SimulateTraining? {
    guard let written = peek("workload"), written.isScalar, written.content != .null else {
      return nil
    }
    let read = template(
      "workload",
      of: [TrainKind.name],
      required: true,
      "A train cell, whose own network is what is trained; the cell itself need not run."
    ) { TrainKind(reading: &$0) }
    guard let read else { return nil }
    let own = neighbours[read.cell.value]?.entries.first { $0.key == "seed" }
    return SimulateTraining(
      cell: read.cell.value,
      kind: read.recipe,
      seed: own.flatMap { UInt64($0.value.text) }
    )
  }

  /// `workload`: a transformer by its dimensions, or layers by their counts.
  mutating func workload() -> Workload? {
    if let written = peek("workload"), written.isScalar, written.content != .null { return nil }
    var described = FieldReader()
    _ = described.transformer()
    _ = described.layerList()
    let documentation =
      "What is trained: a train cell, whose network's operations are counted; {transformer: {layers, "
      + "hidden, heads, sequence, vocab, …}}; or {layers: [{flops, parameters, activations}]} for one "
      + "sample."
    let type = FieldType.union([
      .reference("\(TrainKind.name) recipe"), .section(described.fields),
    ])
    guard
      let node = node("workload", type, required: true, documentation)
    else { return nil }
    guard let entries = node.entries, entries.count == 1,
      ["transformer", "layers"].contains(entries[0].key)
    else {
      report(.workloadForm(node))
      return nil
    }
    var reader = FieldReader(entries, context: "'workload'", at: node.position)
    let transformer = reader.transformer()
    let layers = reader.layerList()
    reader.finish()
    absorb(reader)
    resolve("workload", to: .object(reader.configuration))
    return transformer.map { .transformer($0) } ?? layers.map { .layers($0) }
  }

  fileprivate mutating func transformer() -> Transformer? {
    let size = 1...100_000_000
    let read = section("transformer", "A decoder-only transformer.") { fields -> Transformer? in
      let layers = fields.integer(
        "layers",
        in: 1...100_000,
        required: true,
        "How many layers it has."
      )
      let hidden = fields.integer("hidden", in: size, required: true, "The model's width.")
      let heads = fields.integer("heads", in: 1...100_000, required: true, "Attention heads.")
      let keyValueHeads = fields.integer(
        "kv_heads",
        in: 1...100_000,
        "Heads of keys and values, where groups share them; 'heads' unless given."
      )
      let inner = fields.integer(
        "ffn",
        in: size,
        "The inner width of the feed-forward part (of one expert); 4 × 'hidden' unless given."
      )
      let isGated = fields.boolean(
        "gated",
        default: false,
        "Whether the feed-forward part has a gate, as in Llama: three matrices, no biases."
      )
      let sequence = fields.integer("sequence", in: size, required: true, "Tokens in a sequence.")
      let vocabulary = fields.integer("vocab", in: size, required: true, "Tokens there are.")
      let ties = fields.boolean(
        "tied_embeddings",
        default: !isGated,
        "Whether the output shares the embedding's matrix; so in ungated models unless given."
      )
      let experts = fields.integer("experts", in: 1...100_000, default: 1, "Experts in a layer.")
      let visited = fields.integer(
        "top_k",
        in: 1...100_000,
        "Experts that each token visits; 2 unless given, where there are several."
      )
      guard let layers, let hidden, let heads, let sequence, let vocabulary else { return nil }
      fields.checkShape(hidden, heads, keyValueHeads, experts, visited)
      return Transformer(
        layers: layers,
        hidden: hidden,
        heads: heads,
        keyValueHeads: keyValueHeads,
        feedForward: inner,
        isGated: isGated,
        sequence: sequence,
        vocabulary: vocabulary,
        tiesEmbeddings: ties,
        experts: experts,
        expertsPerToken: visited
      )
    }
    return read ?? nil
  }

  /// What a transformer's dimensions leave no room for.
  private mutating func checkShape(
    _ hidden: Int,
    _ heads: Int,
    _ keyValueHeads: Int?,
    _ experts: Int,
    _ visited: Int?
  ) {
    if !hidden.isMultiple(of: heads) {
      let message = "\(heads) heads don't divide a width of \(hidden)"
      report(.transformerShape(message, at: position(of: "heads")))
    }
    if let keyValueHeads, !heads.isMultiple(of: keyValueHeads) {
      let message = "\(keyValueHeads) heads of keys and values don't divide \(heads) heads"
      report(.transformerShape(message, at: position(of: "kv_heads")))
    }
    if let visited, visited > experts {
      let message = "a token can't visit \(visited) of \(experts) experts"
      report(.transformerShape(message, at: position(of: "top_k")))
    }
  }

  fileprivate mutating func layerList() -> LayerList? {
    let layers = sections("layers", "Layers by what they cost for one sample.") { fields, _ in
      LayerList.Layer(
        flops: fields.number(
          "flops",
          in: .atLeast(0),
          default: 0,
          "Floating-point operations of the forward pass."
        ),
        parameters: fields.number("parameters", in: .atLeast(0), default: 0, "Parameters."),
        activations: fields.number(
          "activations",
          in: .atLeast(0),
          default: 0,
          "Bytes that the backward pass needs kept."
        )
      )
    }
    return layers.isEmpty ? nil : LayerList(layers)
  }
}
