import ColophonCore

extension XGBoostReader {
  /// The parameters of the learning task and its objectives.
  mutating func readLearning(objective: String?) {
    readBaseScore(objective)
    readEvaluation()
    flag("seed_per_iteration", default: false, "Whether the seed is set anew in each round.")
    let classification = objective.map { $0.hasPrefix("binary:") || $0 == "reg:logistic" } ?? true
    number(
      "scale_pos_weight",
      in: .atLeast(0),
      default: 1,
      if: Condition(holds: classification, words: "the objective has two classes"),
      "By what the positive rows' weights are multiplied; negatives over positives balances them."
    )
    number(
      "tweedie_variance_power",
      in: .open(1, 2),
      default: 1.5,
      if: needs(objective, "reg:tweedie"),
      "The variance is the mean to this power: near 2 like a gamma, near 1 like a Poisson."
    )
    number(
      "huber_slope",
      in: .above(0),
      default: 1,
      if: needs(objective, "reg:pseudohubererror"),
      "Where the pseudo-Huber loss turns from squared to absolute."
    )
    readSurvival()
  }

  private func needs(_ objective: String?, _ name: String) -> Condition {
    Condition(holds: objective == name, words: "objective is \(name)")
  }

  private mutating func readBaseScore(_ objective: String?) {
    let interval: Interval =
      switch objective {
      case "binary:logistic", "reg:logistic", "binary:logitraw": .open(0, 1)
      case "count:poisson", "reg:gamma", "reg:tweedie": .above(0)
      default: .finite
      }
    let documentation =
      "The prediction before the first round; 0.5, or estimated for reg:absoluteerror."
    if objective == "reg:absoluteerror", !fields.has("base_score") {
      let none: Double? = fields.number("base_score", in: interval, documentation)
      return _ = none
    }
    number("base_score", in: interval, default: 0.5, documentation)
  }

  /// The library's own metrics, which are read and not computed.
  private mutating func readEvaluation() {
    let names = fields.strings(
      "eval_metric",
      "The library's metrics; the cell's 'metrics' are measured instead."
    )
    guard !names.isEmpty else { return }
    fields.resolve("eval_metric", to: nil)
    fields.report(
      .parameterWithoutEffect(
        "eval_metric",
        "the cell's 'metrics' are measured after each round",
        at: fields.position(of: "eval_metric")
      )
    )
  }

  private mutating func readSurvival() {
    let documentation = "Of survival:aft, which is not in this version."
    let distribution = fields.choice(
      "aft_loss_distribution",
      of: ["normal", "logistic", "extreme"],
      documentation
    )
    let scale: Double? = fields.number("aft_loss_distribution_scale", in: .above(0), documentation)
    for (name, isGiven) in [
      ("aft_loss_distribution", distribution != nil), ("aft_loss_distribution_scale", scale != nil),
    ] where isGiven {
      fields.report(
        .notInThisVersion(
          "'\(name)' of xgboost",
          at: fields.position(of: name),
          length: 1
        )
      )
    }
  }
}
