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
      "How much the library prints; nothing is shown here."
    )
    _ = verbosity
    fields.resolve("verbosity", to: nil)
    flag(
      "validate_parameters",
      default: false,
      "Whether the library checks parameter names too; they are checked here in any case."
    )
    let threads: Int? = fields.integer(
      "nthread",
      in: -1...4_096,
      "How many threads may be used; no result depends on it."
    )
    _ = threads
    fields.resolve("nthread", to: nil)
    flag(
      "disable_default_eval_metric",
      default: true,
      "Whether the library measures nothing by itself; the cell's 'metrics' are measured instead."
    )
    return booster
  }

  /// The objective, checked to be one that this version carries out.
  mutating func readObjective() -> String? {
    let names = XGBoostObjective.all.names
    let found = fields.choice(
      "objective",
      of: names,
      "What is learned; by default binary:logistic, multi:softprob or reg:squarederror, by the task."
    )
    if let found, XGBoostObjective.all[found.value]?.isHere == false {
      refuse("objective", found.value, [found.value])
      return nil
    }
    return found?.value
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
