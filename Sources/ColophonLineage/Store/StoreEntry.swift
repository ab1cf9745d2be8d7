import ColophonCore
import GRDB

/// One row of the index: which object answers a key.
struct StoreEntry: Hashable {
  var key: Digest
  /// The object that holds the outcome.
  var record: Digest
  var output: Digest
  var kind: String
  var cell: String
  /// The record's bytes.
  var size: Int
  var artifact: Digest?
  var artifactSize: Int?
}

extension StoreEntry {
  static let columns = "key, record, output, kind, cell, size, artifact, artifact_size"

  init(_ row: Row) throws {
    key = try row.digest(0)
    record = try row.digest(1)
    output = try row.digest(2)
    kind = try row.decode(atIndex: 3)
    cell = try row.decode(atIndex: 4)
    size = try row.decode(atIndex: 5)
    artifact = row.hasNull(atIndex: 6) ? nil : try row.digest(6)
    artifactSize = try row.decode(Int?.self, atIndex: 7)
  }

  /// Puts the row in, in place of an earlier one of the same key.
  func insert(into database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO entries (\(StoreEntry.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    try statement.execute(
      arguments: [key.hex, record.hex, output.hex, kind, cell, size, artifact?.hex, artifactSize]
    )
  }

  /// Notes the ingredients of a key, and that the key is the last one of a notebook's cell.
  static func remember(
    _ ingredients: String,
    of key: Digest,
    _ notebook: String,
    _ cell: String,
    in database: Database
  ) throws {
    try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO ingredients (key, content) VALUES (?, ?)"
    ).execute(arguments: [key.hex, ingredients])
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO cells (notebook, cell, key) VALUES (?, ?, ?)"
    ).execute(arguments: [notebook, cell, key.hex])
  }
}

extension Row {
  /// The digest in a column; a text that is none means that the index was tampered with.
  func digest(_ column: Int) throws -> Digest {
    let text: String = try decode(atIndex: column)
    guard let digest = Digest(text) else {
      throw StoreDamage.index(path: "index.sqlite", reason: "a digest is malformed")
    }
    return digest
  }
}

extension Store {
  func entry(for key: Digest) throws -> StoreEntry? {
    let entry = try index.read { database in
      try Row.fetchOne(
        database.cachedStatement(
          sql: "SELECT \(StoreEntry.columns) FROM entries WHERE key = ?"
        ),
        arguments: [key.hex]
      ).map { try StoreEntry($0) }
    }
    return entry ?? nil
  }

  func entries() throws -> [StoreEntry] {
    let sql = "SELECT \(StoreEntry.columns) FROM entries ORDER BY sequence"
    return try index.read { try Row.fetchAll($0, sql: sql).map { try StoreEntry($0) } } ?? []
  }
}
