/// The texts that stand for a missing value; spaces around a field don't count.
struct MissingTexts {
  private let texts: [[UInt8]]
  private let isFirstByte: [Bool]
  /// Whether one of the texts is itself a number, such as -999.
  let mayBeNumber: Bool

  init(_ missing: [String]) {
    texts = missing.map { MissingTexts.trimmed(Array($0.utf8)) }.filter { !$0.isEmpty }
    let parser = DecimalParser()
    mayBeNumber = missing.contains { parser.parse($0) != nil }
    var isFirstByte = [Bool](repeating: false, count: 256)
    for text in texts { isFirstByte[Int(text[0])] = true }
    self.isFirstByte = isFirstByte
  }

  /// Whether a field is missing: empty, spaces, or one of the texts.
  func contains(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    var first = 0
    var end = field.count
    while first < end, field[first] == 32 || field[first] == 9 { first += 1 }
    if first == end { return true }
    guard isFirstByte[Int(field[first])] else { return false }
    while field[end - 1] == 32 || field[end - 1] == 9 { end -= 1 }
    return texts.contains { text in
      text.count == end - first && field[first..<end].elementsEqual(text)
    }
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    Array(bytes.drop { $0 == 32 }.reversed().drop { $0 == 32 }.reversed())
  }
}
