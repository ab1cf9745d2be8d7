import ColophonCore

extension XGBoostReader {
  private static let treeUpdaters = [
    "grow_colmaker", "grow_histmaker", "grow_quantile_histmaker", "sync", "refresh", "prune",
  ]

  /// The parameters of the linear booster, and the updaters of both.
  mutating func readLinear(booster: String) {
    let linear = Condition.booster(booster, is: "gblinear")
    let updater = readUpdater(isLinear: linear.holds)
    let selector = choice(
      "feature_selector",
      of: ["cyclic", "shuffle", "random", "greedy", "thrifty"],
      default: "cyclic",
      if: linear,
      "In which order a linear booster visits features."
    )
    if linear.holds, updater == "shotgun", !["cyclic", "shuffle"].contains(selector) {
      fields.report(
        .parameterNeeds(
          "feature_selector: \(selector)",
          "updater is coord_descent",
          at: fields.position(of: "feature_selector")
        )
      )
    }
    integer(
      "top_k",
      in: 0...1_000_000,
      default: 0,
      if: .and(
        linear,
        Condition(
          holds: ["greedy", "thrifty"].contains(selector),
          words: "feature_selector is greedy or thrifty"
        )
      ),
      "How many features greedy and thrifty look at; 0 is all."
    )
  }

  /// The updaters: one of two for a linear booster, a sequence for trees.
  private mutating func readUpdater(isLinear: Bool) -> String {
    let documentation =
      "shotgun or coord_descent for gblinear; for trees a list of steps that tree_method sets."
    let fallback = isLinear ? "shotgun" : ""
    let known = isLinear ? ["shotgun", "coord_descent"] : XGBoostReader.treeUpdaters
    let updater = fields.string("updater", default: fallback, documentation)
    guard fields.has("updater") else {
      if isLinear { pass("updater", fallback) }
      return fallback
    }
    for name in ["grow_gpu_hist", "gpu_coord_descent"] where updater.contains(name) {
      refuse("updater", name, [name], XGBoostReader.noGraphics)
      return fallback
    }
    for name in updater.split(separator: ",").map({ String($0) }) where !known.contains(name) {
      fields.report(
        .parameterValue(
          "updater",
          "names '\(name)', which is no updater here",
          at: fields.position(of: "updater"),
          hint: Suggestion.hint(for: name, among: known)
        )
      )
      return fallback
    }
    pass("updater", updater)
    return updater
  }
}
