/// Finds the known name that an author most likely meant.
package enum Suggestion {
  /// The candidate nearest to `word`, or nil where none is near enough to be a typing mistake.
  ///
  /// Nearness is the Damerau–Levenshtein distance (restricted transpositions) without regard to
  /// case, `-` and `_`; at most a third of the word's length, at least 1. Ties go to the earlier
  /// candidate.
  package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let target = folded(word)
    let limit = max(1, target.count / 3)
    var best: (distance: Int, name: String)?
    for name in candidates {
      let candidate = folded(name)
      guard abs(candidate.count - target.count) <= limit else {
        let shorter = min(candidate.count, target.count)
        if shorter >= 3, candidate.starts(with: target) || target.starts(with: candidate) {
          if best == nil { best = (limit + 1, name) }
        }
        continue
      }
      let distance = distance(target, candidate)
      if distance <= limit, distance < (best?.distance ?? .max) { best = (distance, name) }
    }
    return best?.name
  }

  /// "did you mean 'X'?" for the nearest candidate, else the whole list where it is short.
  package static func hint(for word: String, among candidates: [String]) -> String? {
    if let near = nearest(to: word, among: candidates) { return "did you mean '\(near)'?" }
    guard !candidates.isEmpty else { return nil }
    if candidates.count <= 24 {
      return "known here: \(candidates.joined(separator: ", "))"
    }
    return "there are \(candidates.count) known names; '\(candidates[0])' is one"
  }

  private static func folded(_ word: String) -> [UInt8] {
    word.utf8.compactMap { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: " "): nil
      default: byte
      }
    }
  }

  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    var current = last
    for i in 1...a.count {
      current[0] = i
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        current[j] = min(last[j] + 1, current[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          current[j] = min(current[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[b.count]
  }
}
