import ColophonCore

extension XGBoostReader {
  /// The parameters of the tree booster, and those it shares with the others.
  mutating func readTree(booster: String, objective: String?) {
    let isLinear = booster == "gblinear"
    let trees = Condition.booster(booster, is: "gbtree", "dart")
    number(
      "eta",
      alias: "learning_rate",
      in: .closed(0, 1),
      default: isLinear ? 0.5 : 0.3,
      "By what each round's step is shrunk; 0.5 for gblinear."
    )
    number(
      "lambda",
      alias: "reg_lambda",
      in: .atLeast(0),
      default: isLinear ? 0 : 1,
      "The penalty on squared leaf weights; 0 for gblinear."
    )
    number(
      "alpha",
      alias: "reg_alpha",
      in: .atLeast(0),
      default: 0,
      "The penalty on absolute leaf weights."
    )
    number(
      "gamma",
      alias: "min_split_loss",
      in: .atLeast(0),
      default: 0,
      if: trees,
      "The least gain for which a leaf is split."
    )
    let depth = integer(
      "max_depth",
      in: 0...1_000,
      default: 6,
      if: trees,
      "Levels of a tree; 0 is no limit."
    )
    number(
      "min_child_weight",
      in: .atLeast(0),
      default: 1,
      if: trees,
      "The least sum of second derivatives in a leaf."
    )
    number(
      "max_delta_step",
      in: .atLeast(0),
      default: objective == "count:poisson" ? 0.7 : 0,
      if: trees,
      "The largest step of a leaf; 0 is no limit; 0.7 for count:poisson."
    )
    readSampling(trees)
    let method = readMethod(trees)
    let leaves = readGrowth(trees)
    readProcess(trees)
    if depth == 0, method != "exact", leaves == 0, trees.holds {
      fields.report(
        .parameterValue(
          "max_depth",
          "can't be 0 where max_leaves is: one of them must limit a tree",
          at: fields.position(of: "max_depth")
        )
      )
    }
    if depth == 0, method == "exact" {
      fields.report(
        .parameterValue(
          "max_depth",
          "can't be 0 with tree_method exact",
          at: fields.position(of: fields.has("max_depth") ? "max_depth" : "tree_method")
        )
      )
    }
  }

  private mutating func readSampling(_ trees: Condition) {
    let share = Interval.above(0, upTo: 1)
    number(
      "subsample",
      in: share,
      default: 1,
      if: trees,
      "The share of rows drawn for each round."
    )
    let method = choice(
      "sampling_method",
      of: ["uniform", "gradient_based"],
      default: "uniform",
      if: trees,
      "How rows are drawn."
    )
    refuse(
      "sampling_method",
      method,
      ["gradient_based"],
      "the library has it for tree_method gpu_hist alone, and \(XGBoostReader.noGraphics)"
    )
    number(
      "colsample_bytree",
      in: share,
      default: 1,
      if: trees,
      "The share of features drawn for each tree."
    )
    number(
      "colsample_bylevel",
      in: share,
      default: 1,
      if: trees,
      "The share of those drawn for each level."
    )
    number(
      "colsample_bynode",
      in: share,
      default: 1,
      if: trees,
      "The share of those drawn for each split."
    )
  }

  private mutating func readMethod(_ trees: Condition) -> String {
    let method = choice(
      "tree_method",
      of: ["auto", "exact", "approx", "hist", "gpu_hist"],
      default: "hist",
      if: trees,
      "How splits are found; hist unless named, where the library itself chooses by the rows."
    )
    refuse(
      "tree_method",
      method,
      ["gpu_hist"],
      XGBoostReader.noGraphics,
      hint: "hist is the same on a processor"
    )
    integer(
      "max_bin",
      in: 2...65_536,
      default: 256,
      if: trees,
      "Bins of a feature for hist and approx."
    )
    let predictor = choice(
      "predictor",
      of: ["auto", "cpu_predictor", "gpu_predictor"],
      default: "auto",
      if: trees,
      "What computes predictions."
    )
    refuse(
      "predictor",
      predictor,
      ["gpu_predictor"],
      XGBoostReader.noGraphics,
      hint: "auto is the same on a processor"
    )
    integer(
      "max_cat_to_onehot",
      in: 1...1_000_000,
      default: 4,
      if: trees,
      "From how many categories on they are parted rather than split off; features are numbers here."
    )
    integer(
      "max_cat_threshold",
      in: 1...1_000_000,
      default: 64,
      if: trees,
      "The most categories looked at for a split; features are numbers here."
    )
    return method
  }

  private mutating func readGrowth(_ trees: Condition) -> Int {
    choice(
      "grow_policy",
      of: ["depthwise", "lossguide"],
      default: "depthwise",
      if: trees,
      "Whether the node nearest the root or the one of the largest gain is split first."
    )
    let leaves = integer(
      "max_leaves",
      in: 0...1_000_000,
      default: 0,
      if: trees,
      "The most leaves of a tree; 0 is no limit."
    )
    integer(
      "num_parallel_tree",
      in: 1...100_000,
      default: 1,
      if: trees,
      "Trees grown in each round; above 1 with subsampling is a boosted forest."
    )
    return leaves
  }

  /// Parameters that change the trees of an earlier model, or how finely the steps go about theirs.
  private mutating func readProcess(_ trees: Condition) {
    flag(
      "refresh_leaf",
      default: true,
      if: trees,
      "Whether the refresh updater changes leaves, and not only their statistics."
    )
    let process = choice(
      "process_type",
      of: ["default", "update"],
      default: "default",
      if: trees,
      "Whether trees are grown, or those of the model that the cell goes on from are changed by "
        + "the updaters refresh and prune."
    )
    let names = (fields.peek("updater")?.text ?? "").split(separator: ",").map { String($0) }
    let changing = ["refresh", "prune", "sync"]
    if process == "update", names.isEmpty || !names.allSatisfy({ changing.contains($0) }) {
      fields.report(
        .parameterValue(
          "process_type",
          "can be update only with an updater that changes trees and grows none",
          at: fields.position(of: "process_type"),
          hint: "set updater to refresh, prune or both"
        )
      )
    }
  }
}
