/// How far an external cell's values may lie from the recorded ones, as absolute differences.
package enum CellTolerance: Hashable, Sendable {
  case all(Double)
  /// By value path; a path covers what lies under it, and the longest one counts. Values under no
  /// path must be equal.
  case paths([String: Double])

  /// The bound for one value path.
  package func bound(at path: String) -> Double {
    switch self {
    case .all(let bound): return bound
    case .paths(let bounds):
      let covering = bounds.filter { path == $0.key || covers($0.key, path) }
      return covering.max { $0.key.utf8.count < $1.key.utf8.count }?.value ?? 0
    }
  }

  private func covers(_ prefix: String, _ path: String) -> Bool {
    path.hasPrefix(prefix + ".") || path.hasPrefix(prefix + "[")
  }
}
