/// Hands out ids that are unique in a page and depend on names and order alone.
struct IDPool {
  private var taken: Set<String> = []
  /// The number to try next for each id that was wanted more than once.
  private var next: [String: Int] = [:]

  /// The wanted id where it is free, else the same with the next number; spaces become dashes.
  mutating func claim(_ wanted: String) -> String {
    let base = IDPool.cleaned(wanted)
    var id = base
    if taken.insert(id).inserted { return id }
    var number = next[base] ?? 2
    repeat {
      id = "\(base)-\(number)"
      number += 1
    } while !taken.insert(id).inserted
    next[base] = number
    return id
  }

  /// The id without characters that an id or a fragment can't hold.
  static func cleaned(_ text: String) -> String {
    if isClean(text) { return text }
    let kept = text.unicodeScalars.map { scalar -> Character in
      scalar.properties.isWhitespace || scalar.value < 0x20
        || "\"'<>&#%".unicodeScalars.contains(scalar)
        ? "-" : Character(scalar)
    }
    return kept.isEmpty ? "section" : String(kept)
  }

  /// Whether a text is of letters, digits and the like, as nearly every id is.
  private static func isClean(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."), UInt8(ascii: ":"):
          true
        default: false
        }
      }
  }
}
