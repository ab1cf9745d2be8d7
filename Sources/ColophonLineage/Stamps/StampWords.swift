package import ColophonCore

/// A digest in words short enough to read aloud: `amber-finch-river 7c1e 90ab`.
///
/// The eight digits are the digest's first ones, as `Digest.short` shows them everywhere else. The
/// three words say the next 24 bits, one byte each from a list of its own, so words in a wrong
/// order are noticed. Together they are 56 of the 256 bits: enough to tell reports apart by ear,
/// not a proof.
package struct StampWords: Hashable, Sendable, CustomStringConvertible {
  /// A quality, an animal, a place or thing.
  package let words: [String]
  /// Two groups of four hexadecimal digits.
  package let digits: String

  package init(_ digest: Digest) {
    words = zip(StampWords.lists, digest.bytes[4..<7]).map { list, byte in list[Int(byte)] }
    digits = digest.short
  }

  package var description: String { "\(words.joined(separator: "-")) \(digits)" }

  /// Whether what somebody read out or typed says this digest; case, spaces and dashes are free.
  package func matches(_ heard: String) -> Bool {
    StampWords.letters(heard) == StampWords.letters(description)
  }

  private static func letters(_ text: String) -> [UInt8] {
    Array(text.lowercased().utf8.filter { $0 > 0x20 && $0 != UInt8(ascii: "-") })
  }

  /// The three lists of 256 words, in the order in which a stamp says them.
  package static let lists: [[String]] = [qualities, animals, places].map { text in
    text.split(whereSeparator: { $0.isWhitespace }).map { String($0) }
  }
}
