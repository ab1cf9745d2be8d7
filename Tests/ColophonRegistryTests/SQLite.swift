import GRDB

/// What a stranger with a database program can do to the file.
enum SQLite {
  /// The file as a registry opens it, so that pages get their sums.
  static func summed(_ path: String) -> String { "file://\(path)?vfs=colophon-sums" }

  static func run(_ sql: String, _ path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { try $0.execute(sql: sql) }
    try queue.close()
  }

  static func rows(_ sql: String, _ path: String) throws -> [[String]] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.inDatabase { database in
      try Row.fetchAll(database, sql: sql).map { row in
        row.databaseValues.map { "\($0)" }
      }
    }
  }
}
