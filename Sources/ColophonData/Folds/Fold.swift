/// One division of some rows: those to learn from, and those that are held out to be predicted.
package struct Fold: Hashable, Sendable {
  /// Ascending, disjoint from `held`.
  package var train: [Int]
  /// Ascending; never empty.
  package var held: [Int]

  package init(train: [Int], held: [Int]) {
    self.train = train
    self.held = held
  }
}

/// How rows are dealt to folds.
package enum FoldScheme: String, Hashable, Sendable, CaseIterable {
  /// At random, in folds of equal size.
  case kfold
  /// At random within each class, so that every fold has the classes' shares.
  case stratified
  /// Rows of one group stay in one fold.
  case group
  /// Each fold is later than all that it is learned from.
  case timeSeries = "time_series"
  /// A fold for every row.
  case leaveOneOut = "loo"
}
