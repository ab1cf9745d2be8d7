import ColophonCore

extension TreeSettings {
  /// Reads the fields that every tree has.
  ///
  /// `features`: what `max_features` is unless given, in words.
  init(reading fields: inout FieldReader, features: String, balancesSubsamples: Bool = false) {
    self.init()
    let criteria = Criterion.allCases.map { $0.rawValue }
    criterion = fields.choice(
      "criterion",
      of: criteria,
      "What a split makes small: gini (for classes, unless given), entropy or log_loss; "
        + "squared_error (for numbers, unless given; friedman_mse is the same), absolute_error "
        + "(leaves are medians) or poisson (of numbers of at least 0)."
    ).flatMap { Criterion(rawValue: $0.value) }
    maxDepth = fields.integer(
      "max_depth",
      in: 1...1_000_000,
      "The most questions on the way to a leaf; no limit unless given."
    )
    readSizes(&fields)
    maxFeatures = fields.features(
      "max_features",
      "How many features are drawn for each split: sqrt, log2, all, a number or a share; "
        + "\(features) unless given."
    )
    maxLeafNodes = fields.integer(
      "max_leaf_nodes",
      in: 2...100_000_000,
      "The most leaves, those of the largest gain being split first; no limit unless given."
    )
    minImpurityDecrease = fields.number(
      "min_impurity_decrease",
      in: .atLeast(0),
      default: 0,
      "By how much a split must lower the impurity, weighed by the node's share of the rows."
    )
    pruning = fields.number(
      "ccp_alpha",
      in: .atLeast(0),
      default: 0,
      "What a leaf costs when the tree is pruned back; 0 prunes nothing."
    )
    classWeight = fields.classWeight(subsamples: balancesSubsamples)
  }

  private mutating func readSizes(_ fields: inout FieldReader) {
    minSamplesSplit = fields.rows(
      "min_samples_split",
      least: 2,
      "How many rows a node needs to be split, or the share of all rows."
    )
    minSamplesLeaf = fields.rows(
      "min_samples_leaf",
      least: 1,
      "How many rows a leaf needs, or the share of all rows."
    )
    minWeightFraction = fields.number(
      "min_weight_fraction_leaf",
      in: .closed(0, 0.5),
      default: 0,
      "The share of the whole weight that a leaf needs."
    )
  }
}

extension FieldReader {
  /// A number of rows, or a share of them: `5` or `0.01`.
  mutating func rows(_ name: String, least: Int, _ documentation: String) -> TreeSettings.Amount {
    let share = Interval.above(0, upTo: 1)
    let type = FieldType.union([.integer(least...Int(Int32.max)), .number(share)])
    guard let node = node(name, type, default: .integer(least), documentation) else {
      return .count(least)
    }
    switch node.content {
    case .integer(let count) where count >= least && count <= Int(Int32.max): return .count(count)
    case .number(let number) where share.contains(number): return .share(number)
    default:
      report(
        .parameterValue(
          name,
          "takes a whole number from \(least), or a share above 0 and at most 1.0",
          at: node.position
        )
      )
      return .count(least)
    }
  }

  /// A number of features, a share of them, or `sqrt`, `log2`, `all`.
  mutating func features(_ name: String, _ documentation: String) -> TreeSettings.Amount? {
    let words: [String: TreeSettings.Amount] = [
      "sqrt": .squareRoot, "log2": .logarithm, "all": .all,
    ]
    let share = Interval.above(0, upTo: 1)
    let type = FieldType.union([
      .choice(["sqrt", "log2", "all"]), .integer(1...Int(Int32.max)), .number(share),
    ])
    guard let node = node(name, type, documentation) else { return nil }
    switch node.content {
    case .string(let word) where words[word] != nil: return words[word]
    case .string: report(.unknownChoice(name, found: node, among: ["sqrt", "log2", "all"]))
    case .integer(let count) where count >= 1 && count <= Int(Int32.max): return .count(count)
    case .number(let number) where share.contains(number): return .share(number)
    default:
      report(
        .parameterValue(
          name,
          "takes sqrt, log2, all, a whole number from 1, or a share above 0 and at most 1.0",
          at: node.position
        )
      )
    }
    return nil
  }

  /// `balanced`, or a map from labels to weights.
  mutating func classWeight(subsamples: Bool) -> ClassWeight {
    let words = ["balanced"] + (subsamples ? ["balanced_subsample"] : [])
    let type = FieldType.union([.choice(words), .map(.number(.atLeast(0)))])
    let documentation =
      "What the classes weigh: \(words.joined(separator: ", ")), or a weight for each label."
    guard let node = node("class_weight", type, documentation) else { return .none }
    guard let entries = node.entries else {
      switch node.content {
      case .string("balanced"): return .balanced
      case .string("balanced_subsample") where subsamples: return .balancedSubsample
      case .string: report(.unknownChoice("class_weight", found: node, among: words))
      default: report(.wrongType("class_weight", expected: "balanced or a map", found: node))
      }
      return .none
    }
    var weights: [String: Double] = [:]
    for entry in entries {
      switch entry.value.content {
      case .integer(let weight) where weight >= 0: weights[entry.key] = Double(weight)
      case .number(let weight) where weight >= 0 && weight.isFinite: weights[entry.key] = weight
      default:
        report(
          .parameterValue(
            "class_weight",
            "takes a number of at least 0 for '\(entry.key)'",
            at: entry.value.position
          )
        )
      }
    }
    return .given(weights)
  }
}
