import GRDB
import GRDBSQLite

/// A row as SQLite holds it, read without a copy: for passes over the whole journal.
struct RawRow {
  private let statement: OpaquePointer

  /// Visits the rows of a query in order; a row is good until the next one.
  static func each(_ database: Database, _ sql: String, _ visit: (RawRow) throws -> Void) throws {
    let prepared = try database.makeStatement(sql: sql)
    let statement = prepared.sqliteStatement
    defer { sqlite3_reset(statement) }
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else {
        throw DatabaseError(
          resultCode: ResultCode(rawValue: code),
          message: sqlite3_errmsg(database.sqliteConnection).map { String(cString: $0) },
          sql: sql
        )
      }
      try visit(RawRow(statement: statement))
    }
  }

  /// A column's bytes, whatever its type; none for null.
  func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_text(statement, column)
    return UnsafeBufferPointer(
      start: start,
      count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, column))
    )
  }

  func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

  func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

  /// Whether a column holds just these bytes.
  func holds(_ text: String, at column: Int32) -> Bool {
    let bytes = bytes(column)
    let isEqual = text.utf8.withContiguousStorageIfAvailable {
      $0.count == bytes.count && $0.elementsEqual(bytes)
    }
    return isEqual ?? text.utf8.elementsEqual(bytes)
  }
}
