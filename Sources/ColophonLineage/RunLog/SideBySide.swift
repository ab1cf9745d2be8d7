package import ColophonCore

/// Several values beside each other: the leaves on which they don't agree.
///
/// `runs compare` shows jobs this way, settings first, then results.
package struct SideBySide: Hashable, Sendable {
  /// One leaf, and what each value has there; nil where it has none.
  package struct Line: Hashable, Sendable {
    package var path: String
    package var values: [Value?]
  }

  package let labels: [String]
  /// The leaves that differ, in sorted order of path.
  package let lines: [Line]
  /// How many leaves all values agree on.
  package let agreed: Int

  package init(_ columns: [(label: String, value: Value)]) {
    labels = columns.map { $0.label }
    let leaves = columns.map { SideBySide.leaves(of: $0.value) }
    let paths = leaves.reduce(into: Set<String>()) { $0.formUnion($1.keys) }.sorted()
    let all = paths.map { path in Line(path: path, values: leaves.map { $0[path] }) }
    lines = all.filter { Set($0.values.map { $0?.canonicalText }).count > 1 }
    agreed = all.count - lines.count
  }

  /// The scalars of a value by path; lists of scalars and empty collections are leaves as well.
  private static func leaves(of value: Value) -> [String: Value] {
    let empty: Value = if case .array = value { [] } else { [:] }
    var leaves: [String: Value] = [:]
    for change in ValueChange.between(empty, value) {
      collect(change.now ?? .null, at: change.path, into: &leaves)
    }
    return leaves
  }

  private static func collect(_ value: Value, at path: String, into leaves: inout [String: Value]) {
    switch value {
    case .object(let members) where !members.isEmpty:
      for (key, member) in members {
        let name = ValuePath.quoted(key)
        collect(member, at: path.isEmpty ? name : "\(path).\(name)", into: &leaves)
      }
    case .array(let items) where items.contains { $0.asObject != nil || $0.asArray != nil }:
      for (i, item) in items.enumerated() { collect(item, at: "\(path)[\(i)]", into: &leaves) }
    default: leaves[path] = value
    }
  }
}
