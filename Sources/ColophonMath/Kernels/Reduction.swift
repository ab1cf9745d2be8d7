/// Sums and extremes of arrays, accumulated in one documented order.
package enum Reduction {
  /// The sum of the elements.
  package static func sum(_ x: [Double]) -> Double { x.reduce(0, +) }

  /// The sum of the products of the elements of two arrays of equal length.
  package static func dot(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "\(x.count) beside \(y.count) elements")
    return zip(x, y).reduce(0) { $0.addingProduct($1.0, $1.1) }
  }

  /// The sum of the squares of the elements.
  package static func sumOfSquares(_ x: [Double]) -> Double { dot(x, x) }
}
