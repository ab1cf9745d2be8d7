/// What a round depends on besides the trees before it.
extension XGBoost {
  /// Whether the trees of an earlier model are changed, and none grown.
  var isUpdate: Bool { setting("process_type") == "update" }

  var parallelTrees: Int { setting("num_parallel_tree").flatMap { Int($0) } ?? 1 }

  /// Whether a resumed job must go through its rounds again: where the library's random generator
  /// runs on from round to round, and where trees wait to be changed, neither of which it can write
  /// down.
  var replays: Bool { setting("seed_per_iteration") != "1" || isUpdate }

  /// The steps that keep a generator of their own for columns from round to round; nil where there
  /// are none, or where each round does not begin with a seed of its own.
  ///
  /// The library's `seed_per_iteration` does not reach those generators, so the steps are made anew
  /// for each round.
  var renewedSteps: String? {
    guard !replays, booster != "gblinear" else { return nil }
    let shares = ["colsample_bytree", "colsample_bylevel", "colsample_bynode"]
    guard shares.contains(where: { (setting($0) ?? "1") != "1" }) else { return nil }
    if let steps = setting("updater"), !steps.isEmpty { return steps }
    switch setting("tree_method") {
    case "hist": return "grow_quantile_histmaker"
    case "approx": return "grow_histmaker"
    default: return nil
    }
  }
}
