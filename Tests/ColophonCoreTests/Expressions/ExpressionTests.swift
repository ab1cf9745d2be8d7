import ColophonCore
import Testing

@Suite struct Expressions {
  private let values: Value = [
    "final": [
      "roc_auc": 0.9, "rows": 120, "name": "tree", "ok": true, "bad": .number(.nan),
      "far": .number(.infinity), "none": .null,
      "confusion": ["not churned": ["churned": 7]], "folds": [0.5, 0.7],
    ]
  ]

  private func lookup(_ path: ValuePath) -> Value? {
    values[path.cell].flatMap { ValuePath.find(path.segments, in: $0) }
  }

  private func evaluate(_ text: String) throws(ExpressionProblem) -> Value {
    try Expression(parsing: text).evaluate(lookup)
  }

  private func problem(_ text: String) -> ExpressionProblem? {
    do throws(ExpressionProblem) {
      _ = try evaluate(text)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("2 - 3 - 4", -5), ("12 / 3 / 2", 2.0), ("-2 * -3", 6),
      ("1/4", 0.25), ("5 %", 0.05), ("5%", 0.05), ("50 % * 4", 2.0), ("1e3", 1000.0),
      ("1.5e-1", 0.15),
      ("7 - 2", 5), ("7-2", 5), ("abs(-3)", 3.0), ("min(3, 1, 2)", 1.0), ("max(1, 5 % , 0.5)", 1.0),
      ("1 < 2", true), ("2 <= 2", true), ("1 == 1.0", true), ("'a' != \"b\"", true),
      ("not 1 > 2", true), ("true or false and false", true), ("not true or true", true),
      ("1 + 1 == 2 and 3 > 2", true), ("'it\\'s' == \"it's\"", true),
      ("final.roc_auc >= 0.85", true), ("final.folds[1] - final.folds[0]", .number(0.7 - 0.5)),
      ("final.confusion.\"not churned\".churned", 7), ("final.name == 'tree'", true),
      ("final.ok and final.rows > 100", true), ("final.nothing is missing", true),
      ("final.none is missing", true), ("final.bad is missing", true),
      ("final.far is missing", false),
      ("final.rows is not missing", true), ("final.nothing is missing or final.nothing > 1", true),
      ("final.nothing is not missing and final.nothing > 1", false),
      ("2 < 3 and not (1 > 2)", true),
      ("9223372036854775807 + 1", 9223372036854775808.0),
    ] as [(String, Value)]
  )
  func evaluates(text: String, value: Value) throws {
    #expect(try evaluate(text).canonicalText == value.canonicalText)
  }

  /// Message, offset and length of everything that can be wrong.
  @Test(arguments: [
    ("", "the expression ends where a value should follow", 0, 1),
    ("1 +", "the expression ends where a value should follow", 3, 1),
    ("1 2", "expected an operator here", 2, 1),
    ("(1", "the expression ends where ')' should follow", 2, 1),
    ("1 < 2 < 3", "comparisons can't be chained", 6, 1),
    ("final.", "the expression ends where a name should follow", 6, 1),
    ("final[x]", "expected a position from 0 here", 6, 1),
    ("final[1.5]", "expected a position from 0 here", 6, 3),
    ("maxx(1)", "'maxx' is no function", 0, 4),
    ("abs(1, 2)", "'abs' takes one value", 0, 3),
    ("min()", "expected a value here", 4, 1),
    ("a = 1", "'=' has no meaning in an expression", 2, 1),
    ("1 + $", "'$' has no meaning in an expression", 4, 1),
    ("1 + é°", "'é°' is missing", 4, 4),
    ("'open", "this quote is never closed", 0, 1),
    ("1.2.3 > 1", "'1.2.3' is not a number", 0, 5),
    ("1e999 > 1", "'1e999' is not a number", 0, 5),
    ("(1 + 2) is missing", "only a value's path can be missing", 0, 1),
    ("final.rows | .3f", "expected an operator here", 11, 1),
    ("1 > 0 and final.lost > 1", "'final.lost' is missing", 10, 10),
    ("1 < 0 and final.lost > 1", "'final.lost' is missing", 10, 10),
    ("final.none > 1", "'final.none' is missing", 0, 10),
    ("final.bad > 1", "'final.bad' is not finite", 0, 9),
    ("final.far > 1", "'final.far' is not finite", 0, 9),
    ("1 / 0", "division by zero", 2, 1),
    ("1e308 * 10 > 1", "the result is too large for a number", 6, 1),
    ("1 == 'a'", "a whole number can't be compared with text", 2, 1),
    ("1 + 'a'", "a number is needed here, not text", 2, 1),
    ("2 * -'a'", "a number is needed here, not text", 5, 1),
    ("not 3", "a condition is needed here, not a whole number", 4, 1),
    ("1 and true", "a condition is needed here, not a whole number", 2, 1),
    ("max(1, 'a')", "a number is needed here, not text", 7, 1),
  ])
  func locatesEveryProblem(text: String, message: String, offset: Int, length: Int) throws {
    let found = try #require(problem(text))
    #expect(found.message == message)
    #expect(found.offset == offset)
    #expect(found.length == length)
  }

  @Test func hintsAtWhatWasMeant() {
    #expect(problem("a = 1")?.hint == "use '==' to compare")
    #expect(problem("maxx(1)")?.hint == "did you mean 'max'?")
    #expect(problem("1 < 2 < 3")?.hint == "join two comparisons with 'and'")
  }

  @Test(arguments: ["(", "-", "not ", "abs(", "1 + ", "true and ", "1 * ", "final.", "final[0]"])
  func refusesNestingBombs(piece: String) {
    let bomb = String(repeating: piece, count: 100_000)
    #expect(problem(bomb) != nil)
    #expect(problem(bomb + "1") != nil)
  }

  @Test func aThousandOperatorsAreEnoughForAnyone() throws {
    let sum = Array(repeating: "1", count: 1001).joined(separator: " + ")
    #expect(try evaluate(sum) == 1001)
    #expect(problem(sum + " + 1")?.message == "the expression has too many operators")
  }

  @Test func aValueIsNotACondition() throws {
    #expect(throws: ExpressionProblem.self) { try Expression(parsing: "1 + 1").holds(lookup) }
    #expect(try Expression(parsing: "final.ok").holds(lookup))
    #expect(try !Expression(parsing: "1 + 1").isCondition)
    #expect(try Expression(parsing: "a is missing").isCondition)
  }

  @Test func listsItsPathsWithTheirPlaces() throws {
    let paths = try Expression(parsing: "é.a > min(b.c[2], 1) and x is missing").paths
    #expect(paths.map { "\($0.path)" } == ["é.a", "b.c[2]", "x"])
    #expect(paths.map { $0.offset } == [0, 11, 26])
    #expect(paths.map { $0.length } == [4, 6, 1])
  }

  @Test func survivesAnyText() {
    var stream = RandomStream(root: 1, cell: "expressions", purpose: "fuzz")
    let pieces = [
      "(", ")", "a", ".", "[", "0", "]", "1.5", "%", "+", "-", "*", "/", "<", "==", "and", "or",
      "not", "is", "missing", "'x'", "\"", "abs", "min", ",", " ", "é", "\\", "|", "1e9",
    ]
    for _ in 0..<5000 {
      let text = (0..<stream.integer(below: 12)).map { _ in
        pieces[stream.integer(below: pieces.count)]
      }.joined()
      if let problem = problem(text) {
        #expect((0...text.utf8.count).contains(problem.offset), "\(text)")
        #expect(problem.length >= 1)
      }
    }
  }
}
