import ColophonMath

/// How far two rows are apart.
///
/// Rows are compared by a reduced distance, which orders them alike and is cheaper.
enum NeighbourMetric: Hashable, Sendable {
  case euclidean
  case manhattan
  case chebyshev
  case minkowski(Double)
  /// 1 less the cosine of the angle; a row of zeros is at right angles to all.
  case cosine

  /// The metric of a name; `power` is Minkowski's p, whose 1 and 2 are metrics of their own.
  init(named name: String, power: Double) {
    switch name {
    case "euclidean": self = .euclidean
    case "manhattan": self = .manhattan
    case "chebyshev": self = .chebyshev
    case "cosine": self = .cosine
    default: self = power == 1 ? .manhattan : power == 2 ? .euclidean : .minkowski(power)
    }
  }

  /// What the kernel computes.
  var measure: PairMeasure {
    switch self {
    case .euclidean: .squaredDifferences
    case .manhattan: .absoluteDifferences
    case .chebyshev: .largestDifference
    case .minkowski(let power): .powers(power)
    case .cosine: .products
    }
  }

  /// The reduced distance from what the kernel computes.
  @inline(__always)
  func reduced(_ measured: Double) -> Double {
    if case .cosine = self { max(0, 1 - measured) } else { measured }
  }

  /// The distance from the reduced one.
  func distance(_ reduced: Double) -> Double {
    switch self {
    case .euclidean: reduced.squareRoot()
    case .minkowski(let power): Elementary.pow(reduced, 1 / power)
    case .manhattan, .chebyshev, .cosine: reduced
    }
  }

  /// Takes another coordinate's difference, at least 0, into a reduced distance.
  @inline(__always)
  func joined(_ sum: Double, _ difference: Double) -> Double {
    switch self {
    case .euclidean: sum + difference * difference
    case .manhattan, .cosine: sum + difference
    case .chebyshev: max(sum, difference)
    case .minkowski(let power): sum + Elementary.pow(difference, power)
    }
  }

  /// Rows as the kernel wants them: for the cosine each is divided by its length.
  func prepared(_ rows: [Double], width: Int) -> [Double] {
    guard self == .cosine, width > 0 else { return rows }
    var rows = rows
    for start in stride(from: 0, to: rows.count, by: width) {
      var square = 0.0
      for k in start..<start + width { square += rows[k] * rows[k] }
      guard square > 0 else { continue }
      let length = square.squareRoot()
      for k in start..<start + width { rows[k] /= length }
    }
    return rows
  }
}
