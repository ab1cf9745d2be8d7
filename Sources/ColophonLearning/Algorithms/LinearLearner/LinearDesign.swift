import ColophonData
import ColophonMath

/// The training rows as the solver sees them: standardised columns, then one of ones for the
/// intercept.
///
/// The rows are standardised block by block as they are needed, so that no copy of them is made.
/// Columns are always scaled inside, since that makes the problem well conditioned; where the
/// author wants the penalty on the features' own scale, `penaltyFactors` undo it. Sparse columns
/// stay sparse: what would be taken from each of their numbers is taken from the sums.
struct LinearDesign: Sendable {
  /// Rows of weight above 0.
  let rows: Int
  /// The columns that vary, and the intercept's.
  let columns: Int
  /// Row-major, as it was given: every row, every dense column.
  let source: [Double]
  let stride: Int
  /// The rows of the source that are taken; nil for all.
  let kept: [Int]?
  /// The columns of the source that are taken.
  let dense: [Int]
  /// The columns after those; nil where there are none.
  let sparse: SparseDesign?
  /// Each row's share of the loss; they sum to 1.
  let shares: [Double]
  let hasIntercept: Bool
  /// The feature behind each column, the intercept's left out.
  let features: [Int]
  /// Of every feature, those that don't vary included; 0 without an intercept.
  let means: [Double]
  /// What is taken from each column, and what it is then divided by.
  let centers: [Double]
  let scales: [Double]
  /// Whether the numbers themselves are divided by the scales, since their products may not be
  /// finite otherwise.
  let dividesRows: Bool
  /// Whether rows lie side by side and every column's centre is within some deviations of zero, so
  /// that sums over columns may be centred in place of the rows and lose next to nothing by it.
  let isNear: Bool
  /// By what a column's solved coefficient is multiplied in the penalty; 0 for the intercept.
  let penaltyFactors: [Double]
  /// How many threads its products may use; no result depends on it.
  let threads: Int
  /// The columns' products where one pass gave them with the moments.
  private(set) var products: DesignProducts?

  /// Sparse columns are written out where there are no more columns than this.
  static let sparseLimit = 256
  /// How many deviations from zero a column's centre may be to count as near.
  static let nearest = 4.0

  /// Takes up the rows of weight above 0.
  ///
  /// `kept` are the rows to take, `shares` their weights over the sum of weights; with `targets`, in
  /// the order of the kept rows, products come in the pass that finds the moments, if they can.
  init(
    _ matrix: FeatureMatrix,
    kept: [Int],
    shares: [Double],
    standardize: Bool,
    intercept: Bool,
    targets: [Double]? = nil,
    threads: Int = 1
  ) throws {
    let isNarrow = matrix.columns <= LinearDesign.sparseLimit
    let matrix = isNarrow ? matrix.densified ?? matrix : matrix
    let products = targets.flatMap {
      DesignProducts(matrix, shares: shares, targets: $0, threads: threads)
    }
    let moments =
      try products.map { ColumnMoments($0, columns: matrix.columns) }
      ?? ColumnMoments(matrix, rows: kept, shares: shares, threads: threads)
    let scale = intercept || standardize ? moments.deviations : moments.rootMeanSquares
    let features = (0..<matrix.columns).filter { scale[$0] > 0 }
    let centers = features.map { intercept ? moments.means[$0] : 0 }
    let scales = features.map { scale[$0] }
    // The square of a factor must stay finite.
    let factors = scales.map { standardize ? 1 : min(1 / $0, 1e150) } + (intercept ? [0] : [])
    let dense = features.filter { $0 < matrix.denseColumns }
    self.init(
      rows: kept.count,
      columns: factors.count,
      source: matrix.values,
      stride: matrix.denseColumns,
      kept: kept.count == matrix.rows ? nil : kept,
      dense: dense,
      sparse: matrix.sparse.map { sparse in
        SparseDesign(
          kept.count == matrix.rows ? sparse : sparse.selecting(kept),
          columns: features.dropFirst(dense.count).map { $0 - matrix.denseColumns },
          centers: Array(centers.dropFirst(dense.count)),
          scales: Array(scales.dropFirst(dense.count))
        )
      },
      shares: shares,
      hasIntercept: intercept,
      features: features,
      means: moments.means.map { intercept ? $0 : 0 },
      centers: centers,
      scales: scales,
      penaltyFactors: factors,
      threads: threads
    )
    if intercept, isNear { self.products = products }
  }

  init(
    rows: Int,
    columns: Int,
    source: [Double],
    stride: Int,
    kept: [Int]?,
    dense: [Int],
    sparse: SparseDesign?,
    shares: [Double],
    hasIntercept: Bool,
    features: [Int],
    means: [Double],
    centers: [Double],
    scales: [Double],
    penaltyFactors: [Double],
    threads: Int
  ) {
    self.rows = rows
    self.columns = columns
    self.source = source
    self.stride = stride
    self.kept = kept
    self.dense = dense
    self.sparse = sparse
    self.shares = shares
    self.hasIntercept = hasIntercept
    self.features = features
    self.means = means
    self.centers = centers
    self.scales = scales
    let divides = !scales.prefix(dense.count).allSatisfy { $0 > 1e-40 && $0 < 1e40 }
    dividesRows = divides
    isNear =
      kept == nil && sparse == nil && dense.count == stride && stride > 0 && !divides
      && dense.indices.allSatisfy { centers[$0].magnitude <= LinearDesign.nearest * scales[$0] }
    self.penaltyFactors = penaltyFactors
    self.threads = threads
  }

  /// The design of some columns, ascending; the intercept's, the last, must be among them.
  ///
  /// Chosen sparse columns are written out.
  func selecting(_ chosen: [Int]) -> LinearDesign {
    let plain = chosen.filter { $0 < features.count }
    let inDense = plain.filter { $0 < dense.count }
    let inSparse = plain.filter { $0 >= dense.count }
    let written = inSparse.isEmpty ? nil : written(inDense, inSparse)
    return LinearDesign(
      rows: rows,
      columns: chosen.count,
      source: written ?? source,
      stride: written == nil ? stride : plain.count,
      kept: written == nil ? kept : nil,
      dense: written == nil ? inDense.map { dense[$0] } : Array(plain.indices),
      sparse: nil,
      shares: shares,
      hasIntercept: hasIntercept,
      features: plain.map { features[$0] },
      means: means,
      centers: plain.map { centers[$0] },
      scales: plain.map { scales[$0] },
      penaltyFactors: chosen.map { penaltyFactors[$0] },
      threads: threads
    )
  }

  /// Some rows alone, on the same scales; for dense designs.
  func thinned(to places: [Int], shares: [Double]) -> LinearDesign {
    precondition(sparse == nil, "rows of sparse columns are not chosen from")
    return LinearDesign(
      rows: places.count,
      columns: columns,
      source: written(places),
      stride: dense.count,
      kept: nil,
      dense: Array(dense.indices),
      sparse: nil,
      shares: shares,
      hasIntercept: hasIntercept,
      features: features,
      means: means,
      centers: centers,
      scales: scales,
      penaltyFactors: penaltyFactors,
      threads: threads
    )
  }

  /// The design with its sparse columns written out, where a matrix of columns × columns may be.
  var narrow: LinearDesign {
    sparse != nil && columns <= NewtonSolver.denseLimit
      && rows <= FeatureMatrix.denseLimit / max(columns, 1)
      ? selecting(Array(0..<columns)) : self
  }

  /// The dense columns of some rows, side by side.
  private func written(_ places: [Int]) -> [Double] {
    let width = dense.count
    return [Double](unsafeUninitializedCapacity: places.count * width) { target, count in
      source.withUnsafeBufferPointer { source in
        for (i, place) in places.enumerated() {
          let start = (kept?[place] ?? place) * stride
          for j in 0..<width {
            target.initializeElement(at: i * width + j, to: source[start + dense[j]])
          }
        }
      }
      count = places.count * width
    }
  }

  /// Dense and sparse columns as numbers on their own scale, row by row.
  private func written(_ inDense: [Int], _ inSparse: [Int]) -> [Double] {
    let width = inDense.count + inSparse.count
    var all = [Double](repeating: 0, count: rows * width)
    for row in 0..<rows {
      let start = (kept?[row] ?? row) * stride
      for (j, column) in inDense.enumerated() {
        all[row * width + j] = source[start + dense[column]]
      }
    }
    sparse?.write(inSparse.map { $0 - dense.count }, at: inDense.count, width, into: &all)
    return all
  }
}
