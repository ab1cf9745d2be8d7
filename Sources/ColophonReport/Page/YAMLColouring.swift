/// Colours a listing of YAML: keys, strings, literals and comments, a line at a time.
///
/// It only has to be right for what cells look like; what it takes wrongly is still readable.
package enum YAMLColouring {
  package static func nodes(_ text: String) -> [HTMLNode] {
    var nodes: [HTMLNode] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (i, line) in lines.enumerated() {
      if i > 0 { nodes.append("\n") }
      nodes += self.line(line)
    }
    return nodes
  }

  private static func line(_ line: Substring) -> [HTMLNode] {
    var rest = line
    let lead = rest.prefix { $0 == " " || $0 == "-" }
    rest = rest.dropFirst(lead.count)
    var nodes: [HTMLNode] = lead.isEmpty ? [] : [.text(String(lead))]
    if let end = keyEnd(in: rest) {
      nodes.append(.span(.key, String(rest[..<end])))
      rest = rest[end...]
    }
    return nodes + values(rest)
  }

  /// Where a key's colon stands, for lines that begin with a plain key.
  private static func keyEnd(in text: Substring) -> Substring.Index? {
    guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return nil }
    let after = text.index(after: colon)
    guard after == text.endIndex || text[after] == " " else { return nil }
    let isPlain = text[..<colon].allSatisfy { $0.isLetter || $0.isNumber || "_.-".contains($0) }
    return isPlain ? colon : nil
  }

  /// Words, strings and a comment, with what lies between them as it is.
  private static func values(_ text: Substring) -> [HTMLNode] {
    var nodes: [HTMLNode] = []
    var plain = ""
    var rest = text
    func flush() {
      if !plain.isEmpty { nodes.append(.text(plain)) }
      plain = ""
    }
    while let first = rest.first {
      if first == "#", plain.last == " " || (plain.isEmpty && nodes.isEmpty) {
        flush()
        nodes.append(.span(.comment, String(rest)))
        return nodes
      }
      if first == "\"" || first == "'" {
        let body = rest.dropFirst().prefix { $0 != first }
        let whole = rest.prefix(body.count + 2)
        flush()
        nodes.append(.span(.string, String(whole)))
        rest = rest.dropFirst(whole.count)
      } else if isWord(first) {
        let word = rest.prefix { isWord($0) }
        rest = rest.dropFirst(word.count)
        if rest.first == ":" {
          flush()
          nodes.append(.span(.key, String(word)))
        } else if isLiteral(word) {
          flush()
          nodes.append(.span(.literal, String(word)))
        } else {
          plain += word
        }
      } else {
        plain.append(first)
        rest = rest.dropFirst()
      }
    }
    flush()
    return nodes
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_.-+".contains(character)
  }

  private static func isLiteral(_ word: Substring) -> Bool {
    if ["true", "false", "null"].contains(word) { return true }
    guard let first = word.first, first.isNumber || "+-.".contains(first) else { return false }
    return word.contains { $0.isNumber } && word.allSatisfy { $0.isNumber || ".eE+-_".contains($0) }
  }
}
