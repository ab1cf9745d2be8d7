package import ColophonCore
package import ColophonData

/// The wording of what can be wrong with a training job.
extension TrainingFault {
  static let noRows = TrainingFault(
    "train.no-rows",
    "the train split has no rows",
    hint: "give it a fraction in 'split'"
  )

  static func labelsOfOtherKind(_ task: Task) -> TrainingFault {
    TrainingFault(
      "train.labels",
      "the target's values don't fit the task '\(task.rawValue)'",
      field: "data"
    )
  }

  package static func task(
    _ task: Task,
    of algorithm: String,
    takes tasks: [Task]
  ) -> TrainingFault {
    TrainingFault(
      "train.task",
      "\(algorithm) learns \(list(tasks.map { $0.rawValue })), but the data's task is "
        + "'\(task.rawValue)'",
      field: "algorithm"
    )
  }

  static func stoppingWithoutRows(_ split: Split) -> TrainingFault {
    TrainingFault(
      "train.early-stopping",
      "early stopping watches the \(split.rawValue) split, which is empty",
      hint: "give the dataset's 'split' a \(split.rawValue) fraction",
      field: "early_stopping.metric"
    )
  }

  static func nothingKept(_ status: String) -> TrainingFault {
    TrainingFault(
      "spot.nothing-kept",
      "the job ended with \(status) before any round was kept, so there is no model",
      hint: "give 'max_run' and 'max_wait' more seconds, or 'checkpoint' fewer rounds",
      field: "spot"
    )
  }

  package static func nothingToStop(_ algorithm: String) -> TrainingFault {
    TrainingFault(
      "train.early-stopping",
      "\(algorithm) goes straight to the optimum and has no rounds to stop after",
      hint: "leave 'early_stopping' out",
      field: "early_stopping"
    )
  }

  static func stoppingUnmeasured(_ metric: String, known: [String]) -> TrainingFault {
    TrainingFault(
      "train.early-stopping",
      "early stopping watches '\(metric)', which is not measured",
      hint: Suggestion.hint(for: metric, among: known),
      field: "early_stopping.metric"
    )
  }

  static func stoppingUndefined(_ rule: EarlyStopping?, round: Int) -> TrainingFault {
    TrainingFault(
      "train.early-stopping",
      "early stopping watches '\(rule?.metric ?? "")' on the \(rule?.split.rawValue ?? "") split, "
        + "where it is undefined after round \(round)",
      hint: "the split may hold one class only",
      field: "early_stopping.metric"
    )
  }

  static func notFinite(_ feature: String, row: Int, of algorithm: String) -> TrainingFault {
    TrainingFault(
      "train.not-finite",
      "\(algorithm) needs finite numbers: '\(feature)' has none in training row \(row + 1)"
    )
  }

  static func targetNotFinite(row: Int) -> TrainingFault {
    TrainingFault(
      "train.not-finite",
      "the target is not a finite number in training row \(row + 1)"
    )
  }

  static func weight(row: Int) -> TrainingFault {
    TrainingFault(
      "train.weight",
      "the weight of training row \(row + 1) is not a finite number of at least 0"
    )
  }

  static let weightsAllZero = TrainingFault("train.weight", "the training rows' weights are all 0")

  static func onlyTexts(_ column: String, of algorithm: String) -> TrainingFault {
    TrainingFault(
      "train.only-texts",
      "\(algorithm) learns from numbers and categories, and the data has texts only, such as "
        + "'\(column)'",
      hint: "a prepare cell with a tfidf step makes numbers of them; blazingtext reads texts"
    )
  }

  static func oneText(_ columns: [String], of algorithm: String) -> TrainingFault {
    TrainingFault(
      "train.text",
      columns.isEmpty
        ? "\(algorithm) learns from a column of texts, and the data has none"
        : "\(algorithm) learns from one column of texts, and the data has "
          + columns.map { "'\($0)'" }.joined(separator: ", "),
      hint: columns.isEmpty
        ? "declare it under 'columns' of the dataset cell: {NAME: text}"
        : "ignore the others under 'columns' of the dataset cell: {NAME: ignore}"
    )
  }

  static func tooSparse(rows: Int, columns: Int, of algorithm: String) -> TrainingFault {
    TrainingFault(
      "train.too-sparse",
      "\(algorithm) needs every number written out, and \(rows) rows of \(columns) sparse columns "
        + "are more than \(FeatureMatrix.denseLimit) numbers",
      hint: "keep fewer terms with max_features, or take linear_learner"
    )
  }

  static func oneClass(_ label: String?, of algorithm: String) -> TrainingFault {
    TrainingFault(
      "train.one-class",
      "every training row is of the class '\(label ?? "")', and \(algorithm) needs two",
      hint: "a stratified split keeps every class in training"
    )
  }

  static func separable(complete: Bool) -> TrainingFault {
    TrainingFault(
      "train.separable",
      "the classes can be told apart \(complete ? "without error" : "without error in part") by a "
        + "linear rule, so without a penalty the coefficients grow without bound",
      hint: "set alpha above 0, such as 0.0001",
      field: "hyperparameters.alpha"
    )
  }

  static func classWeightUnknown(_ label: String, known: [String]) -> TrainingFault {
    TrainingFault(
      "train.class-weight",
      "class_weight names '\(label)', which is no label of the data",
      hint: Suggestion.hint(for: label, among: known),
      field: "hyperparameters.class_weight"
    )
  }

  static func width(expected: Int, found: Int) -> TrainingFault {
    TrainingFault(
      "train.features",
      "the model learned from \(expected) features and was given \(found)"
    )
  }

  static func damagedModel(_ algorithm: String) -> TrainingFault {
    TrainingFault("train.model", "the bytes are no model of \(algorithm)", field: "model")
  }

  private static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Diagnostic {
  /// A field that the language names and this version does not carry out.
  package static func notInThisVersion(
    _ what: String,
    at position: SourcePosition,
    length: Int,
    hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "train.not-in-this-version",
      at: position,
      length: length,
      "\(what) is not in this version",
      hint: hint
    )
  }

  static func sameParameterTwice(
    _ name: String,
    _ alias: String,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "train.parameter-twice",
      at: position,
      length: alias.utf8.count,
      "'\(alias)' is another name of '\(name)', and both are given"
    )
  }

  static func parameterNeeds(
    _ name: String,
    _ condition: String,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "train.parameter-unused",
      at: position,
      length: 1,
      "'\(name)' has no effect unless \(condition)",
      hint: "leave it out, or set that too"
    )
  }

  static func parameterWithoutEffect(
    _ name: String,
    _ why: String,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .advice,
      "train.no-effect",
      at: position,
      length: 1,
      "'\(name)' has no effect here: \(why)",
      hint: "leave it out"
    )
  }

  static func parameterValue(
    _ name: String,
    _ problem: String,
    at position: SourcePosition,
    hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "train.parameter",
      at: position,
      length: 1,
      "'\(name)' \(problem)",
      hint: hint
    )
  }
}
