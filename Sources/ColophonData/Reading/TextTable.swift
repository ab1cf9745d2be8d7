package import ColophonCore

/// A delimited file taken apart into fields, before anything is known of their types.
package struct TextTable: Sendable {
  /// The column names of the first record.
  package var header: [String]
  package var rowCount: Int
  /// The digest of the file as it lies on disk.
  package var digest: Digest
  let bytes: [UInt8]
  /// Where each row starts.
  let starts: [UInt32]
  /// Where each field ends, row by row.
  let ends: [UInt32]

  /// How many faults of one kind are told before the rest is counted.
  static let shown = 3

  /// Reads a file.
  ///
  /// Messages call the file by `name`, as the notebook does.
  package init(path: String, name: String? = nil) throws(DataFaults) {
    guard let format = TableFormat(path: path) else {
      throw DataFaults(.unknownFormat(name ?? path))
    }
    let source: ByteSource
    do { source = try ByteSource(path: path) } catch {
      throw DataFaults(error.faults.map { $0.naming(path, as: name) })
    }
    try self.init(source.bytes, digest: source.digest, format: format)
  }

  /// Reads a file's bytes.
  package init(
    _ stored: [UInt8],
    digest: Digest,
    format: TableFormat
  ) throws(DataFaults) {
    self.digest = digest
    let content = try TextTable.content(stored, format: format)
    let result = content.withUnsafeBufferPointer { bytes -> Result<Scanned, DataFaults> in
      Result { () throws(DataFaults) in try Scanned(bytes, delimiter: format.delimiter) }
    }
    let scanned = try result.get()
    bytes = content
    header = scanned.header
    rowCount = scanned.starts.count
    starts = scanned.starts
    ends = scanned.ends
  }

  /// The decompressed text, refused where it can't be the text of a table.
  static func content(_ stored: [UInt8], format: TableFormat) throws(DataFaults) -> [UInt8] {
    var content = stored
    if format.isCompressed {
      do { content = try Gzip.inflate(stored) } catch { throw DataFaults(.gzip(error)) }
    }
    if content.count > Int(UInt32.max) - 1 { throw DataFaults(.tooLarge) }
    if let fault = TextTable.textFault(content) { throw DataFaults(fault) }
    return content
  }

  static func textFault(_ content: [UInt8]) -> DataFault? {
    if content.starts(with: [0xFF, 0xFE]) || content.starts(with: [0xFE, 0xFF]) {
      return .utf16
    }
    return content.withUnsafeBufferPointer { bytes in
      UTF8Check.problem(in: bytes).map {
        .unreadableText($0.problem, at: RecordScanner.place(bytes, $0.offset))
      }
    }
  }

  /// The range of a field in `bytes`, quotes included.
  @inline(__always)
  func range(_ row: Int, _ column: Int) -> Range<Int> {
    let index = row &* header.count &+ column
    let start = column == 0 ? Int(starts[row]) : Int(ends[index &- 1]) &+ 1
    return start..<Int(ends[index])
  }

  /// A field's text, its quotes removed.
  package func text(_ row: Int, _ column: Int) -> String {
    bytes.withUnsafeBufferPointer { RecordScanner.text($0, range(row, column)) }
  }

  /// The line and column of a field in the file.
  func place(_ row: Int, _ column: Int) -> DataFault.Place {
    bytes.withUnsafeBufferPointer { RecordScanner.place($0, range(row, column).lowerBound) }
  }
}

/// The records of a text and what is wrong with them.
private struct Scanned {
  var header: [String] = []
  var starts: [UInt32] = []
  var ends: [UInt32] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) throws(DataFaults) {
    var scanner = RecordScanner(bytes, delimiter: delimiter)
    var faults: [DataFault] = []
    do { header = try CSVHeader.names(&scanner, faults: &faults) } catch {
      throw DataFaults(.record(error, bytes, row: 0))
    }
    if !faults.isEmpty { throw DataFaults(faults) }
    try readRows(&scanner)
    if starts.isEmpty { throw DataFaults(.noRows) }
  }

  private mutating func readRows(_ scanner: inout RecordScanner) throws(DataFaults) {
    let width = header.count
    var faults: [DataFault] = []
    var ragged = 0
    while !scanner.isAtEnd {
      let before = ends.count
      let start: Int
      do { start = try scanner.next(into: &ends) } catch {
        throw DataFaults(faults + [.record(error, scanner.bytes, row: starts.count + ragged + 1)])
      }
      let found = ends.count - before
      // An empty line is no record: files end with them, and editors leave them behind.
      if found == 1, Int(ends[before]) == start {
        ends.removeLast()
      } else if found == width {
        starts.append(UInt32(truncatingIfNeeded: start))
      } else {
        ragged += 1
        ends.removeLast(found)
        guard ragged <= TextTable.shown else { continue }
        let place = RecordScanner.place(scanner.bytes, start)
        faults.append(
          .ragged(row: starts.count + ragged, found: found, expected: width, place: place)
        )
      }
    }
    if ragged > TextTable.shown { faults.append(.moreRagged(ragged - TextTable.shown)) }
    if !faults.isEmpty { throw DataFaults(faults) }
  }
}
