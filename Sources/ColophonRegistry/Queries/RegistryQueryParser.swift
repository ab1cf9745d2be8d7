import ColophonCore

/// Recursive descent over a query's tokens, weakest first: or, and, not, comparison.
struct RegistryQueryParser {
  typealias Term = RegistryQuery.Term
  let tokens: [RegistryQueryLexer.Placed]
  private var index = 0
  private var depth = 0

  init(tokens: [RegistryQueryLexer.Placed]) { self.tokens = tokens }

  private var current: RegistryQueryLexer.Placed { tokens[index] }

  mutating func whole() throws(ExpressionProblem) -> Term {
    let term = try disjunction()
    guard current.token == .end else { throw unexpected("'and' or 'or'") }
    return term
  }

  private func unexpected(_ expected: String) -> ExpressionProblem {
    ExpressionProblem(
      current.token == .end
        ? "the query ends where \(expected) should follow" : "expected \(expected) here",
      at: current.offset,
      length: current.length
    )
  }

  private mutating func take(_ token: RegistryQueryLexer.Token) -> Bool {
    guard current.token == token else { return false }
    index += 1
    return true
  }

  private mutating func disjunction() throws(ExpressionProblem) -> Term {
    var term = try conjunction()
    while take(.word("or")) { term = .or(term, try conjunction()) }
    return term
  }

  private mutating func conjunction() throws(ExpressionProblem) -> Term {
    var term = try negation()
    while take(.word("and")) { term = .and(term, try negation()) }
    return term
  }

  private mutating func negation() throws(ExpressionProblem) -> Term {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 100 else {
      throw ExpressionProblem("the query is nested too deeply", at: current.offset)
    }
    if take(.word("not")) { return .not(try negation()) }
    if take(.symbol("(")) {
      let term = try disjunction()
      guard take(.symbol(")")) else { throw unexpected("')'") }
      return term
    }
    return try comparison()
  }

  private mutating func comparison() throws(ExpressionProblem) -> Term {
    let start = current
    guard case .word(let path) = start.token else { throw unexpected("a name") }
    index += 1
    if path == "ancestor", take(.symbol("(")) { return try ancestor() }
    if take(.word("is")) {
      let isNegated = take(.word("not"))
      guard take(.word("missing")) else { throw unexpected("'missing'") }
      return isNegated ? .not(.missing(path: path)) : .missing(path: path)
    }
    guard case .symbol(let symbol) = current.token,
      let comparison = RegistryQuery.Comparison(rawValue: symbol)
    else { throw unexpected("a comparison") }
    index += 1
    let value = current
    let literal = try literal()
    try check(path, comparison, literal, at: value)
    return .compare(path: path, comparison, literal, offset: start.offset)
  }

  private mutating func literal() throws(ExpressionProblem) -> RegistryQuery.Literal {
    switch current.token {
    case .number(let number):
      index += 1
      return .number(number)
    case .text(let text):
      index += 1
      return .text(text)
    case .word("true"), .word("false"):
      defer { index += 1 }
      return .number(current.token == .word("true") ? 1 : 0)
    case .word(let word):
      index += 1
      return .text(word)
    default: throw unexpected("a value")
    }
  }

  private mutating func ancestor() throws(ExpressionProblem) -> Term {
    let name: String
    switch current.token {
    case .word(let word), .text(let word): name = word
    default: throw unexpected("what it descends from")
    }
    index += 1
    guard take(.symbol(")")) else { throw unexpected("')'") }
    return .ancestor(name)
  }

  /// What can be known of a comparison without looking at any version.
  private func check(
    _ path: String,
    _ comparison: RegistryQuery.Comparison,
    _ literal: RegistryQuery.Literal,
    at place: RegistryQueryLexer.Placed
  ) throws(ExpressionProblem) {
    func problem(_ message: String, _ hint: String?) -> ExpressionProblem {
      ExpressionProblem(message, at: place.offset, length: place.length, hint: hint)
    }
    let isOrder = comparison != .equal && comparison != .notEqual
    if isOrder, case .text = literal { throw problem("only numbers have an order", nil) }
    guard RegistryQuery.words.contains(path) else { return }
    if path == "version" {
      guard case .number = literal else { throw problem("a version is a number", nil) }
      return
    }
    guard case .text(let text) = literal else {
      throw problem("'\(path)' is compared with a word", nil)
    }
    let known = VersionStatus.allCases.map { $0.rawValue }
    if path == "status", !known.contains(text) {
      throw problem("there is no status '\(text)'", Suggestion.hint(for: text, among: known))
    }
  }
}
