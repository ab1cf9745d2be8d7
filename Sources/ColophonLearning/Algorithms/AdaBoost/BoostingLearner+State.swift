import ColophonCore

extension BoostingLearner.State {
  func encoded() throws -> [UInt8] {
    let header = Value.object([
      "round": .integer(round), "end": end.map { .string($0.rawValue) } ?? .null,
      "words": .array(words.map { .number($0) }), "weights": .array(weights.map { .number($0) }),
    ])
    return HeadedBytes(header: header, body: TreeBytes.encode(trees)).encoded()
  }

  /// Nil where the bytes are no state over so many features, outputs and rows.
  init?(decoding bytes: [UInt8], features: Int, outputs: Int, rows: Int) {
    guard let parts = HeadedBytes(decoding: bytes),
      let round = parts.header["round"]?.asInteger,
      let words = parts.header["words"]?.asArray?.compactMap({ $0.asNumber }),
      let weights = parts.header["weights"]?.asArray?.compactMap({ $0.asNumber }),
      let trees = TreeBytes.decode(parts.body, features: features, outputs: outputs),
      words.count == trees.count, weights.count == rows
    else { return nil }
    self.init(round: round, trees: trees, words: words, weights: weights)
    if case .string(let text)? = parts.header["end"] { end = .init(rawValue: text) }
  }
}
