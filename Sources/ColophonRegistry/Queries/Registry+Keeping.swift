package import ColophonCore
import ColophonLineage
import GRDB

/// Why the store must keep something: a version, and the way to it in its lineage.
package struct RegistryHold: Hashable, Sendable {
  package var version: String
  /// Such as `churn@3 → final (evaluate) → trees (train) → model`.
  package var path: String
  /// Outputs and artifacts of the lineage's cells.
  package var digest: Digest
}

extension Registry {
  /// Everything that the versions need kept, in the order of their registration.
  package func holds() throws -> [RegistryHold] {
    guard exists else { return [] }
    return try reading { database in
      try Row.fetchAll(database, sql: "SELECT \(VersionRow.columns) FROM versions ORDER BY id")
        .flatMap { row -> [RegistryHold] in
          let version = try VersionRow(row)
          let content = try VersionContent(text: Documents.text(database, version.content))
          return Registry.holds(of: "\(version.group)@\(version.number)", content)
        }
    }
  }

  private static func holds(of name: String, _ content: VersionContent) -> [RegistryHold] {
    // The way from the version to each cell: by the cell that needs it, the nearest first.
    var ways: [String: String] = [:]
    for root in [content.model] + content.evaluation where ways[root] == nil { ways[root] = name }
    for node in content.cells.reversed() {
      guard let way = ways[node.name] else { continue }
      let here = "\(way) \u{2192} \(node.name) (\(node.kind))"
      for input in node.inputs.keys.sorted() where ways[input] == nil { ways[input] = here }
    }
    return content.cells.flatMap { node -> [RegistryHold] in
      let way = "\(ways[node.name] ?? name) \u{2192} \(node.name) (\(node.kind))"
      var holds = [RegistryHold(version: name, path: way, digest: node.output)]
      if let artifact = node.artifact {
        holds.append(
          RegistryHold(
            version: name,
            path: "\(way) \u{2192} \(artifact.kind)",
            digest: artifact.digest
          )
        )
      }
      return holds
    }
  }
}
