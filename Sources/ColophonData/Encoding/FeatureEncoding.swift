/// How columns become numbers, fitted on the training split alone.
///
/// A numeric column gives one feature of its own name. A category column gives one feature for
/// each level that occurs in the training rows, named `COLUMN=LEVEL` (or, ordinal, one feature of
/// the level's position). Nothing is scaled and no level is dropped. A sparse column gives a sparse
/// feature for each of its columns, named `COLUMN=TERM`; these stand after all others.
package struct FeatureEncoding: Codable, Hashable, Sendable {
  /// How a category column is written.
  package enum Categories: String, Codable, Hashable, Sendable, CaseIterable {
    /// A feature for each level: 1 on the row's own, 0 elsewhere; a level that training never saw
    /// is 0 everywhere.
    case oneHot = "one_hot"
    /// The level's position among the training levels; a level that training never saw is treated
    /// as missing.
    case ordinal
  }

  /// What stands where a value is missing.
  package enum Missing: String, Codable, Hashable, Sendable, CaseIterable {
    /// The training rows' weighted mean for numbers (0 where training has none), 0 in every one-hot
    /// feature, -1 for ordinals: for algorithms that need a number.
    case mean
    /// NaN, for algorithms that know missing values.
    case keep
  }

  /// One source column's part of the features.
  package struct Part: Codable, Hashable, Sendable {
    package var column: String
    /// The training levels in their order; nil for a numeric column.
    package var levels: [String]?
    /// What a missing number becomes; nil where it stays NaN, and for categories.
    package var fill: Double?
    /// The columns of sparse rows; nil for everything else.
    package var terms: [String]?

    package init(
      column: String,
      levels: [String]? = nil,
      fill: Double? = nil,
      terms: [String]? = nil
    ) {
      self.column = column
      self.levels = levels
      self.fill = fill
      self.terms = terms
    }
  }

  package var parts: [Part]
  package var categories: Categories
  package var missing: Missing
  /// The column of texts that are learned from as they are; nil where numbers are.
  package var text: String?

  package init(parts: [Part], categories: Categories, missing: Missing, text: String? = nil) {
    self.parts = parts
    self.categories = categories
    self.missing = missing
    self.text = text
  }

  /// Learns levels and means from a dataset's training rows; a row of weight 0 counts as none, one
  /// of weight 2 as two.
  ///
  /// `columns` are the source columns to take, in this order, names that are no feature left out;
  /// nil takes all of the dataset's features.
  package static func fit(
    _ dataset: Dataset,
    columns: [String]? = nil,
    categories: Categories = .oneHot,
    missing: Missing = .mean
  ) -> FeatureEncoding {
    let features = dataset.features
    let chosen = columns.map { names in
      names.compactMap { name in features.first { $0.name == name } }
    }
    let all = dataset.rows(of: .train)
    let weights = dataset.weights(of: all) ?? [Double](repeating: 1, count: all.count)
    let weighted = zip(all, weights).filter { $0.1 > 0 }.map { (row: $0.0, weight: $0.1) }
    let rows = weighted.map { $0.row }
    let parts = (chosen ?? features).compactMap { column -> Part? in
      switch column.storage {
      case .numbers(let values):
        Part(column: column.name, fill: missing == .mean ? mean(values, weighted) : nil)
      case .categories(let codes, let levels):
        Part(column: column.name, levels: seen(codes, levels, rows))
      case .sparse(let rows): Part(column: column.name, terms: rows.names)
      case .texts: nil
      }
    }
    return FeatureEncoding(
      parts: parts.filter { $0.terms == nil } + parts.filter { $0.terms != nil },
      categories: categories,
      missing: missing
    )
  }

  /// The features' names in their order.
  package var names: [String] {
    text.map { [$0] } ?? parts.flatMap { names(of: $0) }
  }

  func names(of part: Part) -> [String] {
    if let terms = part.terms { return terms.map { "\(part.column)=\($0)" } }
    guard let levels = part.levels, categories == .oneHot else { return [part.column] }
    return levels.map { "\(part.column)=\($0)" }
  }

  /// The source column of each feature, so that importances can be gathered by column.
  package var sources: [String] {
    text.map { [$0] } ?? parts.flatMap { part in names(of: part).map { _ in part.column } }
  }

  /// The weighted mean of the numbers that are there, added up in ascending order of rows; 0 for
  /// none.
  private static func mean(_ values: [Double], _ rows: [(row: Int, weight: Double)]) -> Double {
    var (sum, total) = (0.0, 0.0)
    for (row, weight) in rows where !values[row].isNaN {
      sum += weight * values[row]
      total += weight
    }
    return total == 0 ? 0 : sum / total
  }

  private static func seen(_ codes: [Int32], _ levels: [String], _ rows: [Int]) -> [String] {
    var isSeen = [Bool](repeating: false, count: levels.count)
    for row in rows where codes[row] >= 0 { isSeen[Int(codes[row])] = true }
    return levels.indices.filter { isSeen[$0] }.map { levels[$0] }
  }
}
