import ColophonCore
import ColophonData

extension EveryDocumentedParameter {
  static let rows = general + tree + dart + linear + learning + commandLine + choices

  static let general = [
    Row(name: "booster", value: .string("dart"), outcome: .received("booster", "dart")),
    Row(name: "verbosity", value: .integer(2), outcome: .silent),
    Row(
      name: "validate_parameters",
      value: .boolean(true),
      outcome: .received("validate_parameters", "1")
    ),
    Row(name: "nthread", value: .integer(2), outcome: .threads),
    Row(name: "n_jobs", value: .integer(2), outcome: .threads),
    Row(
      name: "disable_default_eval_metric",
      value: .boolean(false),
      outcome: .received("disable_default_eval_metric", "0")
    ),
    Row(name: "num_feature", value: .integer(3), outcome: .refused("the library sets it")),
    Row(name: "use_rmm", value: .boolean(true), outcome: .refused("graphics processors")),
    Row(name: "gpu_id", value: .integer(0), outcome: .refused("graphics processors")),
  ]

  static let tree =
    [
      ("eta", "learning_rate", 0.2), ("learning_rate", "learning_rate", 0.2),
      ("gamma", "min_split_loss", 0.4), ("min_split_loss", "min_split_loss", 0.4),
      ("min_child_weight", "min_child_weight", 2.5), ("max_delta_step", "max_delta_step", 0.9),
      ("subsample", "subsample", 0.6), ("colsample_bytree", "colsample_bytree", 0.5),
      ("colsample_bylevel", "colsample_bylevel", 0.5),
      ("colsample_bynode", "colsample_bynode", 0.5), ("lambda", "reg_lambda", 2),
      ("reg_lambda", "reg_lambda", 2), ("alpha", "reg_alpha", 0.3),
      ("reg_alpha", "reg_alpha", 0.3), ("scale_pos_weight", "scale_pos_weight", 0.7),
    ].map { name, key, value in
      Row(name: name, value: .number(value), outcome: .received(key, "\(value)"))
    }
    + [
      ("max_depth", 4), ("max_leaves", 9), ("max_bin", 32), ("num_parallel_tree", 2),
      ("max_cat_to_onehot", 3), ("max_cat_threshold", 8),
    ].map { name, value in
      Row(name: name, value: .integer(value), outcome: .received(name, "\(value)"))
    }
    + [
      Row(
        name: "sampling_method",
        value: .string("uniform"),
        outcome: .received("sampling_method", "uniform")
      ),
      Row(
        name: "tree_method",
        value: .string("approx"),
        outcome: .received("tree_method", "approx")
      ),
      Row(name: "tree_method", value: .string("auto"), outcome: .received("tree_method", "exact")),
      Row(
        name: "updater",
        value: .string("grow_colmaker,prune"),
        outcome: .received("updater_seq", "grow_colmaker,prune")
      ),
      Row(name: "refresh_leaf", value: .integer(0), outcome: .received("refresh_leaf", "0")),
      Row(
        name: "process_type",
        value: .string("default"),
        outcome: .received("process_type", "default")
      ),
      Row(
        name: "grow_policy",
        value: .string("lossguide"),
        outcome: .received("grow_policy", "lossguide")
      ),
      Row(
        name: "predictor",
        value: .string("cpu_predictor"),
        outcome: .received("predictor", "cpu_predictor")
      ),
      Row(
        name: "monotone_constraints",
        value: .string("(\((0..<30).map { $0 == 3 ? "1" : "0" }.joined(separator: ",")))"),
        outcome: .received(
          "monotone_constraints",
          "(\((0..<30).map { $0 == 3 ? "1" : "0" }.joined(separator: ",")))"
        )
      ),
      Row(
        name: "interaction_constraints",
        value: .string("[[0,1],[2,3,4]]"),
        outcome: .received("interaction_constraints", "[[0,1],[2,3,4]]")
      ),
    ]

  static let dart = [
    ("sample_type", Node.Content.string("weighted"), "weighted"),
    ("normalize_type", .string("forest"), "forest"), ("rate_drop", .number(0.25), "0.25"),
    ("one_drop", .boolean(true), "1"), ("skip_drop", .number(0.5), "0.5"),
  ].map { name, value, text in
    Row(
      name: name,
      value: value,
      outcome: .received(name, text),
      with: [("booster", .string("dart"))]
    )
  }

  static let linear = [
    ("updater", Node.Content.string("coord_descent"), "coord_descent"),
    ("feature_selector", .string("greedy"), "greedy"), ("top_k", .integer(4), "4"),
  ].map { name, value, text in
    Row(
      name: name,
      value: value,
      outcome: .received(name, text),
      with: [
        ("booster", Node.Content.string("gblinear")), ("updater", .string("coord_descent")),
        ("feature_selector", .string("greedy")),
      ].filter { $0.0 != name }
    )
  }

  static let objectives: [(String, Task)] = [
    ("reg:squarederror", .regression), ("reg:squaredlogerror", .regression),
    ("reg:logistic", .binary), ("reg:pseudohubererror", .regression),
    ("reg:absoluteerror", .regression), ("binary:logistic", .binary),
    ("binary:logitraw", .binary), ("binary:hinge", .binary), ("count:poisson", .regression),
    ("survival:cox", .regression), ("survival:aft", .regression), ("multi:softmax", .multiclass),
    ("multi:softprob", .multiclass), ("rank:pairwise", .ranking), ("rank:ndcg", .ranking),
    ("rank:map", .ranking), ("reg:gamma", .regression), ("reg:tweedie", .regression),
  ]

  static let metrics: [(String, String)] = [
    ("rmse", "reg:squarederror"), ("rmsle", "reg:gamma"), ("mae", "reg:squarederror"),
    ("mape", "reg:squarederror"), ("mphe", "reg:pseudohubererror"),
    ("logloss", "binary:logistic"), ("error", "binary:logistic"),
    ("error@0.3", "binary:logistic"), ("merror", "multi:softprob"),
    ("mlogloss", "multi:softprob"), ("auc", "binary:logistic"), ("aucpr", "binary:logistic"),
    ("ndcg", "rank:ndcg"), ("map", "rank:map"), ("ndcg@3", "rank:ndcg"), ("map@3", "rank:map"),
    ("ndcg-", "rank:ndcg"), ("map-", "rank:map"), ("ndcg@3-", "rank:ndcg"),
    ("map@3-", "rank:map"), ("poisson-nloglik", "count:poisson"),
    ("gamma-nloglik", "reg:gamma"), ("cox-nloglik", "survival:cox"),
    ("gamma-deviance", "reg:gamma"), ("tweedie-nloglik@1.3", "reg:tweedie"),
    ("aft-nloglik", "survival:aft"), ("interval-regression-accuracy", "survival:aft"),
  ]

  static let learning =
    objectives.map { name, task in
      Row(
        name: "objective",
        value: .string(name),
        outcome: .received("objective", name),
        task: task
      )
    }
    + metrics.map { name, objective in
      Row(
        name: "eval_metric",
        value: .string(name),
        outcome: .told(name),
        with: [("objective", .string(objective))],
        task: objectives.first { $0.0 == objective }?.1 ?? .binary
      )
    }
    + [
      Row(name: "base_score", value: .number(0.25), outcome: .received("base_score", "0.25")),
      Row(name: "seed", value: .integer(5), outcome: .received("seed", "5")),
      Row(name: "random_state", value: .integer(5), outcome: .received("seed", "5")),
      Row(
        name: "seed_per_iteration",
        value: .boolean(true),
        outcome: .received("seed_per_iteration", "1")
      ),
      Row(
        name: "num_class",
        value: .integer(3),
        outcome: .received("num_class", "3"),
        task: .multiclass
      ),
      Row(
        name: "tweedie_variance_power",
        value: .number(1.25),
        outcome: .received("tweedie_variance_power", "1.25"),
        with: [("objective", .string("reg:tweedie"))],
        task: .regression
      ),
      Row(
        name: "huber_slope",
        value: .number(2.5),
        outcome: .received("huber_slope", "2.5"),
        with: [("objective", .string("reg:pseudohubererror"))],
        task: .regression
      ),
      Row(
        name: "aft_loss_distribution",
        value: .string("extreme"),
        outcome: .received("aft_loss_distribution", "extreme"),
        with: [("objective", .string("survival:aft"))],
        task: .regression
      ),
      Row(
        name: "aft_loss_distribution_scale",
        value: .number(1.5),
        outcome: .received("aft_loss_distribution_scale", "1.5"),
        with: [("objective", .string("survival:aft"))],
        task: .regression
      ),
      Row(
        name: "num_pairsample",
        value: .integer(3),
        outcome: .received("num_pairsample", "3"),
        task: .ranking
      ),
      Row(
        name: "fix_list_weight",
        value: .number(0.5),
        outcome: .received("fix_list_weight", "0.5"),
        task: .ranking
      ),
    ]

  static let commandLine =
    [Row(name: "num_round", value: .integer(4), outcome: .rounds(4))]
    + [
      "data", "test:data", "save_period", "task", "model_in", "model_out", "model_dir", "fmap",
      "dump_format", "name_dump", "name_pred", "pred_margin",
    ].map {
      Row(name: $0, value: .string("x"), outcome: .refused("command-line program"))
    }
    + ["sketch_eps", "single_precision_histogram"].map {
      Row(name: $0, value: .number(0.1), outcome: .refused("was taken out of xgboost"))
    }
    + ["max_cached_hist_node", "device", "multi_strategy"].map {
      Row(name: $0, value: .number(0.1), outcome: .refused("came into xgboost after"))
    }

  /// Documented choices that only a graphics processor has.
  static let choices = [
    ("tree_method", "gpu_hist"), ("predictor", "gpu_predictor"),
    ("sampling_method", "gradient_based"), ("updater", "grow_gpu_hist"),
  ].map { name, value in
    Row(name: name, value: .string(value), outcome: .refused("graphics processor"))
  }
}
