import ColophonMath
import Testing

/// Distances and inner products against plain loops in the documented order.
@Suite struct PackedPointsTests {
  private static let shapes = [(0, 5, 3), (1, 1, 1), (3, 8, 4), (8, 9, 7), (17, 40, 28), (5, 23, 1)]
  private static let measures: [PairMeasure] = [
    .squaredDifferences, .products, .absoluteDifferences, .largestDifference, .powers(2.5),
  ]

  private func slow(_ measure: PairMeasure, _ x: ArraySlice<Double>, _ y: ArraySlice<Double>)
    -> Double
  {
    var sum = 0.0
    for (a, b) in zip(x, y) {
      let difference = a - b
      switch measure {
      case .squaredDifferences: sum.addProduct(difference, difference)
      case .products: sum.addProduct(a, b)
      case .absoluteDifferences: sum += difference.magnitude
      case .largestDifference: sum = max(sum, difference.magnitude)
      case .powers(let power): sum += Elementary.pow(difference.magnitude, power)
      }
    }
    return sum
  }

  @Test(arguments: CodePath.available, shapes)
  func measuresInAscendingOrder(path: CodePath, shape: (Int, Int, Int)) {
    let (m, n, width) = shape
    let rows = KernelInputs.uniform(m * width, seed: 1)
    let others = KernelInputs.uniform(n * width, seed: 2)
    let points = PackedPoints(others, width: width)
    CodePath.withPath(path) {
      for measure in Self.measures {
        var found = [Double](repeating: 0, count: m * points.paddedCount)
        rows.withUnsafeBufferPointer { rows in
          found.withUnsafeMutableBufferPointer { found in
            guard let base = rows.baseAddress, let target = found.baseAddress else { return }
            points.measure(
              measure,
              from: base,
              count: m,
              stride: width,
              into: target,
              targetStride: points.paddedCount
            )
          }
        }
        for i in 0..<m {
          for j in 0..<n {
            let expected = slow(
              measure,
              rows[i * width..<(i + 1) * width],
              others[j * width..<(j + 1) * width]
            )
            #expect(found[i * points.paddedCount + j] == expected)
          }
        }
      }
    }
  }

  /// What is measured of a point does not depend on where it is packed.
  @Test func placesChangeNoBit() {
    let others = KernelInputs.uniform(30 * 6, seed: 3)
    let places: [Int32] = [7, -1, 3, 29, 0, 11, -1, -1, 4, 4]
    let all = PackedPoints(others, width: 6)
    let some = PackedPoints(others, width: 6, places: places)
    func distances(_ points: PackedPoints) -> [Double] {
      var found = [Double](repeating: 0, count: points.paddedCount)
      found.withUnsafeMutableBufferPointer { found in
        guard let target = found.baseAddress else { return }
        points.measure(
          .squaredDifferences,
          from: KernelInputs.uniform(6, seed: 4),
          count: 1,
          stride: 6,
          into: target,
          targetStride: points.paddedCount
        )
      }
      return found
    }
    let (whole, part) = (distances(all), distances(some))
    for (i, place) in places.enumerated() where place >= 0 { #expect(part[i] == whole[Int(place)]) }
  }
}
