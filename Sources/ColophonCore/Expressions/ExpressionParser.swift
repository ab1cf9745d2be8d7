extension Expression {
  /// Parses an expression; every operator and path keeps its place in the text.
  package init(parsing text: String) throws(ExpressionProblem) {
    var parser = ExpressionParser(tokens: try ExpressionLexer.tokens(of: text))
    self.init(text: text, root: try parser.wholeExpression())
  }
}

/// Recursive descent over the tokens, weakest operator first: or, and, not, comparison, sum,
/// product, sign, atom.
private struct ExpressionParser {
  typealias Term = Expression.Term
  let tokens: [ExpressionLexer.Placed]
  var index = 0
  var depth = 0
  var operators = 0

  init(tokens: [ExpressionLexer.Placed]) { self.tokens = tokens }

  var current: ExpressionLexer.Placed { tokens[index] }

  mutating func wholeExpression() throws(ExpressionProblem) -> Term {
    let term = try disjunction()
    guard current.token == .end else { throw unexpected("an operator") }
    return term
  }

  func unexpected(_ expected: String) -> ExpressionProblem {
    if current.token == .end {
      return ExpressionProblem(
        "the expression ends where \(expected) should follow",
        at: current.offset
      )
    }
    return ExpressionProblem(
      "expected \(expected) here",
      at: current.offset,
      length: current.length,
      hint: current.token == .symbol("|") ? "a format is for values in prose only" : nil
    )
  }

  mutating func take(word: String) -> Bool {
    guard current.token == .word(word) else { return false }
    index += 1
    return true
  }

  mutating func take(symbol: String) -> Bool {
    guard current.token == .symbol(symbol) else { return false }
    index += 1
    return true
  }

  mutating func disjunction() throws(ExpressionProblem) -> Term {
    var term = try conjunction()
    while case let offset = current.offset, take(word: "or") {
      try count()
      term = .binary(.or, term, try conjunction(), offset: offset)
    }
    return term
  }

  mutating func conjunction() throws(ExpressionProblem) -> Term {
    var term = try negation()
    while case let offset = current.offset, take(word: "and") {
      try count()
      term = .binary(.and, term, try negation(), offset: offset)
    }
    return term
  }

  mutating func negation() throws(ExpressionProblem) -> Term {
    guard take(word: "not") else { return try comparison() }
    return .not(try nested { parser throws(ExpressionProblem) in try parser.negation() })
  }

  mutating func comparison() throws(ExpressionProblem) -> Term {
    let start = current
    let left = try sum()
    if take(word: "is") {
      let negated = take(word: "not")
      guard take(word: "missing") else { throw unexpected("'missing'") }
      guard case .path = left else {
        throw ExpressionProblem(
          "only a value's path can be missing",
          at: start.offset,
          length: start.length
        )
      }
      return .isMissing(left, negated: negated)
    }
    guard case .symbol(let symbol) = current.token, let op = Expression.Operator(rawValue: symbol),
      [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(op)
    else { return left }
    let offset = current.offset
    index += 1
    let term = Term.binary(op, left, try sum(), offset: offset)
    if case .symbol(let next) = current.token, ["==", "!=", "<", "<=", ">", ">="].contains(next) {
      throw ExpressionProblem(
        "comparisons can't be chained",
        at: current.offset,
        length: current.length,
        hint: "join two comparisons with 'and'"
      )
    }
    return term
  }

  mutating func sum() throws(ExpressionProblem) -> Term {
    var term = try product()
    while true {
      try countIf("+", "-")
      let offset = current.offset
      if take(symbol: "+") {
        term = .binary(.add, term, try product(), offset: offset)
      } else if take(symbol: "-") {
        term = .binary(.subtract, term, try product(), offset: offset)
      } else {
        return term
      }
    }
  }

  mutating func product() throws(ExpressionProblem) -> Term {
    var term = try sign()
    while true {
      try countIf("*", "/")
      let offset = current.offset
      if take(symbol: "*") {
        term = .binary(.multiply, term, try sign(), offset: offset)
      } else if take(symbol: "/") {
        term = .binary(.divide, term, try sign(), offset: offset)
      } else {
        return term
      }
    }
  }

  mutating func sign() throws(ExpressionProblem) -> Term {
    if take(symbol: "-") {
      return .negate(try nested { parser throws(ExpressionProblem) in try parser.sign() })
    }
    return try atom()
  }

  mutating func countIf(_ first: String, _ second: String) throws(ExpressionProblem) {
    if current.token == .symbol(first) || current.token == .symbol(second) { try count() }
  }

  /// Counts operators: a chain of them is a deep tree, and walking it takes stack.
  mutating func count() throws(ExpressionProblem) {
    operators += 1
    guard operators <= 1000 else {
      throw ExpressionProblem("the expression has too many operators", at: current.offset)
    }
  }

  /// Counts nesting, so that no text can exhaust the stack.
  mutating func nested(
    _ body: (inout ExpressionParser) throws(ExpressionProblem) -> Term
  ) throws(ExpressionProblem) -> Term {
    depth += 1
    guard depth <= 100 else {
      throw ExpressionProblem("the expression is nested too deeply", at: current.offset)
    }
    let term = try body(&self)
    depth -= 1
    return term
  }

  mutating func atom() throws(ExpressionProblem) -> Term {
    let start = current
    switch start.token {
    case .number(let value, let isWhole):
      index += 1
      if current.token == .percent {
        index += 1
        return .literal(.number(value / 100), offset: start.offset)
      }
      if isWhole, let whole = Int(exactly: value) {
        return .literal(.integer(whole), offset: start.offset)
      }
      return .literal(.number(value), offset: start.offset)
    case .text(let text):
      index += 1
      return .literal(.string(text), offset: start.offset)
    case .symbol("("):
      index += 1
      let term = try nested { parser throws(ExpressionProblem) in try parser.disjunction() }
      guard take(symbol: ")") else { throw unexpected("')'") }
      return term
    case .word("true"), .word("false"):
      index += 1
      return .literal(.boolean(start.token == .word("true")), offset: start.offset)
    case .word(let word):
      index += 1
      if current.token == .symbol("(") { return try call(word, start) }
      return try path(word, start)
    default: throw unexpected("a value")
    }
  }

  mutating func call(_ name: String, _ start: ExpressionLexer.Placed) throws(ExpressionProblem)
    -> Term
  {
    let known = Expression.Function.allCases.map { $0.rawValue }
    guard let function = Expression.Function(rawValue: name) else {
      throw ExpressionProblem(
        "'\(name)' is no function",
        at: start.offset,
        length: start.length,
        hint: Suggestion.hint(for: name, among: known)
      )
    }
    index += 1
    var arguments: [Term] = []
    repeat {
      arguments.append(
        try nested { parser throws(ExpressionProblem) in try parser.disjunction() }
      )
    } while take(symbol: ",")
    guard take(symbol: ")") else { throw unexpected("')'") }
    guard function != .abs || arguments.count == 1 else {
      throw ExpressionProblem("'abs' takes one value", at: start.offset, length: start.length)
    }
    return .call(function, arguments, offset: start.offset)
  }

  mutating func path(_ cell: String, _ start: ExpressionLexer.Placed) throws(ExpressionProblem)
    -> Term
  {
    var segments: [ValuePath.Segment] = []
    while true {
      if take(symbol: ".") {
        switch current.token {
        case .word(let name): segments.append(.name(name))
        case .text(let name): segments.append(.name(name))
        default: throw unexpected("a name")
        }
        index += 1
      } else if take(symbol: "[") {
        guard case .number(let value, true) = current.token, let position = Int(exactly: value)
        else { throw unexpected("a position from 0") }
        index += 1
        guard take(symbol: "]") else { throw unexpected("']'") }
        segments.append(.index(position))
      } else {
        break
      }
    }
    let last = tokens[index - 1]
    return .path(
      ValuePath(cell: cell, segments: segments),
      offset: start.offset,
      length: last.offset + last.length - start.offset
    )
  }
}
