package import ColophonCore

extension TextTable {
  /// A table of rows that come from no text file; an empty text is a missing value.
  ///
  /// The rows are written as a comma-separated file would hold them, so that what is made of them
  /// is what would be made of that file.
  ///
  /// `digest`: That of the source; nil for that of the written rows.
  package init(
    header: [String],
    rowCount: Int,
    digest: Digest?,
    field: (_ row: Int, _ column: Int) -> String
  ) throws(DataFaults) {
    var bytes: [UInt8] = []
    TextTable.write(header, to: &bytes)
    for row in 0..<rowCount {
      TextTable.write(header.indices.map { field(row, $0) }, to: &bytes)
    }
    guard let format = TableFormat(path: ".csv") else { throw DataFaults(.unknownFormat("")) }
    try self.init(bytes, digest: digest ?? Digest(of: bytes), format: format)
  }

  private static func write(_ fields: [String], to bytes: inout [UInt8]) {
    for (place, field) in fields.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      let needsQuotes =
        field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        || (fields.count == 1 && field.isEmpty)
      if needsQuotes {
        bytes.append(RecordScanner.quote)
        for byte in field.utf8 {
          if byte == RecordScanner.quote { bytes.append(byte) }
          bytes.append(byte)
        }
        bytes.append(RecordScanner.quote)
      } else {
        bytes += field.utf8
      }
    }
    bytes.append(RecordScanner.lineFeed)
  }
}
