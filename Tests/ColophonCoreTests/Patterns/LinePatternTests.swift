import ColophonCore
import Testing

/// What patterns find; the expected matches are those of Python's `re.search`, which shares the
/// syntax.
@Suite struct LinePatternTests {
  struct Case: Sendable, CustomStringConvertible {
    var pattern: String
    var line: String
    /// The whole match and the groups; nil for none.
    var found: [String?]?

    init(_ pattern: String, _ line: String, _ found: [String?]?) {
      self.pattern = pattern
      self.line = line
      self.found = found
    }

    var description: String { "\(pattern) in \(line)" }
  }

  @Test(arguments: [
    Case("loss=([0-9.]+)", "epoch 3 loss=0.25 acc=0.5", ["loss=0.25", "0.25"]),
    Case("loss=([0-9.]+)", "nothing here", nil),
    Case("a|ab", "ab", ["a"]),
    Case("ab|a", "ab", ["ab"]),
    Case("(a+)(b*)", "xaab", ["aab", "aa", "b"]),
    Case("(a+?)(a*)", "aaa", ["aaa", "a", "aa"]),
    Case("^\\s*val_loss: (\\S+)$", "  val_loss: 1e-3", ["  val_loss: 1e-3", "1e-3"]),
    Case(
      "(?:train|val)[_-]acc\\s*[:=]\\s*([-+]?\\d*\\.?\\d+(?:[eE][-+]?\\d+)?)",
      "val-acc = -1.5e+3",
      ["val-acc = -1.5e+3", "-1.5e+3"]
    ),
    Case("a{2,3}", "aaaa", ["aaa"]),
    Case("a{2}?", "aaaa", ["aa"]),
    Case("x{", "x{1", ["x{"]),
    Case("[]a]+", "b]a", ["]a"]),
    Case("[^a-c]+", "abcxyz", ["xyz"]),
    Case("[a-]+", "b-a", ["-a"]),
    Case("\\bacc\\b", "vacc acc", ["acc"]),
    Case("(a)|(b)", "b", ["b", nil, "b"]),
    Case("(a*)*", "aa", ["aa", "aa"]),
    Case("", "abc", [""]),
    Case("$", "abc", [""]),
    Case(".", "é", ["é"]),
    Case("naïve (\\d)", "naïve 7", ["naïve 7", "7"]),
    Case("\\$([0-9]+)\\.", "cost $12.", ["$12.", "12"]),
  ])
  func findsWhatPythonFinds(_ example: Case) throws {
    let match = try LinePattern(example.pattern).firstMatch(in: example.line)
    #expect(match?.map { $0.map { String($0) } } == example.found)
  }

  /// The message begins so, and the byte is the one at which reading stopped or the part began.
  @Test(arguments: [
    ("(a", "this '(' is not closed", 0), ("a)", "this ')' closes nothing", 1),
    ("[a", "this '[' is not closed", 0), ("*a", "nothing stands before", 0),
    ("a(?=b)", "only '(?:' may begin a group", 3), ("(a)\\1", "backreferences", 3),
    ("[z-a]", "the ends of this range", 1), ("a{3,2}", "the counts are the wrong way", 1),
    ("a\\", "a '\\' stands at the end", 1), ("a{2000}", "at most 1,000", 1),
    ("\\p", "the escape '\\p'", 0), ("a*+", "possessive", 2),
  ])
  func saysWhatIsWrongAndWhere(_ pattern: String, _ message: String, _ offset: Int) throws {
    let problem = #expect(throws: PatternProblem.self) { try LinePattern(pattern) }
    #expect(problem?.message.hasPrefix(message) == true, "\(problem?.message ?? "")")
    #expect(problem?.offset == offset)
  }

  /// A backtracking engine takes 2ⁿ steps for these; here a line of 4,000 takes as many as it has
  /// characters, times the pattern's length.
  @Test(.timeLimit(.minutes(1)), arguments: ["(a+)+$", "(a|a)*b", "(a*)*b", "(.*)(.*)(.*)(.*)=x"])
  func isLinearWhereBacktrackingExplodes(_ pattern: String) throws {
    let line = String(repeating: "a", count: 4000) + "!"
    #expect(try LinePattern(pattern).firstMatch(in: line) == nil)
  }

  @Test func writesOutNoEndlessProgram() {
    #expect(throws: PatternProblem.self) { try LinePattern("((a{1000}){1000}){1000}") }
  }
}
