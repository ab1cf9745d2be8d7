import ColophonCore

extension FieldReader {
  /// The fields `algorithm` and `hyperparameters` of a member, the latter read as its algorithm
  /// reads them.
  ///
  /// `usual`: What is taken where no algorithm is named; nil demands one.
  /// - Returns: The recipe; nil where no algorithm could be read.
  mutating func memberRecipe(usual: (any Algorithm.Type)?) -> (any Algorithm)? {
    let known = algorithms.names
    let documentation = "How the member learns: one of the algorithms."
    let given: String?
    if let usual {
      let written = peek("algorithm")
      let name = choice("algorithm", of: known, default: usual.name, documentation)
      // A name that is not known was reported, and its hyperparameters are not the usual one's.
      given = written.map { known.contains($0.text) } ?? true ? name : nil
    } else {
      let name = choice("algorithm", of: known, required: true, noun: "algorithm", documentation)
      given = name?.value
    }
    return hyperparameters(of: given.flatMap { algorithms[$0] })
  }

  private mutating func hyperparameters(of type: (any Algorithm.Type)?) -> (any Algorithm)? {
    let documentation = "The member's own settings, under the names of its reference."
    guard let type else {
      _ = node("hyperparameters", .map(.any), documentation)
      return nil
    }
    return section("hyperparameters", defaulted: documentation) { type.init(reading: &$0) }
  }

  /// Says where ensembles stand too deep within one another.
  ///
  /// Reported by the one that is a level too deep, so once, at the member that brings the last.
  mutating func checkDepth(of ensemble: some Ensemble) {
    let deepest = Swift.type(of: ensemble).deepest
    guard ensemble.depth == deepest + 1 else { return }
    for member in ensemble.members {
      guard (member.recipe as? any Ensemble)?.depth == deepest else { continue }
      let place = memberNode(member.path)
      report(
        .nestedTooDeep(
          deepest,
          at: place?.position ?? position,
          length: place?.length ?? 1
        )
      )
    }
  }

  /// The name of a member's algorithm, as it is written.
  private func memberNode(_ path: String) -> Node? {
    let parts = path.split(whereSeparator: { "[]".contains($0) })
    guard let name = parts.first, var node = peek(String(name)) else { return nil }
    if parts.count > 1, let index = Int(parts[1]), let items = node.items,
      items.indices.contains(index)
    {
      node = items[index]
    }
    return node.entries?.first { $0.key == "algorithm" }?.value ?? node
  }
}

extension Diagnostic {
  static func nestedTooDeep(_ deepest: Int, at position: SourcePosition, length: Int) -> Diagnostic
  {
    Diagnostic(
      .error,
      "train.nested-too-deep",
      at: position,
      length: length,
      "at most \(deepest) ensembles may stand within one another",
      hint: "let this member be a single model"
    )
  }
}
