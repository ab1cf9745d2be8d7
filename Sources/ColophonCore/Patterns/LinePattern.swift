/// A regular expression that is searched for in lines, in time linear in the line's length.
///
/// The syntax is what Perl, Python and POSIX have in common: literals, `.`, classes such as
/// `[0-9.eE+-]`, `\d \w \s` and their opposites, groups (captured, or not with `(?:…)`), `|`, the
/// repetitions `* + ? {m} {m,} {m,n}` (greedy, or lazy with `?` after them), `^`, `$`, `\b`. Letters
/// are ASCII's, other characters stand for themselves. What needs to look back at what was matched
/// (backreferences, lookaround) is refused, since it can take time exponential in the line's length;
/// so no pattern and no line can hang a run, and every machine finds the same.
///
/// - SeeAlso: Pike's and Thompson's machine: Cox, "Regular expression matching: the virtual machine
///   approach", 2009.
package struct LinePattern: Hashable, Sendable {
  /// The pattern as its author wrote it.
  package let text: String
  let program: [PatternInstruction]
  /// How many groups capture.
  package let groupCount: Int

  /// - Throws: What is wrong, and at which byte of the text.
  package init(_ text: String) throws(PatternProblem) {
    self.text = text
    var parser = PatternParser(text)
    let tree = try parser.parse()
    groupCount = parser.groups
    var compiler = PatternCompiler()
    try compiler.compile(tree)
    program = compiler.program
  }

  /// The first match in a line: the whole of it, then what each group captured, nil for a group that
  /// took no part.
  ///
  /// Nil where there is none.
  package func firstMatch(in line: some StringProtocol) -> [Substring?]? {
    let text = Substring(line)
    guard let slots = PatternMachine(program, slots: 2 * (groupCount + 1)).search(text) else {
      return nil
    }
    let scalars = text.unicodeScalars
    let starts = Array(scalars.indices) + [scalars.endIndex]
    return (0...groupCount).map { group in
      guard let from = slots[2 * group], let to = slots[2 * group + 1] else { return nil }
      return text[starts[from]..<starts[to]]
    }
  }
}

/// What is wrong with a pattern.
package struct PatternProblem: Error, Hashable, Sendable {
  package var message: String
  /// The UTF-8 offset in the pattern.
  package var offset: Int

  init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }
}
