/// What is to be learned from a dataset.
package enum Task: String, Codable, Hashable, Sendable, CaseIterable {
  case binary
  case multiclass
  case regression
  case forecasting
  case ranking
  case clustering
  case text
}

/// The three parts of a dataset, in the order in which they are shown.
package enum Split: String, Codable, Hashable, Sendable, CaseIterable {
  case train
  case validation
  case test
}

/// A table with a schema, a target and fixed splits: what `dataset` and `prepare` cells yield.
package struct Dataset: Hashable, Sendable {
  /// Every column of the source, in its order, ignored ones included.
  package var table: Table
  package var task: Task
  /// The column to predict; nil for clustering.
  package var target: String?
  /// The labels of a classification in their order; for binary tasks [negative, positive].
  package var classes: [String]
  package var weight: String?
  package var group: String?
  package var time: String?
  /// Each row's split; nil where the row belongs to none.
  package var splits: [Split?]
  /// The fitted steps that made the columns; nil for data as it was read.
  package var preparation: Preparation?

  package init(
    table: Table,
    task: Task,
    target: String?,
    classes: [String] = [],
    weight: String? = nil,
    group: String? = nil,
    time: String? = nil,
    splits: [Split?],
    preparation: Preparation? = nil
  ) {
    self.table = table
    self.task = task
    self.target = target
    self.classes = classes
    self.weight = weight
    self.group = group
    self.time = time
    self.splits = splits
    self.preparation = preparation
  }

  /// The columns to learn from: all but target, weight, group, time and what is ignored.
  package var features: [Column] {
    let taken = Set([target, weight, group, time].compactMap { $0 })
    return table.columns.filter {
      $0.type != .ignore && $0.type != .text && $0.type != .time && !taken.contains($0.name)
    }
  }

  /// The rows of a split, ascending.
  package func rows(of split: Split) -> [Int] { splits.indices.filter { splits[$0] == split } }
}
