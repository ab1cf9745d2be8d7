import ColophonCore

extension XGBoostReader {
  /// The parameters of trees with dropout.
  mutating func readDart(booster: String) {
    let dart = Condition.booster(booster, is: "dart")
    choice(
      "sample_type",
      of: ["uniform", "weighted"],
      default: "uniform",
      if: dart,
      "How the trees that are dropped are drawn."
    )
    choice(
      "normalize_type",
      of: ["tree", "forest"],
      default: "tree",
      if: dart,
      "Whether new trees weigh like each dropped tree or like all of them."
    )
    number(
      "rate_drop",
      in: .closed(0, 1),
      default: 0,
      if: dart,
      "The share of earlier trees that a round drops."
    )
    flag("one_drop", default: false, if: dart, "Whether at least one tree is dropped.")
    number(
      "skip_drop",
      in: .closed(0, 1),
      default: 0,
      if: dart,
      "The chance that a round drops nothing."
    )
  }
}
