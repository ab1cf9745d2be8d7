import ColophonCore
import GRDBSQLite

/// One value of an answer.
enum SQLiteCell: Hashable {
  case missing
  case integer(Int64)
  case number(Double)
  case text(String)

  /// The value in a column of the row that a statement stands at; nil for a blob.
  init?(_ statement: OpaquePointer, _ column: Int32) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: self = .number(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      let count = Int(sqlite3_column_bytes(statement, column))
      let bytes = UnsafeBufferPointer(start: sqlite3_column_text(statement, column), count: count)
      self = .text(String(decoding: bytes, as: UTF8.self))
    case SQLITE_NULL: self = .missing
    default: return nil
    }
  }

  /// The value as a text file would hold it; empty where it is missing.
  var text: String {
    switch self {
    case .missing: ""
    case .integer(let value): String(value)
    case .number(let value):
      value.isFinite ? shortestText(value) : value < 0 ? "-Infinity" : "Infinity"
    case .text(let value): value
    }
  }

  /// Whether a row stands before another: by its first value that differs.
  static func areInOrder(_ a: [SQLiteCell], _ b: [SQLiteCell]) -> Bool {
    for (x, y) in zip(a, b) where x != y {
      if x.isBefore(y) { return true }
      if y.isBefore(x) { return false }
    }
    return false
  }

  private func isBefore(_ other: SQLiteCell) -> Bool {
    switch (self, other) {
    case (.missing, .missing): return false
    case (.missing, _): return true
    case (_, .missing): return false
    case (.integer(let x), .integer(let y)): return x < y
    case (.text(let x), .text(let y)): return scalarOrder(x, y)
    case (.text, _): return false
    case (_, .text): return true
    default:
      guard let x = number, let y = other.number else { return false }
      return x < y
    }
  }

  private var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
