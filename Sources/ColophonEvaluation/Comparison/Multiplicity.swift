/// How p-values of several challengers are raised, so that chance alone seldom makes one of them
/// look better.
package enum Multiplicity: String, Hashable, Sendable, CaseIterable {
  /// Holm (1979): the chance of any false finding stays below the error, whatever the tests have to
  /// do with each other.
  case holm
  /// Every p-value times their number.
  case bonferroni
  /// Hochberg (1988): as Holm from the other end; for tests that are independent or rise together.
  case hochberg
  /// Benjamini and Hochberg (1995): the share of false findings among all findings.
  case falseDiscovery = "benjamini_hochberg"
  case none

  /// The raised p-values; those that are missing stay so, and don't count.
  package func adjust(_ values: [Double?]) -> [Double?] {
    let places = values.indices.filter { values[$0] != nil }
    let order = places.sorted { (values[$0] ?? 0, $0) < (values[$1] ?? 0, $1) }
    let adjusted = adjust(sorted: order.compactMap { values[$0] })
    var result = values
    for (rank, place) in order.enumerated() { result[place] = adjusted[rank] }
    return result
  }

  /// Of ascending p-values.
  private func adjust(sorted: [Double]) -> [Double] {
    let count = sorted.count
    func scaled(_ factor: (Int) -> Double) -> [Double] {
      sorted.indices.map { min(1, sorted[$0] * factor($0)) }
    }
    switch self {
    case .none: return sorted
    case .bonferroni: return scaled { _ in Double(count) }
    case .holm: return scaled { Double(count - $0) }.runningLargest
    case .hochberg: return scaled { Double(count - $0) }.runningLeast
    case .falseDiscovery: return scaled { Double(count) / Double($0 + 1) }.runningLeast
    }
  }

  /// The correction in words; nil where there is none.
  package var words: String? {
    switch self {
    case .holm: "Holm's correction"
    case .bonferroni: "Bonferroni's correction"
    case .hochberg: "Hochberg's correction"
    case .falseDiscovery: "Benjamini and Hochberg's correction"
    case .none: nil
    }
  }
}

extension [Double] {
  /// Each number or a larger one before it.
  fileprivate var runningLargest: [Double] {
    var largest = -Double.infinity
    return map { number in
      largest = Swift.max(largest, number)
      return largest
    }
  }

  /// Each number or a smaller one after it.
  fileprivate var runningLeast: [Double] {
    var least = Double.infinity
    return reversed().map { number in
      least = Swift.min(least, number)
      return least
    }.reversed()
  }
}
