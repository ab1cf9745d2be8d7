import ColophonCore

/// Makes typed columns of a text table.
///
/// Without a declared type a column is numeric where every value that isn't missing is a finite
/// number (also where all are missing), a time where each is an ISO 8601 date, a category where at
/// most 20 texts differ or at most a twentieth as many as there are rows (up to 1,000), else text.
struct ColumnReader {
  /// Rows that are parsed column by column while they lie in the cache.
  private static let block = 2048

  let table: TextTable
  let missing: MissingTexts
  private let parser = DecimalParser()
  private(set) var faults: [DataFault] = []

  init(_ table: TextTable, missing: [String]) {
    self.table = table
    self.missing = MissingTexts(missing)
  }

  /// All columns, in the file's order.
  ///
  /// `declared` types overrule inference; `categories` are columns whose role makes them one
  /// however many texts differ.
  mutating func columns(declared: [String: ColumnType], categories: Set<String>) -> [Column] {
    let isCandidate = table.header.map { name in
      ![.category, .text].contains(declared[name])
    }
    let numbers = numericColumns(isCandidate)
    return table.header.indices.map { index in
      column(
        index,
        declared[table.header[index]],
        numbers[index],
        isCategory: categories.contains(table.header[index])
      )
    }
  }

  private mutating func column(
    _ index: Int,
    _ declared: ColumnType?,
    _ numbers: [Double]?,
    isCategory: Bool
  ) -> Column {
    let name = table.header[index]
    if let numbers {
      let isTime = declared == .time
      return Column(
        name: name,
        type: declared ?? .numeric,
        storage: .numbers(numbers),
        isCalendar: !isTime
      )
    }
    switch declared {
    case .numeric:
      report(index, "data.not-numeric") { [parser] in parser.parse($0) == nil }
      return Column(name: name, type: .numeric, storage: .numbers(blank))
    case .time:
      if let times = times(index) {
        return Column(name: name, type: .time, storage: .numbers(times))
      }
      report(index, "data.not-time") { ISOTime.seconds($0) == nil }
      return Column(name: name, type: .time, storage: .numbers(blank))
    case .text: return Column(name: name, type: .text, storage: .texts(texts(index)))
    case .category:
      return Column(name: name, type: .category, storage: levels(index, limit: .max) ?? .texts([]))
    case .ignore, nil:
      if let times = times(index) {
        return Column(name: name, type: declared ?? .time, storage: .numbers(times))
      }
      let limit = isCategory ? Int.max : max(20, min(1000, table.rowCount / 20))
      if let storage = levels(index, limit: limit) {
        return Column(name: name, type: declared ?? .category, storage: storage)
      }
      return Column(name: name, type: declared ?? .text, storage: .texts(texts(index)))
    }
  }

  private var blank: [Double] { [Double](repeating: .nan, count: table.rowCount) }

  /// The numbers of each candidate whose values all are numbers; nil for the others.
  private func numericColumns(_ isCandidate: [Bool]) -> [[Double]?] {
    var columns: [[Double]?] = isCandidate.map { $0 ? blank : nil }
    table.bytes.withUnsafeBufferPointer { bytes in
      for start in stride(from: 0, to: table.rowCount, by: ColumnReader.block) {
        let rows = start..<min(start + ColumnReader.block, table.rowCount)
        for index in columns.indices {
          // Taken out and put back, so that the column is changed in place and never copied.
          guard var column = columns[index].take() else { continue }
          if fill(&column, index, rows, bytes) { columns[index] = column }
        }
      }
    }
    return columns
  }

  /// Parses some rows of a column; false where one of them is neither a number nor missing.
  private func fill(
    _ column: inout [Double],
    _ index: Int,
    _ rows: Range<Int>,
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    column.withUnsafeMutableBufferPointer { column in
      for row in rows {
        let field = RecordScanner.content(bytes, table.range(row, index))
        if field.isEmpty { continue }
        let text = UnsafeBufferPointer(rebasing: bytes[field])
        if missing.mayBeNumber, missing.contains(text) { continue }
        if let number = parser.parse(text) {
          column[row] = number
        } else if !missing.contains(text) {
          return false
        }
      }
      return true
    }
  }

  /// Calls `body` with each row's field without its quotes; nil where it is missing.
  private func forEach(_ index: Int, _ body: (Int, UnsafeBufferPointer<UInt8>?) -> Bool) {
    table.bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<table.rowCount {
        let range = table.range(row, index)
        let text = UnsafeBufferPointer(rebasing: bytes[RecordScanner.content(bytes, range)])
        let isQuoted = text.count != range.count
        guard !missing.contains(text) else {
          if body(row, nil) { continue } else { return }
        }
        var isGoingOn = true
        if isQuoted, text.contains(RecordScanner.quote) {
          var copy = RecordScanner.text(bytes, range)
          isGoingOn = copy.withUTF8 { body(row, $0) }
        } else {
          isGoingOn = body(row, text)
        }
        if !isGoingOn { return }
      }
    }
  }

  private func times(_ index: Int) -> [Double]? {
    var times = blank
    var isTime = true
    forEach(index) { row, text in
      guard let text else { return true }
      guard let seconds = ISOTime.seconds(text) else {
        isTime = false
        return false
      }
      times[row] = seconds
      return true
    }
    return isTime ? times : nil
  }

  /// The categories of a column; nil where there are more than `limit`.
  private func levels(_ index: Int, limit: Int) -> Column.Storage? {
    var interner = TextInterner()
    var codes: [Int32] = []
    codes.reserveCapacity(table.rowCount)
    forEach(index) { _, text in
      codes.append(text.map { interner.code(for: $0) } ?? -1)
      return interner.texts.count <= limit
    }
    guard interner.texts.count <= limit else { return nil }
    return LevelOrder.storage(codes: codes, levels: interner.texts)
  }

  private func texts(_ index: Int) -> [String?] {
    var texts: [String?] = []
    texts.reserveCapacity(table.rowCount)
    forEach(index) { _, text in
      texts.append(text.map { String(decoding: $0, as: UTF8.self) })
      return true
    }
    return texts
  }

  /// Reports the first rows of a declared column whose text is of another type, and counts the rest.
  private mutating func report(
    _ index: Int,
    _ code: Diagnostic.Code,
    where isWrong: (UnsafeBufferPointer<UInt8>) -> Bool
  ) {
    var wrong: [(row: Int, text: String)] = []
    var count = 0
    forEach(index) { row, text in
      guard let text, isWrong(text) else { return true }
      count += 1
      if wrong.count < TextTable.shown {
        wrong.append((row, String(decoding: text, as: UTF8.self)))
      }
      return true
    }
    let name = table.header[index]
    let field = "columns.\(name)"
    for (row, text) in wrong {
      let place = table.place(row, index)
      faults.append(
        code == "data.not-time"
          ? .notTime(name, row: row + 1, text: text, field: field, place: place)
          : .notNumeric(name, row: row + 1, text: text, field: field, place: place)
      )
    }
    if count > wrong.count {
      faults.append(.moreOfType(name, count - wrong.count, code: code, field: field))
    }
  }
}
