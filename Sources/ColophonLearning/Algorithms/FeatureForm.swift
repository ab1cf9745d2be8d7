package import ColophonData

/// The form in which an algorithm reads the features of rows.
package enum FeatureForm: Sendable {
  /// Numbers, every one written out.
  case dense
  /// Numbers, of which some columns may be sparse.
  case sparse
  /// The texts of one column.
  case text
  /// The texts of one column where the data has no other features, else numbers, written out.
  case textOrDense
  /// Series in the order of time, from which rows are forecast.
  case series

  /// How a dataset becomes features of this form, fitted on its training rows.
  ///
  /// - Throws: `TrainingFault` where the dataset has nothing to read in this form.
  package func encoding(
    of dataset: Dataset,
    for algorithm: any Algorithm.Type,
    missing: FeatureEncoding.Missing
  ) throws -> FeatureEncoding {
    let texts = dataset.texts.map { $0.name }
    let hasOnlyTexts = dataset.features.isEmpty && !texts.isEmpty
    switch self {
    case .text,
      .textOrDense where hasOnlyTexts:
      guard let name = texts.first, texts.count == 1 else {
        throw TrainingFault.oneText(texts, of: algorithm.name)
      }
      return FeatureEncoding(parts: [], categories: .oneHot, missing: .keep, text: name)
    case .series:
      guard dataset.time != nil else { throw DataFaults(.noTimes) }
      return FeatureEncoding.fit(dataset, categories: .ordinal, missing: missing)
    case .dense, .sparse, .textOrDense:
      let encoding = FeatureEncoding.fit(dataset, missing: missing)
      if encoding.parts.isEmpty, let name = texts.first {
        throw TrainingFault.onlyTexts(name, of: algorithm.name)
      }
      return encoding
    }
  }

  /// Some rows of a dataset in this form.
  ///
  /// `known`: The rows that a forecast may look back on; nil for all that belong to a split.
  /// - Throws: `TrainingFault` or `DataFaults` where the rows can't be read so.
  package func features(
    of dataset: Dataset,
    rows: [Int],
    _ encoding: FeatureEncoding,
    for algorithm: String,
    known: [Int]? = nil
  ) throws -> FeatureMatrix {
    guard self == .series else {
      return try shaped(encoding.encode(dataset, rows: rows), for: algorithm)
    }
    let known = known ?? dataset.splits.indices.filter { dataset.splits[$0] != nil }
    return FeatureMatrix(
      series: try SeriesPanel(dataset, rows: rows, known: known, encoding)
    )
  }

  /// Encoded rows in this form.
  ///
  /// - Throws: `TrainingFault` where sparse columns would take too much room.
  package func shaped(_ features: FeatureMatrix, for algorithm: String) throws -> FeatureMatrix {
    if self == .sparse || features.texts != nil { return features }
    guard let dense = features.densified else {
      throw TrainingFault.tooSparse(
        rows: features.rows,
        columns: features.columns,
        of: algorithm
      )
    }
    return dense
  }
}
