import ColophonCore

extension DataFault {
  static func foldRows(_ rows: Int, needs count: Int) -> DataFault {
    DataFault(
      "eval.folds",
      "the train split has \(rows) rows, too few for \(count) folds",
      hint: "lower 'folds', or give the train split a larger fraction",
      field: "folds"
    )
  }

  static func foldGroups(_ groups: Int, needs count: Int) -> DataFault {
    DataFault(
      "eval.folds",
      "the train split has \(groups) groups, too few for \(count) folds of whole groups",
      hint: "lower 'folds'",
      field: "folds"
    )
  }

  /// A scheme that the dataset has no column for.
  package static func foldScheme(_ scheme: FoldScheme, needs what: String) -> DataFault {
    DataFault(
      "eval.fold-scheme",
      "the scheme '\(scheme.rawValue)' needs \(what)",
      field: "scheme"
    )
  }

  static func foldGap(rows: Int, count: Int, gap: Int) -> DataFault {
    DataFault(
      "eval.folds",
      "the first of \(count) windows over \(rows) rows is empty"
        + (gap > 0 ? " with a gap of \(gap) rows" : ""),
      hint: gap > 0 ? "lower 'gap' or 'folds'" : "lower 'folds'",
      field: gap > 0 ? "gap" : "folds"
    )
  }
}
