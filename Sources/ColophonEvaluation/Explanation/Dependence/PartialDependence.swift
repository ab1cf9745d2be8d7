/// What a model says of some rows while one or two of their columns are set to the values of a grid.
///
/// The mean over the rows is the partial dependence; one row's own curve is its individual
/// conditional expectation.
///
/// - SeeAlso: Friedman, "Greedy function approximation: a gradient boosting machine", 2001, section
///   8.2; Goldstein, Kapelner, Bleich and Pitkin, "Peeking inside the black box", 2015, for the curves
///   and their centring.
package struct PartialDependence: Hashable, Sendable {
  /// Grid places × rows.
  package let curves: [[Double]]

  /// `curves`: at least one row at each place.
  package init(curves: [[Double]]) { self.curves = curves }

  package var rows: Int { curves.first?.count ?? 0 }

  /// The mean over the rows at each place, rows ascending.
  package var mean: [Double] {
    curves.map { $0.reduce(0, +) / Double(max(1, $0.count)) }
  }

  /// The same curves, each lowered by its own first value.
  package var centred: PartialDependence {
    guard let first = curves.first else { return self }
    return PartialDependence(curves: curves.map { zip($0, first).map { $0 - $1 } })
  }

  /// One row's curve over the grid.
  package func curve(_ row: Int) -> [Double] { curves.map { $0[row] } }

  /// How much the mean moves: its standard deviation over the grid (n − 1), for levels a quarter of
  /// its range.
  ///
  /// - SeeAlso: Greenwell, Boehmke and McCarthy, "A simple and effective model-based variable
  ///   importance measure", 2018.
  package func importance(ofLevels: Bool) -> Double {
    let mean = mean
    guard mean.count > 1 else { return 0 }
    if ofLevels { return ((mean.max() ?? 0) - (mean.min() ?? 0)) / 4 }
    let middle = mean.reduce(0, +) / Double(mean.count)
    let squares = mean.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    return (squares / Double(mean.count - 1)).squareRoot()
  }
}
