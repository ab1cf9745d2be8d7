/// Cuts texts into words: the runs of `[a-z0-9]` after lower-casing.
///
/// Lower-casing is Unicode's, of which only two signs outside ASCII end up as ASCII letters: the
/// Kelvin sign (k) and the capital I with a dot (i, then a combining dot that ends the word).
package enum Tokens {
  /// The words of a text, in their order.
  package static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    func end() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: word.append(UInt8(scalar.value))
      case 0x41...0x5A: word.append(UInt8(scalar.value + 32))
      case 0x212A: word.append(0x6B)
      case 0x130:
        word.append(0x69)
        end()
      default: end()
      }
    }
    end()
    return words
  }

  /// Words and runs of words, from `range.lowerBound` to `range.upperBound` of them, joined by
  /// spaces; the shorter runs first, each length in the text's order.
  package static func runs(_ words: [String], _ range: ClosedRange<Int>) -> [String] {
    range.flatMap { length -> [String] in
      guard length > 1 else { return words }
      guard words.count >= length else { return [] }
      return (0...words.count - length).map { words[$0..<$0 + length].joined(separator: " ") }
    }
  }
}
