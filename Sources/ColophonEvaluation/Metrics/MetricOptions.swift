package import ColophonCore

/// Where conventions differ, which one a metric follows.
package struct MetricOptions: Hashable, Sendable {
  /// How probabilities are put into bins.
  package enum Binning: String, Hashable, Sendable, CaseIterable {
    /// Bins [k/B, (k + 1)/B), the last one closed.
    case equalWidth = "equal_width"
    /// Bins of as equal weight as ties allow.
    case equalMass = "equal_mass"
  }

  /// How the area under the ROC curve is carried over to several classes.
  package enum Pairing: String, Hashable, Sendable, CaseIterable {
    /// Each class against the rest.
    case oneVersusRest = "ovr"
    /// Each class against each other (Hand and Till, 2001).
    case oneVersusOne = "ovo"
  }

  /// What a relevant row is worth to `ndcg_K`.
  package enum Gain: String, Hashable, Sendable, CaseIterable {
    /// 2^relevance − 1.
    case exponential
    /// The relevance itself.
    case linear
  }

  /// How rows of a query that have one score are ranked.
  package enum RankTies: String, Hashable, Sendable, CaseIterable {
    /// In the order in which they stand.
    case file
    /// In every order, averaged.
    case averaged
  }

  /// What a query in which nothing is relevant counts.
  package enum EmptyQueries: String, Hashable, Sendable, CaseIterable {
    /// Nothing: it is left out.
    case skip
    /// 0.
    case zero
  }

  /// The number of bins of `ece` and `mce`; 1 to 1,000.
  package var bins: Int
  package var binning: Binning
  /// Where Huber's loss turns from square to line; above 0.
  package var delta: Double
  package var pairing: Pairing
  package var gain = Gain.exponential
  package var ties = RankTies.file
  package var empty = EmptyQueries.skip
  /// After how many rows a series repeats itself, for `mase`; nil for what the model says, else 1.
  package var season: Int?

  package init(
    bins: Int = 10,
    binning: Binning = .equalWidth,
    delta: Double = 1,
    pairing: Pairing = .oneVersusRest
  ) {
    precondition((1...1_000).contains(bins), "\(bins) bins")
    precondition(delta > 0, "delta \(delta)")
    self.bins = bins
    self.binning = binning
    self.delta = delta
    self.pairing = pairing
  }

  /// Reads the options from a cell's fields.
  package init(reading fields: inout FieldReader) {
    bins = fields.integer("bins", in: 1...1_000, default: 10, "Bins of `ece` and `mce`.")
    binning =
      Binning(
        rawValue: fields.choice(
          "binning",
          of: Binning.allCases.map { $0.rawValue },
          default: Binning.equalWidth.rawValue,
          "Whether bins of `ece` and `mce` are equally wide or equally full."
        )
      ) ?? .equalWidth
    delta = fields.number(
      "delta",
      in: .above(0),
      default: 1,
      "Where `huber` turns from square to line."
    )
    pairing =
      Pairing(
        rawValue: fields.choice(
          "multiclass_auc",
          of: Pairing.allCases.map { $0.rawValue },
          default: Pairing.oneVersusRest.rawValue,
          "Whether the area under the ROC curve of several classes is taken of each class against "
            + "the rest or against each other."
        )
      ) ?? .oneVersusRest
    readRanking(&fields)
    season = fields.integer(
      "season",
      in: 1...1_000_000,
      "After how many rows a series repeats itself: `mase` measures against the value then; by "
        + "default what the model says, else 1."
    )
  }

  private mutating func readRanking(_ fields: inout FieldReader) {
    func choice<Choice: RawRepresentable & CaseIterable>(
      _ name: String,
      _ value: Choice,
      _ documentation: String
    ) -> Choice where Choice.RawValue == String {
      let choices = Choice.allCases.map { $0.rawValue }
      let read = fields.choice(name, of: choices, default: value.rawValue, documentation)
      return Choice(rawValue: read) ?? value
    }
    gain = choice(
      "gain",
      gain,
      "What relevance is worth to `ndcg_K`: `exponential` is 2^relevance − 1."
    )
    ties = choice(
      "ties",
      ties,
      "Whether rows of a query with one score are ranked as they stand or in every order, averaged."
    )
    empty = choice(
      "empty",
      empty,
      "Whether a query in which nothing is relevant is left out or counts as 0."
    )
  }
}
