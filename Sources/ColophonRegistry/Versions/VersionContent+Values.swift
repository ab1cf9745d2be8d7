package import ColophonCore
import ColophonLineage

extension VersionContent {
  /// The value of a path into the evidence, as `champion.` reads it.
  ///
  /// The first segment may name a cell of the lineage; else the evaluation's cells are asked in the
  /// author's order, and the first that has the path answers.
  package func value(at segments: [ValuePath.Segment]) -> Value? {
    if case .name(let name)? = segments.first, let node = self[cell: name] {
      return ValuePath.find(Array(segments.dropFirst()), in: node.values)
    }
    for name in evaluation {
      if let node = self[cell: name], let value = ValuePath.find(segments, in: node.values) {
        return value
      }
    }
    return nil
  }

  /// Everything that a query may compare, by path, sorted: `final.roc_auc`, and `roc_auc` for the
  /// first evaluation cell that has it; of intervals also `roc_auc.low` and `roc_auc.high`.
  package var searchable: [(path: String, value: Value)] {
    var found: [String: Value] = [:]
    for name in evaluation + [model] {
      guard let node = self[cell: name] else { continue }
      VersionContent.scalars(node.values, under: "") { path, value in
        found["\(name).\(path)"] = found["\(name).\(path)"] ?? value
        guard name != model || evaluation.contains(model) else { return }
        found[path] = found[path] ?? value
        if path.hasPrefix("ci.") {
          let short = String(path.dropFirst(3))
          found[short] = found[short] ?? value
        }
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Visits numbers, truth values and texts by their paths; lists (curves, folds) are left out.
  static func scalars(_ value: Value, under path: String, _ visit: (String, Value) -> Void) {
    switch value {
    case .object(let members):
      for key in members.keys.sorted() {
        let name = ValuePath.quoted(key)
        scalars(members[key] ?? .null, under: path.isEmpty ? name : "\(path).\(name)", visit)
      }
    case .array, .null: break
    case .boolean, .integer, .number, .string: visit(path, value)
    }
  }

  /// What the version descends from, as `ancestor(…)` and `trace --descendants` name it: `KIND:NAME`
  /// for a cell, `file:PATH`, and the digests of files, artifacts and stamps.
  package var ancestors: [String] {
    var found: Set<String> = []
    for node in cells {
      found.insert("\(node.kind):\(node.name)")
      found.insert(node.stamp.description)
      if let artifact = node.artifact { found.insert(artifact.digest.description) }
      for (path, digest) in node.files {
        found.insert("file:\(path)")
        found.insert(digest.description)
      }
    }
    return found.sorted()
  }
}
