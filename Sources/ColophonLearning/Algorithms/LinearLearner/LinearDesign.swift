import ColophonData

/// The training rows as the solver sees them: standardised columns, then one of ones for the
/// intercept.
///
/// Columns are always scaled inside, since that makes the problem well conditioned; where the
/// author wants the penalty on the features' own scale, `penaltyFactors` undo it.
struct LinearDesign: Sendable {
  /// Rows of weight above 0.
  let rows: Int
  /// The columns that vary, and the intercept's.
  let columns: Int
  /// Row-major, `rows` × `columns`.
  let values: [Double]
  /// Each row's share of the loss; they sum to 1.
  let shares: [Double]
  let hasIntercept: Bool
  /// The feature behind each column, the intercept's left out.
  let features: [Int]
  /// What was taken from each column, and what it was then divided by.
  let centers: [Double]
  let scales: [Double]
  /// By what a column's solved coefficient is multiplied in the penalty; 0 for the intercept.
  let penaltyFactors: [Double]
  /// How many threads its products may use; no result depends on it.
  let threads: Int

  /// Takes up the rows of weight above 0.
  ///
  /// `kept` are the rows to take, `shares` their weights over the sum of weights.
  init(
    _ matrix: FeatureMatrix,
    kept: [Int],
    shares: [Double],
    standardize: Bool,
    intercept: Bool,
    threads: Int = 1
  ) {
    let moments = ColumnMoments(matrix, rows: kept, shares: shares)
    let scale = intercept || standardize ? moments.deviations : moments.rootMeanSquares
    let features = (0..<matrix.columns).filter { scale[$0] > 0 }
    let centers = features.map { intercept ? moments.means[$0] : 0 }
    let scales = features.map { scale[$0] }
    let columns = features.count + (intercept ? 1 : 0)
    var values = [Double](repeating: 1, count: kept.count * columns)
    values.withUnsafeMutableBufferPointer { values in
      matrix.values.withUnsafeBufferPointer { source in
        for (i, row) in kept.enumerated() {
          for (j, feature) in features.enumerated() {
            let value = source[row * matrix.columns + feature]
            values[i * columns + j] = (value - centers[j]) / scales[j]
          }
        }
      }
    }
    // The square of a factor must stay finite.
    let factors = scales.map { standardize ? 1 : min(1 / $0, 1e150) } + (intercept ? [0] : [])
    self.init(
      rows: kept.count,
      columns: columns,
      values: values,
      shares: shares,
      hasIntercept: intercept,
      features: features,
      centers: centers,
      scales: scales,
      penaltyFactors: factors,
      threads: threads
    )
  }

  private init(
    rows: Int,
    columns: Int,
    values: [Double],
    shares: [Double],
    hasIntercept: Bool,
    features: [Int],
    centers: [Double],
    scales: [Double],
    penaltyFactors: [Double],
    threads: Int
  ) {
    self.rows = rows
    self.columns = columns
    self.values = values
    self.shares = shares
    self.hasIntercept = hasIntercept
    self.features = features
    self.centers = centers
    self.scales = scales
    self.penaltyFactors = penaltyFactors
    self.threads = threads
  }

  /// The design of some columns, ascending; the intercept's, the last, must be among them.
  func selecting(_ chosen: [Int]) -> LinearDesign {
    var selected = [Double](repeating: 0, count: rows * chosen.count)
    for row in 0..<rows {
      for (j, column) in chosen.enumerated() {
        selected[row * chosen.count + j] = values[row * columns + column]
      }
    }
    let plain = chosen.filter { $0 < features.count }
    return LinearDesign(
      rows: rows,
      columns: chosen.count,
      values: selected,
      shares: shares,
      hasIntercept: hasIntercept,
      features: plain.map { features[$0] },
      centers: plain.map { centers[$0] },
      scales: plain.map { scales[$0] },
      penaltyFactors: chosen.map { penaltyFactors[$0] },
      threads: threads
    )
  }
}

/// Weighted means and spreads of every column, each sum in ascending order of rows.
struct ColumnMoments: Sendable {
  private(set) var means: [Double]
  /// Population standard deviations; exactly 0 for a column that does not vary.
  private(set) var deviations: [Double]
  private(set) var rootMeanSquares: [Double]

  init(_ matrix: FeatureMatrix, rows: [Int], shares: [Double]) {
    let width = matrix.columns
    var means = [Double](repeating: 0, count: width)
    var squares = means
    var variances = means
    var varies = [Bool](repeating: false, count: width)
    matrix.values.withUnsafeBufferPointer { values in
      for (i, row) in rows.enumerated() {
        let start = row * width
        let first = rows[0] * width
        for j in 0..<width {
          let value = values[start + j]
          means[j] += shares[i] * value
          squares[j] += shares[i] * value * value
          if value != values[first + j] { varies[j] = true }
        }
      }
      for (i, row) in rows.enumerated() {
        for j in 0..<width {
          let distance = values[row * width + j] - means[j]
          variances[j] += shares[i] * distance * distance
        }
      }
    }
    self.means = means
    rootMeanSquares = squares.map { $0.squareRoot() }
    // A spread below rounding is none: the column is constant but for its last bits.
    deviations = (0..<width).map { j in
      let deviation = variances[j].squareRoot()
      return varies[j] && deviation > 8 * means[j].magnitude.ulp ? deviation : 0
    }
  }
}
