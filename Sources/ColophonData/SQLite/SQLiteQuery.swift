package import ColophonCore
import GRDBSQLite

/// One question to a database that lies in memory, byte for byte as its file does.
///
/// Nothing can be written, no other file be reached, and no function be called whose answer is
/// another one next time. Without an outermost ORDER BY the rows are sorted by their columns from
/// left to right (missing values first, then numbers, then texts by their bytes), so that their
/// order does not depend on how the database stores them.
package struct SQLiteQuery: Sendable {
  package var query: String

  package init(_ query: String) { self.query = query }

  /// The library's version, which a result rests on.
  package static var libraryVersion: String { String(cString: sqlite3_libversion()) }

  /// The names of the columns, without an answer to the question.
  package func columns(of file: [UInt8]) throws(DataFaults) -> [String] {
    try withStatement(of: file) { statement, _ throws(DataFaults) in
      SQLiteQuery.names(statement)
    }
  }

  /// The answer as a table of texts, whose types are told as those of a text file are.
  ///
  /// `digest`: That of the file.
  package func table(of file: [UInt8], digest: Digest) throws(DataFaults) -> TextTable {
    let isOrdered = SQLText(query).isOrdered
    let answer = try withStatement(of: file) { statement, database throws(DataFaults) in
      let names = SQLiteQuery.names(statement)
      var rows = try SQLiteQuery.rows(statement, database, names)
      if !isOrdered { rows.sort { SQLiteCell.areInOrder($0, $1) } }
      return (names, rows)
    }
    let (names, rows) = answer
    return try TextTable(header: names, rowCount: rows.count, digest: digest) { row, column in
      rows[row][column].text
    }
  }

  /// Opens the file's bytes as a database and prepares the question.
  private func withStatement<Result>(
    of file: [UInt8],
    _ body: (OpaquePointer, OpaquePointer) throws(DataFaults) -> Result
  ) throws(DataFaults) -> Result {
    try check(file)
    var database: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(":memory:", &database, flags, nil) == SQLITE_OK, let database else {
      sqlite3_close_v2(database)
      throw DataFaults(.sqlite("no memory for a database", offset: nil))
    }
    defer { sqlite3_close_v2(database) }
    // The bytes belong to SQLite from here on, which frees them whatever comes.
    guard let copy = sqlite3_malloc64(UInt64(file.count)) else {
      throw DataFaults(.sqlite("no memory for a database", offset: nil))
    }
    copy.copyMemory(from: file, byteCount: file.count)
    let size = sqlite3_int64(file.count)
    let form = UInt32(SQLITE_DESERIALIZE_READONLY | SQLITE_DESERIALIZE_FREEONCLOSE)
    let bytes = copy.assumingMemoryBound(to: UInt8.self)
    guard sqlite3_deserialize(database, "main", bytes, size, size, form) == SQLITE_OK else {
      throw DataFaults(.notDatabase)
    }
    _disableDoubleQuotedStringLiterals(database)
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_set_authorizer(
      database,
      { _, action, _, name, _, _ in SQLiteQuery.permit(action, name) },
      nil
    )
    let statement = try prepare(database)
    defer { sqlite3_finalize(statement) }
    return try body(statement, database)
  }

  private func check(_ file: [UInt8]) throws(DataFaults) {
    guard file.starts(with: "SQLite format 3\0".utf8), file.count >= 100 else {
      throw DataFaults(.notDatabase)
    }
    // Bytes 18 and 19 tell how the file is written: 2 is a log beside it.
    if file[18] == 2 || file[19] == 2 { throw DataFaults(.writeAheadLog) }
    let text = SQLText(query)
    guard ["select", "with", "values"].contains(text.verb) else {
      throw DataFaults(.notQuestion(text.verb))
    }
    if let offset = text.clock { throw DataFaults(.clockInQuery(offset: offset)) }
  }

  private func prepare(_ database: OpaquePointer) throws(DataFaults) -> OpaquePointer {
    var statement: OpaquePointer?
    var rest = 0
    let status = query.withCString { text in
      var tail: UnsafePointer<CChar>?
      let status = sqlite3_prepare_v2(database, text, -1, &statement, &tail)
      rest = tail.map { text.distance(to: $0) } ?? 0
      return status
    }
    guard status == SQLITE_OK, let statement else {
      let offset = Int(sqlite3_error_offset(database))
      throw DataFaults(
        .sqlite(String(cString: sqlite3_errmsg(database)), offset: offset < 0 ? nil : offset)
      )
    }
    let tail = String(decoding: Array(query.utf8).dropFirst(rest), as: UTF8.self)
    if !SQLText(tail).verb.isEmpty {
      sqlite3_finalize(statement)
      throw DataFaults(.secondStatement(offset: rest))
    }
    return statement
  }

  private static let forbidden = [
    "random", "randomblob", "current_time", "current_date", "current_timestamp", "changes",
    "total_changes", "last_insert_rowid", "load_extension", "sqlite_version", "sqlite_source_id",
  ]

  /// Allows what only reads, and functions that answer the same every time.
  private static func permit(_ action: Int32, _ name: UnsafePointer<CChar>?) -> Int32 {
    switch action {
    case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
    case SQLITE_FUNCTION:
      let function = name.map { String(cString: $0).lowercased() } ?? ""
      return forbidden.contains(function) ? SQLITE_DENY : SQLITE_OK
    default: return SQLITE_DENY
    }
  }

  private static func names(_ statement: OpaquePointer) -> [String] {
    (0..<sqlite3_column_count(statement)).map { column in
      sqlite3_column_name(statement, column).map { String(cString: $0) } ?? ""
    }
  }

  private static func rows(
    _ statement: OpaquePointer,
    _ database: OpaquePointer,
    _ names: [String]
  ) throws(DataFaults) -> [[SQLiteCell]] {
    var rows: [[SQLiteCell]] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        var row: [SQLiteCell] = []
        for (place, name) in names.enumerated() {
          guard let cell = SQLiteCell(statement, Int32(place)) else {
            throw DataFaults(.blob(name, row: rows.count + 1))
          }
          row.append(cell)
        }
        rows.append(row)
      case SQLITE_DONE: return rows
      default: throw DataFaults(.sqlite(String(cString: sqlite3_errmsg(database)), offset: nil))
      }
    }
  }
}
