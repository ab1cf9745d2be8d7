/// Gives each heading an anchor that no other heading of the document has.
struct Slugs {
  private var taken: Set<String> = []
  /// The next number to try behind an anchor that was taken.
  private var next: [String: Int] = [:]

  /// The heading's words in lower case, joined by `-`; `-1`, `-2` … behind one that was there before.
  mutating func anchor(for heading: String) -> String {
    var slug = ""
    for scalar in heading.unicodeScalars {
      switch scalar {
      case " ", "\t", "\n": slug.append("-")
      case "-", "_": slug.unicodeScalars.append(scalar)
      default:
        guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
          continue
        }
        slug += scalar.properties.lowercaseMapping
      }
    }
    if slug.isEmpty { slug = "section" }
    return unique(slug)
  }

  private mutating func unique(_ slug: String) -> String {
    if taken.insert(slug).inserted { return slug }
    while true {
      let number = next[slug, default: 1]
      next[slug] = number + 1
      let candidate = "\(slug)-\(number)"
      if taken.insert(candidate).inserted { return candidate }
    }
  }
}
