/// What a result promises when it is computed again; printed on every stamp.
package enum Reproducibility: String, Codable, Hashable, Sendable, CaseIterable, Comparable {
  /// Bit for bit on any machine that runs the engine.
  case exact
  /// Bit for bit with the same build of the named library.
  case library
  /// Run again and compared within a stated tolerance.
  case external

  private var rank: Int {
    switch self {
    case .exact: 0
    case .library: 1
    case .external: 2
    }
  }

  /// Stronger promises come first, so `max` of several is the weakest.
  package static func < (a: Reproducibility, b: Reproducibility) -> Bool { a.rank < b.rank }
}
