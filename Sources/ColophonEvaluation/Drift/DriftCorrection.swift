/// How p-values are corrected where many columns are tested at once.
package enum DriftCorrection: String, Hashable, Sendable, CaseIterable {
  /// Holds the chance of any false alarm at the level (Holm, 1979).
  case holm
  /// Holds the expected share of false alarms among all (Benjamini and Hochberg, 1995).
  case benjaminiHochberg = "benjamini_hochberg"
  /// Leaves them as they are.
  case none

  /// The corrected p-values, in the order given; equal p-values stay equal.
  package func adjusted(_ values: [Double]) -> [Double] {
    let count = values.count
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var adjusted = values
    switch self {
    case .none: break
    case .holm:
      var largest = 0.0
      for (rank, index) in order.enumerated() {
        largest = max(largest, min(Double(count - rank) * values[index], 1))
        adjusted[index] = largest
      }
    case .benjaminiHochberg:
      var least = 1.0
      for (rank, index) in order.enumerated().reversed() {
        least = min(least, values[index] * Double(count) / Double(rank + 1))
        adjusted[index] = least
      }
    }
    return adjusted
  }

  /// What the report calls it.
  package var words: String {
    switch self {
    case .holm: "Holm’s correction"
    case .benjaminiHochberg: "Benjamini and Hochberg’s correction"
    case .none: "no correction"
    }
  }
}
