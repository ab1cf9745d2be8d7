package import ColophonCore
import GRDB

extension Store {
  /// The result that a cell of a notebook had when it was last run or found; nil where there is none.
  ///
  /// - Throws: `StoreDamage`.
  package func lastOutcome(notebook: String, cell: String) throws -> StoredOutcome? {
    let key = try index.read { database in
      try String.fetchOne(
        database,
        sql: "SELECT key FROM cells WHERE notebook = ? AND cell = ?",
        arguments: [notebook, cell]
      )
    }
    return try (key ?? nil).flatMap { Digest($0) }.flatMap { try outcome(for: $0) }
  }

  /// The notebooks whose cells the store knows, and their cells, sorted.
  package func knownCells() throws -> [(notebook: String, cell: String)] {
    let rows = try index.read { database in
      try Row.fetchAll(database, sql: "SELECT notebook, cell FROM cells ORDER BY notebook, cell")
        .map { row -> (notebook: String, cell: String) in
          (notebook: try row.decode(atIndex: 0), cell: try row.decode(atIndex: 1))
        }
    }
    return rows ?? []
  }

  /// The artifacts of a kind whose digests begin with some hexadecimal digits, each once, with a
  /// cell that made it, in the order in which they were first made.
  package func artifacts(
    kind: String,
    beginning digits: String
  ) throws -> [(digest: Digest, cell: String)] {
    let entries = try entries().filter { $0.artifact?.hex.hasPrefix(digits) == true }
    var seen: Set<Digest> = []
    return try entries.compactMap { entry in
      guard let digest = entry.artifact, !seen.contains(digest),
        case .found(let outcome) = try lookup(entry.key), outcome.artifact?.kind == kind
      else { return nil }
      seen.insert(digest)
      return (digest, entry.cell)
    }
  }
}
