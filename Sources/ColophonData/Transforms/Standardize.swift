package import ColophonCore

/// Moves numbers to mean 0 and scales them to a standard deviation of 1.
///
/// z = (x − u) / s with u = Σ w x / Σ w and s² = Σ w (x − u)² / Σ w over the training rows, missing
/// values left out and left missing. A column that doesn't vary (s² below what rounding makes of a
/// constant) has s = 1. As scikit-learn's `StandardScaler`.
///
/// - SeeAlso: Chan, Golub and LeVeque, "Algorithms for computing the sample variance", 1983, for
///   the bound on s².
package struct Standardize: Transform {
  package static let name = "standardize"
  package static let summary = "Numbers at mean 0 and standard deviation 1."

  package var columns: ColumnChoice
  package var withMean: Bool
  package var withStd: Bool

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice([.numeric], "The columns of numbers; by default all.")
    withMean = fields.boolean("with_mean", default: true, "Whether the mean is taken off.")
    withStd = fields.boolean("with_std", default: true, "Whether the deviation becomes 1.")
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    columns.faults(in: preview, of: [.numeric])
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> Standardized {
    let table = training.dataset.table
    let parts = try columns.places(in: training.dataset, of: [.numeric]).map { place in
      let column = table.columns[place]
      return part(column.name, training.present(column.numbers ?? []))
    }
    return Standardized(parts: parts)
  }

  private func part(_ name: String, _ numbers: [WeightedNumber]) -> Standardized.Part {
    guard !numbers.isEmpty else { return Standardized.Part(column: name, mean: 0, scale: 1) }
    let mean = numbers.mean
    let variance = numbers.variance(around: mean)
    let total = numbers.totalWeight
    // What rounding makes of the variance of a constant.
    let rounding = total * mean * Double.ulpOfOne
    let isConstant = variance <= total * Double.ulpOfOne * variance + rounding * rounding
    let scale = isConstant ? 1 : variance.squareRoot()
    return Standardized.Part(
      column: name,
      mean: withMean ? mean : 0,
      scale: withStd ? scale : 1,
      isConstant: isConstant
    )
  }
}

/// Means and scales of columns of numbers.
package struct Standardized: FittedTransform {
  package static let name = Standardize.name

  /// One column's part.
  package struct Part: Codable, Hashable, Sendable {
    package var column: String
    /// What is taken off.
    package var mean: Double
    /// What the rest is divided by.
    package var scale: Double
    /// Whether the training rows hold one number only.
    package var isConstant = false

    package init(column: String, mean: Double, scale: Double, isConstant: Bool = false) {
      self.column = column
      self.mean = mean
      self.scale = scale
      self.isConstant = isConstant
    }
  }

  package var parts: [Part]

  package var learned: [String: Value] {
    [
      "mean": .byColumn(parts.map { ($0.column, .number($0.mean)) }),
      "scale": .byColumn(parts.map { ($0.column, .number($0.scale)) }),
    ]
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var made = dataset
    for part in parts {
      let numbers = try dataset.numbers(of: part.column)
      made.replace(part.column, with: numbers.map { ($0 - part.mean) / part.scale })
    }
    return made
  }

  package func notices(of dataset: Dataset) -> [TransformNotice] {
    parts.filter { $0.isConstant }.map { .constant($0.column) }
  }
}
