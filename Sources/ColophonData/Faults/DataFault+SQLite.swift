import ColophonCore

extension DataFault {
  static let notDatabase = DataFault(
    "data.not-sqlite",
    "the file is no SQLite database",
    field: "source.sqlite"
  )

  static let writeAheadLog = DataFault(
    "data.sqlite-log",
    "the database keeps a write-ahead log beside the file, so the file alone may lack rows",
    hint: "close it with: sqlite3 FILE 'PRAGMA journal_mode = delete'",
    field: "source.sqlite"
  )

  static func notQuestion(_ verb: String) -> DataFault {
    DataFault(
      "data.sql",
      verb.isEmpty
        ? "the query is empty" : "'\(verb.prefix(20))' asks nothing, and a source is only read",
      hint: "a query begins with SELECT or WITH",
      field: "source.query",
      offset: 0
    )
  }

  static func clockInQuery(offset: Int) -> DataFault {
    DataFault(
      "data.sql-clock",
      "the query asks for the present time, so its answer would be another one tomorrow",
      hint: "write the date, or make it a parameter",
      field: "source.query",
      offset: offset
    )
  }

  static func secondStatement(offset: Int) -> DataFault {
    DataFault(
      "data.sql",
      "the query has a second statement",
      hint: "one SELECT makes the table",
      field: "source.query",
      offset: offset
    )
  }

  /// What SQLite says of a query.
  static func sqlite(_ message: String, offset: Int?) -> DataFault {
    let isForbidden = message.hasPrefix("not authorized")
    return DataFault(
      "data.sql",
      "SQLite: \(message)",
      hint: isForbidden
        ? "a source is only read, and by functions that answer the same every time" : nil,
      field: "source.query",
      offset: offset
    )
  }

  static func blob(_ name: String, row: Int) -> DataFault {
    DataFault(
      "data.sql-blob",
      "row \(row) of '\(name)' holds bytes, which no column of a table does",
      hint: "leave the column out, or write hex(\(name))",
      field: "source.query"
    )
  }
}
