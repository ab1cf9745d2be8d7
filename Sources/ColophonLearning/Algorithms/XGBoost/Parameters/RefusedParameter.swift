import ColophonCore

/// A parameter that the library or its command-line program documents and that can mean nothing in
/// a cell, with the reason.
struct RefusedParameter: Sendable {
  let name: String
  /// The end of "'name' …".
  let why: String
  let hint: String?

  private init(_ name: String, _ why: String, hint: String? = nil) {
    self.name = name
    self.why = why
    self.hint = hint
  }

  static let all = commandLine + graphics + ownedByTheLibrary + otherVersions

  private static let commandLine = [
    RefusedParameter("task", program, hint: "the cell's kind says what is done"),
    RefusedParameter("data", program, hint: "the cell's own 'data' names the dataset"),
    RefusedParameter("test:data", program, hint: "the dataset's 'split' makes a test split"),
    RefusedParameter("eval_train", program, hint: "every split is measured after each round"),
    RefusedParameter("model_in", program, hint: "the cell's 'from' names a model to go on from"),
    RefusedParameter("model_out", program, hint: "the cell's name is the model's"),
    RefusedParameter("model_dir", program, hint: "models are kept in the store"),
    RefusedParameter("save_period", program, hint: "the cell's 'checkpoint' says how often"),
    RefusedParameter("fmap", program, hint: "features are called by their columns"),
    RefusedParameter("dump_format", program),
    RefusedParameter("dump_stats", program),
    RefusedParameter("name_dump", program),
    RefusedParameter("name_pred", program, hint: "a predict cell's 'output' names the file"),
    RefusedParameter("pred_margin", program),
    RefusedParameter("ntree_limit", program, hint: "'early_stopping' keeps the best round"),
    RefusedParameter("iteration_begin", program),
    RefusedParameter("iteration_end", program, hint: "'early_stopping' keeps the best round"),
  ]

  private static let graphics = ["gpu_id", "fail_on_invalid_gpu_id", "use_rmm"].map {
    RefusedParameter($0, "is about graphics processors, which no cell uses", hint: "leave it out")
  }

  private static let ownedByTheLibrary = [
    RefusedParameter("num_feature", "is what the data says, and the library sets it"),
    RefusedParameter("num_target", "is what the data says, and the library sets it"),
    RefusedParameter(
      "dsplit",
      "is about rows that lie on several machines",
      hint: "a simulate cell divides the work among virtual workers"
    ),
  ]

  private static let otherVersions =
    ["sketch_eps", "single_precision_histogram", "enable_feature_grouping", "silent"].map {
      RefusedParameter($0, "was taken out of xgboost before its version 1.7", hint: "leave it out")
    }
    + [
      "device", "max_cached_hist_node", "multi_strategy", "quantile_alpha", "extmem_single_page",
      "lambdarank_pair_method", "lambdarank_num_pair_per_sample", "lambdarank_normalization",
      "lambdarank_score_normalization", "lambdarank_unbiased", "lambdarank_bias_norm",
      "ndcg_exp_gain",
    ].map {
      RefusedParameter($0, "came into xgboost after its version 1.7", hint: "leave it out")
    }

  private static let program = "belongs to xgboost's own command-line program"
}

extension XGBoostReader {
  /// Tells the author why, where one of them is written.
  mutating func refuseOthers() {
    for parameter in RefusedParameter.all {
      fields.refuse(parameter.name) { position in
        Diagnostic(
          .error,
          "train.parameter",
          at: position,
          length: parameter.name.utf8.count,
          "'\(parameter.name)' \(parameter.why)",
          hint: parameter.hint
        )
      }
    }
  }
}
