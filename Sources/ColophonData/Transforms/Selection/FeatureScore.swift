package import ColophonCore

/// One way to score features, by which a `select` step keeps the best.
package protocol FeatureScore: Sendable {
  /// The word after `method:`.
  static var name: String { get }
  /// The types of column that can be scored.
  static var types: [ColumnType] { get }
  /// A score for each of some columns, in their order; the higher, the better.
  ///
  /// - Throws: Faults naming a field of the step.
  static func scores(
    of columns: [Column],
    _ training: FittingRows,
    neighbours: Int
  ) throws(DataFaults) -> [Double]
}

/// The methods that a `select` step may name, in the order the reference lists them.
package let featureScores = Catalogue<any FeatureScore.Type>(
  "method",
  [VarianceScore.self, MutualInformationScore.self, ChiSquaredScore.self]
) { $0.name }

/// Scores a feature by its weighted variance, Σ w (x − u)² / Σ w.
enum VarianceScore: FeatureScore {
  static let name = "variance"
  static let types: [ColumnType] = [.numeric]

  static func scores(
    of columns: [Column],
    _ training: FittingRows,
    neighbours: Int
  ) throws(DataFaults) -> [Double] {
    columns.map { column in
      let numbers = training.present(column.numbers ?? [])
      return numbers.isEmpty ? 0 : max(0, numbers.variance(around: numbers.mean))
    }
  }
}
