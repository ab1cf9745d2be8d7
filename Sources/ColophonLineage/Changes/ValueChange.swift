package import ColophonCore

/// One place where two values differ.
package struct ValueChange: Hashable, Sendable {
  /// The way to the place, such as `hyperparameters.eta` or `layers[2].units`; empty for the root.
  package var path: String
  /// Nil where the place is new.
  package var was: Value?
  /// Nil where the place is gone.
  package var now: Value?

  package init(path: String, was: Value?, now: Value?) {
    self.path = path
    self.was = was
    self.now = now
  }

  /// Every place where two values differ, members in sorted order.
  ///
  /// A member that one side lacks is one change, however deep it is. Lists of scalars with
  /// different lengths are one change; other lists are compared position by position. Values are
  /// equal where their canonical forms are, so 1 and 1.0 don't differ.
  package static func between(_ was: Value?, _ now: Value?, at path: String = "") -> [ValueChange] {
    switch (was, now) {
    case (.object(let a)?, .object(let b)?):
      return Set(a.keys).union(b.keys).sorted().flatMap { key in
        between(a[key], b[key], at: member(key, of: path))
      }
    case (.array(let a)?, .array(let b)?) where a.count == b.count || !(isFlat(a) && isFlat(b)):
      return (0..<max(a.count, b.count)).flatMap { i in
        between(i < a.count ? a[i] : nil, i < b.count ? b[i] : nil, at: "\(path)[\(i)]")
      }
    default:
      if was?.canonicalBytes == now?.canonicalBytes { return [] }
      return [ValueChange(path: path, was: was, now: now)]
    }
  }

  private static func isFlat(_ items: [Value]) -> Bool {
    items.allSatisfy { $0.asObject == nil && $0.asArray == nil }
  }

  private static func member(_ key: String, of path: String) -> String {
    path.isEmpty ? ValuePath.quoted(key) : "\(path).\(ValuePath.quoted(key))"
  }
}

extension ValueChange: CustomStringConvertible {
  /// `eta 0.1 → 0.2`, `eta added: 0.2`, `eta removed (was 0.1)`.
  package var description: String {
    switch (was, now) {
    case (let was?, let now?): "\(path) \(was.briefText) \u{2192} \(now.briefText)"
    case (nil, let now?): "\(path) added: \(now.briefText)"
    case (let was?, nil): "\(path) removed (was \(was.briefText))"
    case (nil, nil): path
    }
  }
}
