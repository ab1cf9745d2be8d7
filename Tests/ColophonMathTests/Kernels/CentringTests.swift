import ColophonMath
import Testing

/// Centred rows and sums of columns against plain loops in the documented order.
@Suite struct CentringTests {
  /// Rows and columns: none, fewer columns than a vector, whole vectors, and what is left over.
  private static let shapes = [(0, 3), (1, 1), (5, 7), (4, 8), (6, 13), (9, 28)]

  @Test(arguments: CodePath.available, shapes)
  func takesEachColumnsCentreAway(path: CodePath, shape: (Int, Int)) {
    let (rows, columns) = shape
    let a = KernelInputs.uniform(rows * columns, seed: 3)
    let centers = KernelInputs.uniform(columns, seed: 4)
    for ones in [false, true] {
      let width = columns + (ones ? 1 : 0)
      var found = [Double](repeating: -9, count: rows * width)
      CodePath.withPath(path) {
        read(a, centers, &found) { a, centers, found in
          Centring.centre(
            rows: rows,
            columns: columns,
            a,
            stride: columns,
            centers: centers,
            ones: ones,
            into: found,
            targetStride: width
          )
        }
      }
      for i in 0..<rows {
        for j in 0..<columns {
          #expect(found[i * width + j] == a[i * columns + j] - centers[j])
        }
        if ones { #expect(found[i * width + columns] == 1) }
      }
    }
  }

  @Test(arguments: CodePath.available, shapes)
  func addsMomentsInAscendingOrder(path: CodePath, shape: (Int, Int)) {
    let (rows, columns) = shape
    let a = KernelInputs.uniform(rows * columns, seed: 5)
    let weights = KernelInputs.uniform(rows, seed: 6)
    let centers = KernelInputs.uniform(columns, seed: 7)
    let like = (0..<columns).map { rows > 2 ? a[2 * columns + $0] : 0 }
    var found = [Double](repeating: 1, count: 3 * columns)
    var expected = found
    CodePath.withPath(path) {
      read(a, centers, &found) { a, centers, found in
        weights.withUnsafeBufferPointer { weights in
          like.withUnsafeBufferPointer { like in
            guard let weights = weights.baseAddress, let like = like.baseAddress else { return }
            Centring.addMoments(
              rows: rows,
              columns: columns,
              a,
              stride: columns,
              weights: weights,
              centers: centers,
              like: like,
              to: found
            )
          }
        }
      }
    }
    for i in 0..<rows {
      for j in 0..<columns {
        let distance = a[i * columns + j] - centers[j]
        expected[j] += distance * weights[i]
        expected[columns + j].addProduct(distance * weights[i], distance)
        expected[2 * columns + j] += a[i * columns + j] == like[j] ? 0 : 1
      }
    }
    if rows > 0 { #expect(found == expected) }
  }

  private func read(
    _ a: [Double],
    _ centers: [Double],
    _ found: inout [Double],
    _ body: (
      UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    a.withUnsafeBufferPointer { a in
      centers.withUnsafeBufferPointer { centers in
        found.withUnsafeMutableBufferPointer { found in
          guard let a = a.baseAddress, let centers = centers.baseAddress,
            let found = found.baseAddress
          else { return }
          body(a, centers, found)
        }
      }
    }
  }
}
