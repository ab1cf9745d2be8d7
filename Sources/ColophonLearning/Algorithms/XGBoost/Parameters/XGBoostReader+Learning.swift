import ColophonCore

extension XGBoostReader {
  /// The parameters of the learning task and its objectives.
  mutating func readLearning(objective: String?) {
    readBaseScore(objective)
    flag(
      "seed_per_iteration",
      default: false,
      "Whether each round draws from a seed of its own, so that a job that draws rows or columns and "
        + "is resumed need not run again what it has done."
    )
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
    readSurvival(objective)
    readRanking(objective)
  }

  private func needs(_ objective: String?, _ name: String) -> Condition {
    Condition(holds: objective == name, words: "objective is \(name)")
  }

  private mutating func readBaseScore(_ objective: String?) {
    let interval: Interval =
      switch objective {
      case "binary:logistic", "reg:logistic", "binary:logitraw": .open(0, 1)
      case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft": .above(0)
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

  /// The library's own metrics, which are told of the finished model on every split.
  mutating func readEvaluation() -> [String] {
    flag(
      "disable_default_eval_metric",
      default: true,
      "Whether the library leaves out the metric of its objective where 'eval_metric' names none; "
        + "its own default is false."
    )
    let names = fields.strings(
      "eval_metric",
      "The library's own metrics, such as auc, error@0.3 or ndcg@5-, told of the finished model; "
        + "rounds are measured by the cell's 'metrics'."
    )
    for name in names where !LibraryMetric.isKnown(name.value) {
      let bare = name.value.prefix { $0 != "@" }
      fields.report(
        .parameterValue(
          "eval_metric",
          "names '\(name.value)', which is no metric of xgboost",
          at: name.position,
          hint: Suggestion.hint(for: String(bare), among: LibraryMetric.names)
        )
      )
    }
    return names.map { $0.value }.filter { LibraryMetric.isKnown($0) }
  }

  private mutating func readSurvival(_ objective: String?) {
    choice(
      "aft_loss_distribution",
      of: ["normal", "logistic", "extreme"],
      default: "normal",
      if: needs(objective, "survival:aft"),
      "How the logarithm of the time is distributed."
    )
    number(
      "aft_loss_distribution_scale",
      in: .above(0),
      default: 1,
      if: needs(objective, "survival:aft"),
      "The scale of that distribution."
    )
  }

  private mutating func readRanking(_ objective: String?) {
    let ranks = Condition(
      holds: objective?.hasPrefix("rank:") ?? true,
      words: "the objective ranks"
    )
    integer(
      "num_pairsample",
      in: 1...1_000_000,
      default: 1,
      if: ranks,
      "How many pairs are drawn for each row of a query."
    )
    number(
      "fix_list_weight",
      in: .atLeast(0),
      default: 0,
      if: ranks,
      "What the pairs of each query weigh together; 0 leaves them as they are."
    )
  }
}
