import ColophonData
import ColophonMath

/// Sparse columns, standardised without being written out: the column's centre is taken from sums.
struct SparseDesign: Sendable {
  let rows: Int
  /// By row.
  private let starts: [Int]
  private let places: [Int32]
  private let values: [Double]
  /// The same numbers by column, rows ascending.
  private let columnStarts: [Int]
  private let columnRows: [Int32]
  private let columnValues: [Double]
  private let centers: [Double]
  private let scales: [Double]

  var columns: Int { scales.count }

  /// Takes up some columns, ascending.
  init(_ matrix: SparseRows, columns chosen: [Int], centers: [Double], scales: [Double]) {
    var place = [Int32](repeating: -1, count: matrix.columns)
    for (new, old) in chosen.enumerated() { place[old] = Int32(new) }
    var starts = [0]
    var places: [Int32] = []
    var values: [Double] = []
    var counts = [Int](repeating: 0, count: chosen.count + 1)
    for row in 0..<matrix.rows {
      for i in matrix.range(row) where place[Int(matrix.places[i])] >= 0 {
        let column = place[Int(matrix.places[i])]
        places.append(column)
        values.append(matrix.values[i])
        counts[Int(column) + 1] += 1
      }
      starts.append(places.count)
    }
    for j in 0..<chosen.count { counts[j + 1] += counts[j] }
    var next = counts
    var columnRows = [Int32](repeating: 0, count: places.count)
    var columnValues = [Double](repeating: 0, count: places.count)
    for row in 0..<matrix.rows {
      for i in starts[row]..<starts[row + 1] {
        let at = next[Int(places[i])]
        columnRows[at] = Int32(row)
        columnValues[at] = values[i]
        next[Int(places[i])] += 1
      }
    }
    rows = matrix.rows
    self.starts = starts
    self.places = places
    self.values = values
    columnStarts = counts
    self.columnRows = columnRows
    self.columnValues = columnValues
    self.centers = centers
    self.scales = scales
  }

  /// Adds what the columns add to an output's margins, columns ascending.
  func addMargins(
    _ coefficients: [Double],
    output: Int,
    of outputs: Int,
    into margins: inout [Double],
    threads: Int
  ) {
    let own = zip(coefficients, scales).map { $0 / $1 }
    var shift = 0.0
    for j in own.indices { shift += own[j] * centers[j] }
    margins.withUnsafeMutableBufferPointer { margins in
      nonisolated(unsafe) let margins = margins
      share(rows, threads) { range in
        for row in range {
          var sum = -shift
          for i in starts[row]..<starts[row + 1] { sum += own[Int(places[i])] * values[i] }
          margins[row * outputs + output] += sum
        }
      }
    }
  }

  /// The columns' products with a number for each row, rows ascending.
  func gathered(_ slopes: [Double], threads: Int) -> [Double] {
    let total = Reduction.sum(slopes)
    var result = [Double](repeating: 0, count: columns)
    result.withUnsafeMutableBufferPointer { result in
      nonisolated(unsafe) let result = result
      share(columns, threads) { range in
        for j in range {
          var sum = 0.0
          for i in columnStarts[j]..<columnStarts[j + 1] {
            sum += slopes[Int(columnRows[i])] * columnValues[i]
          }
          result[j] = (sum - centers[j] * total) / scales[j]
        }
      }
    }
    return result
  }

  /// Σ w (x − c)² / s² of every column, for weights w of the rows.
  func squares(_ weights: [Double]) -> [Double] {
    let total = Reduction.sum(weights)
    return (0..<columns).map { j in
      var (square, sum) = (0.0, 0.0)
      for i in columnStarts[j]..<columnStarts[j + 1] {
        let term = weights[Int(columnRows[i])] * columnValues[i]
        sum += term
        square += term * columnValues[i]
      }
      let centred = square - 2 * centers[j] * sum + centers[j] * centers[j] * total
      return max(0, centred) / (scales[j] * scales[j])
    }
  }

  /// Writes some columns' numbers, on their own scale, into rows of a width.
  func write(_ chosen: [Int], at offset: Int, _ width: Int, into all: inout [Double]) {
    for (place, j) in chosen.enumerated() {
      for i in columnStarts[j]..<columnStarts[j + 1] {
        all[Int(columnRows[i]) * width + offset + place] = columnValues[i]
      }
    }
  }

  private func share(_ count: Int, _ threads: Int, _ body: (Range<Int>) -> Void) {
    let size = max(1, (count + 31) / 32)
    Workers.share((count + size - 1) / size, among: threads) {
      body($0 * size..<min(($0 + 1) * size, count))
    }
  }
}
