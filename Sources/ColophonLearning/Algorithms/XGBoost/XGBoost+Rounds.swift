/// What a round depends on besides the trees before it.
extension XGBoost {
  /// Whether the trees of an earlier model are changed, and none grown.
  var isUpdate: Bool { setting("process_type") == "update" }

  var parallelTrees: Int { setting("num_parallel_tree").flatMap { Int($0) } ?? 1 }

  /// Whether a resumed job must go through its rounds again, since the library can't write down what
  /// it keeps: where its random generator runs on from round to round, where features are shuffled
  /// from the order that they were last shuffled to, and where trees wait to be changed.
  var replays: Bool {
    isUpdate || setting("feature_selector") == "shuffle"
      || draws && setting("seed_per_iteration") != "1"
  }

  /// Whether rounds draw anything: rows, columns, trees to drop.
  private var draws: Bool {
    let shares = ["subsample", "colsample_bytree", "colsample_bylevel", "colsample_bynode"]
    return booster == "dart" || shares.contains { (setting($0) ?? "1") != "1" }
  }

  /// The steps that keep a generator of their own from round to round; nil where there are none,
  /// where nothing is drawn, or where rounds do not begin with seeds of their own.
  ///
  /// The library's `seed_per_iteration` does not reach those generators, and making them takes a
  /// draw; so the steps are made anew for each round.
  var renewedSteps: String? {
    guard !replays, booster != "gblinear" else { return nil }
    let shares = ["subsample", "colsample_bytree", "colsample_bylevel", "colsample_bynode"]
    guard shares.contains(where: { (setting($0) ?? "1") != "1" }) else { return nil }
    let makers = ["approx": "grow_histmaker", "hist": "grow_quantile_histmaker"]
    if let steps = setting("updater"), !steps.isEmpty {
      return makers.values.contains { steps.contains($0) } ? steps : nil
    }
    return setting("tree_method").flatMap { makers[$0] }
  }
}
