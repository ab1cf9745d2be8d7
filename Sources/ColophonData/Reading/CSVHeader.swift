/// A table's column names, read without the rest of the file.
package enum CSVHeader {
  /// Reads the first record's names from the file's beginning.
  ///
  /// Messages call the file by `name`, as the notebook does.
  package static func read(path: String, name: String? = nil) throws(DataFaults) -> [String] {
    guard let format = TableFormat(path: path) else {
      throw DataFaults(.unknownFormat(name ?? path))
    }
    var limit = 1 << 14
    while true {
      let stored: [UInt8]
      do { stored = try ByteSource.read(path, limit: limit) } catch {
        throw DataFaults(error.faults.map { $0.naming(path, as: name) })
      }
      let isWhole = stored.count < limit
      if let names = try names(stored, format: format, isWhole: isWhole) { return names }
      limit *= 8
    }
  }

  /// The names in a file's beginning; nil where more of the file is needed to see them.
  static func names(
    _ stored: [UInt8],
    format: TableFormat,
    isWhole: Bool
  ) throws(DataFaults) -> [String]? {
    var content = stored
    if format.isCompressed {
      // A beginning's own end looks like a truncated file, which only the whole file can prove.
      let limit = isWhole ? Int.max : stored.count
      do { content = try Gzip.inflate(stored, limit: limit) } catch {
        if !isWhole, error == .truncated { return nil }
        throw DataFaults(.gzip(error))
      }
    }
    let isAllThere = isWhole
    let result = content.withUnsafeBufferPointer { bytes -> Result<[String]?, DataFaults> in
      Result { () throws(DataFaults) in
        try names(bytes, delimiter: format.delimiter, isWhole: isAllThere)
      }
    }
    return try result.get()
  }

  private static func names(
    _ bytes: UnsafeBufferPointer<UInt8>,
    delimiter: UInt8,
    isWhole: Bool
  ) throws(DataFaults) -> [String]? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw DataFaults(.utf16)
    }
    var scanner = RecordScanner(bytes, delimiter: delimiter)
    var faults: [DataFault] = []
    let names: [String]
    do { names = try self.names(&scanner, faults: &faults) } catch {
      if !isWhole, case .unclosedQuote = error { return nil }
      throw DataFaults(.record(error, bytes, row: 0))
    }
    if scanner.isAtEnd, !isWhole { return nil }
    let header = UnsafeBufferPointer(rebasing: bytes[..<scanner.position])
    if let found = UTF8Check.problem(in: header) {
      throw DataFaults(.unreadableText(found.problem, at: RecordScanner.place(bytes, found.offset)))
    }
    if !faults.isEmpty { throw DataFaults(faults) }
    return names
  }

  /// Reads the header record: the first that isn't an empty line.
  static func names(
    _ scanner: inout RecordScanner,
    faults: inout [DataFault]
  ) throws(RecordScanner.Problem) -> [String] {
    while !scanner.isAtEnd {
      var ends: [UInt32] = []
      var start = try scanner.next(into: &ends)
      if ends.count == 1, Int(ends[0]) == start { continue }
      var names: [String] = []
      for (i, end) in ends.enumerated() {
        let name = RecordScanner.text(scanner.bytes, start..<Int(end))
        let place = RecordScanner.place(scanner.bytes, start)
        if name.utf8.allSatisfy({ $0 == 32 }) {
          faults.append(.emptyName(i + 1, place: place))
        } else if let first = names.firstIndex(of: name) {
          faults.append(.duplicateName(name, first: first + 1, second: i + 1, place: place))
        }
        names.append(name)
        start = Int(end) + 1
      }
      return names
    }
    faults.append(.emptyFile)
    return []
  }
}
