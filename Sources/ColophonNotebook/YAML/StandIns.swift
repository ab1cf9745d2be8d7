/// Private-use characters that stand for parts of the YAML which Yams must not interpret itself.
///
/// Yams resolves an alias by copying, and refuses a mapping at its first repeated key. So each `*`
/// is handed over as one private-use character (an alias is then a plain scalar that starts with
/// it), and a repeated key gets another for its first character. One scalar stands for one, so all
/// of libYAML's columns stay true.
struct StandIns {
  /// Stands for `*`; nil where the text has none.
  let star: Unicode.Scalar?
  private(set) var scalars: [Unicode.Scalar]
  private var free: [Unicode.Scalar]
  private var originals: [Unicode.Scalar: Unicode.Scalar] = [:]

  /// Stands in for a text's `*`, and for as many repeated keys; nil where no characters are free.
  init?(_ text: String, keys: Int) {
    scalars = Array(text.unicodeScalars)
    let taken = Set(scalars.filter { (0xE000...0xF8FF).contains($0.value) })
    free = (0xE000...0xF8FF as ClosedRange<UInt32>).lazy.compactMap { Unicode.Scalar($0) }
      .filter { !taken.contains($0) }.prefix(keys + 1).map { $0 }
    guard free.count == keys + 1 else { return nil }
    let star = free.removeLast()
    var hasStar = false
    for i in scalars.indices where scalars[i] == "*" {
      scalars[i] = star
      hasStar = true
    }
    self.star = hasStar ? star : nil
    originals[star] = "*"
  }

  /// The text for Yams.
  var text: String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// Gives the key whose first character stands at an index another one; false where none is left.
  mutating func rename(at index: Int) -> Bool {
    guard scalars.indices.contains(index), let next = free.popLast() else { return false }
    originals[next] = originals[scalars[index]] ?? scalars[index]
    scalars[index] = next
    return true
  }

  /// A scalar's text as it was before.
  func restore(_ text: String) -> String {
    guard star != nil || originals.count > 1,
      text.unicodeScalars.contains(where: { originals[$0] != nil })
    else { return text }
    var restored = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { restored.append(originals[scalar] ?? scalar) }
    return String(restored)
  }

  /// The name of the alias that a plain scalar stands for.
  func alias(_ text: String) -> String? {
    guard let star, text.unicodeScalars.first == star else { return nil }
    return restore(String(text.unicodeScalars.dropFirst()))
  }
}
