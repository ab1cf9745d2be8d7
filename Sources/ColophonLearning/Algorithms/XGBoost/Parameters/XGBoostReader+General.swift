import ColophonCore

extension XGBoostReader {
  /// The parameters for every booster; returns the booster.
  mutating func readGeneral() -> String {
    let booster = choice(
      "booster",
      of: ["gbtree", "gblinear", "dart"],
      default: "gbtree",
      "Trees, linear functions, or trees with dropout."
    )
    let verbosity = fields.integer(
      "verbosity",
      in: 0...3,
      default: 0,
      "How much the library tells; a run prints nothing of it."
    )
    if verbosity != 0 { pass("verbosity", String(verbosity)) }
    fields.resolve("verbosity", to: nil)
    flag(
      "validate_parameters",
      default: false,
      "Whether the library checks parameter names too; they are checked here in any case."
    )
    return booster
  }

  /// The most threads that the author allows; nil where as many as are lent may be used.
  mutating func readThreads() -> Int? {
    let words = "How many threads may be used, up to those that are lent; no result depends on it."
    let range = -1...4_096
    var given: Int? = fields.integer("nthread", in: range, words)
    let other: Int? = fields.integer("n_jobs", in: range, "Another name of 'nthread'.")
    if other != nil, !isTwice("nthread", "n_jobs") { given = other }
    fields.resolve("nthread", to: nil)
    fields.resolve("n_jobs", to: nil)
    return given.flatMap { $0 > 0 ? $0 : nil }
  }

  /// The library's seed; nil where it is drawn from the cell's.
  mutating func readSeed() -> Int? {
    let range = 0...Int(Int32.max)
    var given: Int? = fields.integer(
      "seed",
      in: range,
      "The library's own seed; drawn from the cell's unless given."
    )
    let other: Int? = fields.integer("random_state", in: range, "Another name of 'seed'.")
    if let other, !isTwice("seed", "random_state") {
      given = other
      fields.resolve("seed", to: .integer(other))
    }
    fields.resolve("random_state", to: nil)
    return given
  }

  /// The objective that the author named.
  mutating func readObjective() -> String? {
    fields.choice(
      "objective",
      of: XGBoostObjective.all.names,
      "What is learned; by default binary:logistic, multi:softprob, rank:pairwise or "
        + "reg:squarederror, by the task."
    )?.value
  }

  mutating func checkClassCount(_ count: Int?, objective: String?) {
    guard count != nil, let objective, !objective.hasPrefix("multi:") else { return }
    fields.report(
      .parameterNeeds(
        "num_class",
        "objective is multi:softmax or multi:softprob",
        at: fields.position(of: "num_class")
      )
    )
  }
}
