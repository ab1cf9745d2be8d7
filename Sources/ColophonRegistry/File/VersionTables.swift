import ColophonCore
import GRDB

/// Writes what follows from a registration into the tables that are searched.
enum VersionTables {
  static func insert(
    _ database: Database,
    group: String,
    number: Int,
    content: String,
    decision: String,
    source: String,
    status: VersionStatus,
    head: String,
    sequence: Int,
    of version: VersionContent
  ) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO versions (grp, number, content, decision, source, model, status, head, sequence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        group, number, content, decision, source, version.modelDigest?.hex ?? "", status.rawValue,
        head, sequence,
      ]
    )
    let id = Int(database.lastInsertedRowID)
    try database.cachedStatement(
      sql: """
        INSERT INTO groups (grp, versions, head) VALUES (?1, ?2, ?3)
        ON CONFLICT (grp) DO UPDATE SET versions = ?2, head = ?3
        """
    ).execute(arguments: [group, number, head])
    try search(database, id, version)
  }

  /// The rows that queries and `trace --descendants` read.
  static func search(_ database: Database, _ id: Int, _ version: VersionContent) throws {
    let metric = try database.cachedStatement(
      sql: "INSERT INTO metrics (path, version, value) VALUES (?, ?, ?)"
    )
    for (path, value) in version.searchable {
      try metric.execute(arguments: [path, id, stored(value)])
    }
    let ancestor = try database.cachedStatement(
      sql: "INSERT INTO ancestors (node, version) VALUES (?, ?)"
    )
    for node in version.ancestors { try ancestor.execute(arguments: [node, id]) }
  }

  /// A value of a version as the table of metrics has it; nil where it has none.
  static func value(_ database: Database, _ id: Int, _ path: String) throws -> Value? {
    let row = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT value FROM metrics WHERE path = ? AND version = ?"),
      arguments: [path, id]
    )
    guard let stored: DatabaseValue = row?[0] else { return nil }
    switch stored.storage {
    case .int64(let whole): return .integer(Int(whole))
    case .double(let number): return .number(number)
    case .string(let text): return .string(text)
    case .blob, .null: return nil
    }
  }

  /// A value as the table of metrics holds it: numbers as such, truth values as 1 and 0.
  static func stored(_ value: Value) -> DatabaseValue {
    switch value {
    case .boolean(let truth): (truth ? 1 : 0).databaseValue
    case .integer(let whole): whole.databaseValue
    case .number(let number): number.isNaN ? .null : number.databaseValue
    case .string(let text): text.databaseValue
    case .null, .array, .object: .null
    }
  }
}
