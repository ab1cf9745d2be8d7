package import ColophonCore
package import ColophonData

/// What the network is, apart from how it learns.
package struct DeepARShape: Hashable, Sendable, Codable {
  /// Which categories become vectors.
  package enum Categories: Hashable, Sendable, Codable {
    /// The category columns; without any, the series' names.
    case auto
    case none
    /// As many category columns, with as many levels.
    case counts([Int])
  }

  /// How many steps before the forecast the network reads.
  package var context: Int
  package var cells: Int
  package var layers: Int
  package var isGated: Bool
  package var likelihood: String
  /// How many paths are drawn.
  package var samples: Int
  package var embedding: Int
  package var categories: Categories
  /// How many steps ago the values are that each step reads.
  package var lags: [Int]

  init(reading fields: inout FieldReader, _ terms: ForecastTerms) {
    context =
      fields.integer(
        "context_length",
        in: 1...10_000,
        "How many steps before a forecast are read; by default prediction_length."
      ) ?? terms.length
    cells = fields.integer("num_cells", in: 1...4_096, default: 40, "States of a layer.")
    layers = fields.integer("num_layers", in: 1...16, default: 2, "Recurrent layers.")
    isGated =
      fields.choice("cell_type", of: ["lstm", "gru"], default: "lstm", "What the layers are of.")
      == "gru"
    likelihood = fields.choice(
      "likelihood",
      of: forecastLikelihoods.names,
      default: StudentTLikelihood.name,
      "The distribution of a step's value: student-T and gaussian for real values, "
        + "negative-binomial for counts."
    )
    samples = fields.integer(
      "num_eval_samples",
      in: 2...100_000,
      default: 100,
      "Paths that are drawn to tell quantiles from."
    )
    embedding = fields.integer(
      "embedding_dimension",
      in: 1...1_024,
      default: 10,
      "How many numbers a category becomes."
    )
    categories = DeepARShape.categories(&fields)
    let season = terms.season
    let usual = [1, 2, 3] + (season > 1 ? [season - 1, season, season + 1, 2 * season] : [4])
    let written = fields.numbers("lags", in: .closed(1, 100_000), DeepARShape.lagWords)
    let whole = written.compactMap { Int(exactly: $0) }
    if whole.count != written.count {
      fields.report(.partOfStep(at: fields.position(of: "lags")))
    }
    lags = Set(whole.isEmpty ? usual.filter { $0 > 0 } : whole).sorted()
    if written.isEmpty { fields.resolve("lags", to: .array(lags.map { .integer($0) })) }
  }

  private static let lagWords =
    "How many steps ago the values are that each step reads; by default the last three, and those a "
    + "season, a season and a step to either side, and two seasons ago."

  private static func categories(_ fields: inout FieldReader) -> Categories {
    let documentation =
      "Which categories become vectors: auto takes the category columns or, where there are none, "
      + "the series' names; ignore takes none; a list says how many levels each column must have."
    guard
      let node = fields.node(
        "cardinality",
        .union([.choice(["auto", "ignore"]), .list(.integer(1...10_000_000))]),
        documentation
      )
    else {
      fields.resolve("cardinality", to: .string("auto"))
      return .auto
    }
    if let items = node.items {
      let counts = items.compactMap { item -> Int? in
        if case .integer(let count) = item.content, count > 0 { count } else { nil }
      }
      if counts.count == items.count {
        fields.resolve("cardinality", to: .array(counts.map { .integer($0) }))
        return .counts(counts)
      }
      fields.report(.wrongType("cardinality", expected: "counts of at least 1", found: node))
      return .auto
    }
    guard node.isScalar, ["auto", "ignore"].contains(node.text) else {
      fields.report(.unknownChoice("cardinality", found: node, among: ["auto", "ignore"]))
      return .auto
    }
    fields.resolve("cardinality", to: .string(node.text))
    return node.text == "auto" ? .auto : .none
  }
}

extension Diagnostic {
  static func partOfStep(at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "train.lags", at: position, "a lag is a whole number of steps")
  }
}
