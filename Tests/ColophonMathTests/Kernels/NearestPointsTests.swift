import ColophonMath
import Testing

/// The nearest of some points and sums by group, against plain loops.
@Suite struct NearestPointsTests {
  /// Rows and points: fewer and more than a vector of either, one point alone.
  private static let shapes = [(0, 3), (3, 1), (8, 8), (19, 5), (33, 17)]

  @Test(arguments: CodePath.available, shapes)
  func findsTheFirstOfTheNearest(path: CodePath, shape: (Int, Int)) {
    let (rows, points) = shape
    let stride = (points + 7) / 8 * 8
    // Few different numbers, so that there are ties.
    let distances = KernelInputs.uniform(rows * stride, seed: 8).map { ($0 * 4).rounded() + 5 }
    var places = [Int64](repeating: -1, count: rows)
    var best = [Double](repeating: -1, count: rows)
    var second = best
    CodePath.withPath(path) {
      NearestPoints.find(
        rows: rows,
        points: points,
        distances,
        stride: stride,
        places: &places,
        best: &best,
        second: &second
      )
    }
    for row in 0..<rows {
      let own = Array(distances[row * stride..<row * stride + points])
      let place = own.indices.min { (own[$0], $0) < (own[$1], $1) }
      let others = own.indices.filter { $0 != place }.map { own[$0] }
      #expect(Int(places[row]) == place)
      #expect(best[row] == place.map { own[$0].squareRoot() })
      #expect(second[row] == (others.min() ?? .infinity).squareRoot())
    }
  }

  @Test(arguments: CodePath.available, [1, 7, 8, 28])
  func addsRowsToTheirGroupsInOrder(path: CodePath, columns: Int) {
    let rows = 23
    let a = KernelInputs.uniform(rows * columns, seed: 9)
    let groups = (0..<rows).map { Int32($0 * 5 % 3) }
    for weights in [nil, KernelInputs.uniform(rows, seed: 10)] {
      var found = [Double](repeating: 0.5, count: 3 * (columns + 1))
      var expected = found
      CodePath.withPath(path) {
        if let weights {
          NearestPoints.addGroups(
            rows: rows,
            columns: columns,
            a,
            groups: groups,
            weights: weights,
            to: &found
          )
        } else {
          NearestPoints.addGroups(
            rows: rows,
            columns: columns,
            a,
            groups: groups,
            weights: nil,
            to: &found
          )
        }
      }
      for row in 0..<rows {
        let start = Int(groups[row]) * (columns + 1)
        let weight = weights?[row] ?? 1
        for j in 0..<columns { expected[start + j] += weight * a[row * columns + j] }
        expected[start + columns] += weight
      }
      #expect(found == expected)
    }
  }
}
