package import ColophonCore
import GRDB

extension Store {
  /// What a cell depended on when the notebook last ran it or found its result; nil for a first
  /// run, or where an engine of another version wrote it.
  package func previousKey(notebook: String, cell: String) throws -> CellKey? {
    try ingredients(
      """
      SELECT ingredients.content FROM cells JOIN ingredients ON ingredients.key = cells.key
      WHERE cells.notebook = ? AND cells.cell = ?
      """,
      [notebook, cell]
    )
  }

  /// What a key was made of, for comparing jobs of the run log.
  package func ingredients(of key: Digest) throws -> CellKey? {
    try ingredients("SELECT content FROM ingredients WHERE key = ?", [key.hex])
  }

  private func ingredients(_ sql: String, _ arguments: StatementArguments) throws -> CellKey? {
    let text = try index.read { database in
      try String.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }
    return (text ?? nil).flatMap { try? Value(json: $0.utf8) }.flatMap { CellKey($0) }
  }

  /// Notes that a cell whose result was found still uses it; writes only what isn't noted yet.
  ///
  /// Without it, a cell that went back to an earlier setting would be compared with the setting in
  /// between, and collection would not know that the result is in use.
  package func keep(_ key: CellKey, notebook: String, cell: String) throws {
    let digest = key.digest
    let noted = try index.read { database in
      try String.fetchOne(
        database.cachedStatement(sql: "SELECT key FROM cells WHERE notebook = ? AND cell = ?"),
        arguments: [notebook, cell]
      )
    }
    guard (noted ?? nil) != digest.hex, try isWritable() else { return }
    let text = key.value.canonicalText
    try index.write { try StoreEntry.remember(text, of: digest, notebook, cell, in: $0) }
  }
}
