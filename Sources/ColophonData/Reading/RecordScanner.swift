/// Finds the fields of one record after another, by RFC 4180 and what real files do beside it.
///
/// Records end with LF, CRLF or a lone CR, the last one also with the file. A field that opens with
/// a quote goes on to the closing one, over delimiters and line ends; a quote inside is doubled. A
/// quote within an unquoted field is a plain character.
struct RecordScanner {
  /// What keeps a record from being read.
  enum Problem: Error, Hashable {
    /// The quote at the offset is never closed.
    case unclosedQuote(Int)
    /// Something other than a delimiter follows a closing quote.
    case strayQuote(Int)
  }

  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  let bytes: UnsafeBufferPointer<UInt8>
  let delimiter: UInt8
  /// Where the next record starts.
  private(set) var position: Int
  private let endsField: [Bool]

  init(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var endsField = [Bool](repeating: false, count: 256)
    for byte in [delimiter, RecordScanner.lineFeed, RecordScanner.carriageReturn] {
      endsField[Int(byte)] = true
    }
    self.endsField = endsField
  }

  var isAtEnd: Bool { position >= bytes.count }

  /// Reads one record and yields its start; the end of each of its fields goes to `ends`.
  ///
  /// A field starts one byte after the end of the one before.
  mutating func next(into ends: inout [UInt32]) throws(Problem) -> Int {
    let start = position
    let count = bytes.count
    var i = start
    var problem: Problem?
    endsField.withUnsafeBufferPointer { endsField in
      while true {
        if i < count, bytes[i] == RecordScanner.quote {
          switch closing(from: i) {
          case .success(let end): i = end
          case .failure(let found):
            problem = found
            return
          }
        } else {
          while i < count, !endsField[Int(bytes[i])] { i += 1 }
        }
        ends.append(UInt32(truncatingIfNeeded: i))
        guard i < count, bytes[i] == delimiter else { break }
        i += 1
      }
    }
    if let problem { throw problem }
    if i < count {
      let isPair =
        bytes[i] == RecordScanner.carriageReturn && i + 1 < count
        && bytes[i + 1] == RecordScanner.lineFeed
      i += isPair ? 2 : 1
    }
    position = i
    return start
  }

  /// The place after the quote that closes the field opened at `open`.
  private func closing(from open: Int) -> Result<Int, Problem> {
    var i = open + 1
    while true {
      while i < bytes.count, bytes[i] != RecordScanner.quote { i += 1 }
      guard i < bytes.count else { return .failure(.unclosedQuote(open)) }
      guard i + 1 < bytes.count else { return .success(i + 1) }
      if bytes[i + 1] != RecordScanner.quote {
        guard endsField[Int(bytes[i + 1])] else { return .failure(.strayQuote(i + 1)) }
        return .success(i + 1)
      }
      i += 2
    }
  }

  /// The text of the field in a range, its quotes removed.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    let inner = content(bytes, range)
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[inner]), as: UTF8.self)
    return inner != range && text.utf8.contains(quote)
      ? text.replacing("\"\"", with: "\"") : text
  }

  /// The range of a field's bytes without the quotes around it; doubled quotes stay doubled.
  static func content(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
    guard range.count >= 2, bytes[range.lowerBound] == quote else { return range }
    return range.lowerBound + 1..<range.upperBound - 1
  }

  /// The line and byte column of an offset, both from 1.
  static func place(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> DataFault.Place {
    var line = 1
    var lineStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for i in lineStart..<max(lineStart, min(offset, bytes.count)) {
      let isEnd =
        bytes[i] == lineFeed
        || (bytes[i] == carriageReturn && !(i + 1 < bytes.count && bytes[i + 1] == lineFeed))
      guard isEnd else { continue }
      line += 1
      lineStart = i + 1
    }
    return DataFault.Place(line: line, column: offset - lineStart + 1)
  }
}
