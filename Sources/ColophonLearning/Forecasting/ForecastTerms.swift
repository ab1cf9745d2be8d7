package import ColophonCore
package import ColophonData

/// What every forecaster is told: how far apart steps are, how far it looks, what it tells.
package struct ForecastTerms: Hashable, Sendable, Codable {
  package var frequency: TimeFrequency
  /// How many steps are forecast at a time; at least 1.
  package var length: Int
  /// After how many steps a series repeats itself; 1 where it doesn't.
  package var season: Int
  /// The quantiles that are forecast, rising.
  package var levels: [Double]

  package init(frequency: TimeFrequency, length: Int, season: Int, levels: [Double]) {
    self.frequency = frequency
    self.length = length
    self.season = season
    self.levels = levels
  }

  package init(reading fields: inout FieldReader) {
    let words = "M, W, D, H, min, Q or Y, with a number before it for several: 15min"
    let text = fields.string(
      "time_freq",
      required: true,
      "How far apart the steps of a series are: \(words)."
    )
    let frequency = text.flatMap { TimeFrequency($0.value) }
    if let text, frequency == nil { fields.report(.unknownFrequency(text, words)) }
    self.frequency = frequency ?? TimeFrequency(.month)
    length =
      fields.integer(
        "prediction_length",
        in: 1...10_000,
        required: true,
        "How many steps are forecast at a time; a longer stretch is forecast in several, each from "
          + "all that was before it."
      ) ?? 1
    season =
      fields.integer(
        "season",
        in: 1...100_000,
        "After how many steps a series repeats itself; by default what is usual for time_freq: 12 "
          + "for M, 7 for D."
      ) ?? self.frequency.season
    let written = fields.numbers(
      "test_quantiles",
      in: .open(0, 1),
      "The quantiles that are forecast; by default 0.1, 0.2 … 0.9."
    )
    levels = written.isEmpty ? (1...9).map { Double($0) / 10 } : Set(written).sorted()
    if written.isEmpty {
      fields.resolve("test_quantiles", to: .array(levels.map { .number($0) }))
    }
  }
}

extension Diagnostic {
  static func unknownFrequency(_ text: Located<String>, _ words: String) -> Diagnostic {
    Diagnostic(
      .error,
      "train.time-freq",
      at: text.position,
      length: text.value.utf8.count,
      "'\(text.value)' is no distance of steps",
      hint: "take \(words)"
    )
  }
}
