/// Hands out ids that are unique in a page and depend on names and order alone.
struct IDPool {
  private var taken: Set<String> = []

  /// The wanted id where it is free, else the same with the next number; spaces become dashes.
  mutating func claim(_ wanted: String) -> String {
    let base = IDPool.cleaned(wanted)
    var id = base
    var number = 1
    while !taken.insert(id).inserted {
      number += 1
      id = "\(base)-\(number)"
    }
    return id
  }

  /// The id without characters that an id or a fragment can't hold.
  static func cleaned(_ text: String) -> String {
    let kept = text.unicodeScalars.map { scalar -> Character in
      scalar.properties.isWhitespace || scalar.value < 0x20
        || "\"'<>&#%".unicodeScalars.contains(scalar)
        ? "-" : Character(scalar)
    }
    return kept.isEmpty ? "section" : String(kept)
  }
}
