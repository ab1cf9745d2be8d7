extension Expression {
  /// Computes the expression.
  ///
  /// `lookup`: The value of a path, or nil where it is missing.
  /// - Throws: A problem where a path that is needed is missing or not finite, or kinds don't fit.
  ///   Only `is missing` may ask about what isn't there.
  package func evaluate(_ lookup: (ValuePath) -> Value?) throws(ExpressionProblem) -> Value {
    try Expression.evaluate(root, lookup)
  }

  /// Computes a condition.
  package func holds(_ lookup: (ValuePath) -> Value?) throws(ExpressionProblem) -> Bool {
    guard case .boolean(let result) = try evaluate(lookup) else {
      throw ExpressionProblem("this is a value, not a condition", at: 0, length: text.utf8.count)
    }
    return result
  }

  private static func evaluate(
    _ term: Term,
    _ lookup: (ValuePath) -> Value?
  ) throws(ExpressionProblem) -> Value {
    switch term {
    case .literal(let value, _): return value
    case .path(let path, let offset, let length):
      guard let value = lookup(path), value != .null else {
        throw ExpressionProblem("'\(path)' is missing", at: offset, length: length)
      }
      if case .number(let number) = value, !number.isFinite {
        throw ExpressionProblem("'\(path)' is not finite", at: offset, length: length)
      }
      return value
    case .isMissing(let inner, let negated):
      var isMissing = false
      if case .path(let path, _, _) = inner {
        let value = lookup(path)
        isMissing = value == nil || value == .null || value?.asNumber?.isNaN == true
      }
      return .boolean(isMissing != negated)
    case .negate(let inner):
      let value = try evaluate(inner, lookup)
      if case .integer(let whole) = value, whole != .min { return .integer(-whole) }
      return .number(-(try number(value, at: inner.offset)))
    case .not(let inner):
      return .boolean(!(try truth(try evaluate(inner, lookup), at: inner.offset)))
    case .call(let function, let arguments, _):
      var numbers: [Double] = []
      for argument in arguments {
        numbers.append(try number(try evaluate(argument, lookup), at: argument.offset))
      }
      switch function {
      case .abs: return .number(abs(numbers[0]))
      case .min: return .number(numbers.reduce(.infinity, Swift.min))
      case .max: return .number(numbers.reduce(-.infinity, Swift.max))
      }
    case .binary(let op, let a, let b, let offset):
      return try binary(op, a, b, offset, lookup)
    }
  }

  private static func binary(
    _ op: Operator,
    _ a: Term,
    _ b: Term,
    _ offset: Int,
    _ lookup: (ValuePath) -> Value?
  ) throws(ExpressionProblem) -> Value {
    let left = try evaluate(a, lookup)
    if op == .and || op == .or {
      // Both sides are computed, so that a missing value is an error wherever it stands, unless
      // the left side guards it (`x is missing or x > 1`).
      let first = try truth(left, at: offset)
      let isDecided = first == (op == .or)
      if isDecided, a.asksForMissing { return .boolean(first) }
      let second = try truth(try evaluate(b, lookup), at: offset)
      return .boolean(isDecided ? first : second)
    }
    let right = try evaluate(b, lookup)
    switch op {
    case .equal: return .boolean(try equal(left, right, at: offset))
    case .notEqual: return .boolean(!(try equal(left, right, at: offset)))
    default: break
    }
    let x = try number(left, at: offset)
    let y = try number(right, at: offset)
    switch op {
    case .less: return .boolean(x < y)
    case .lessOrEqual: return .boolean(x <= y)
    case .greater: return .boolean(x > y)
    case .greaterOrEqual: return .boolean(x >= y)
    case .divide:
      guard y != 0 else { throw ExpressionProblem("division by zero", at: offset) }
      return try finite(.number(x / y), at: offset)
    case .add:
      return try finite(
        arithmetic(left, right, x + y) { $0.addingReportingOverflow($1) },
        at: offset
      )
    case .subtract:
      return try finite(
        arithmetic(left, right, x - y) { $0.subtractingReportingOverflow($1) },
        at: offset
      )
    default:
      return try finite(
        arithmetic(left, right, x * y) { $0.multipliedReportingOverflow(by: $1) },
        at: offset
      )
    }
  }

  private static func finite(_ value: Value, at offset: Int) throws(ExpressionProblem) -> Value {
    if case .number(let number) = value, !number.isFinite {
      throw ExpressionProblem("the result is too large for a number", at: offset)
    }
    return value
  }

  /// Whole numbers stay whole unless they overflow.
  private static func arithmetic(
    _ left: Value,
    _ right: Value,
    _ number: Double,
    _ whole: (Int, Int) -> (partialValue: Int, overflow: Bool)
  ) -> Value {
    if case .integer(let a) = left, case .integer(let b) = right {
      let (result, overflow) = whole(a, b)
      if !overflow { return .integer(result) }
    }
    return .number(number)
  }

  private static func equal(_ a: Value, _ b: Value, at offset: Int) throws(ExpressionProblem)
    -> Bool
  {
    if let x = a.asNumber, let y = b.asNumber { return x == y }
    switch (a, b) {
    case (.string, .string), (.boolean, .boolean): return a == b
    default:
      throw ExpressionProblem("\(a.kindName) can't be compared with \(b.kindName)", at: offset)
    }
  }

  private static func number(_ value: Value, at offset: Int) throws(ExpressionProblem) -> Double {
    guard let number = value.asNumber else {
      throw ExpressionProblem("a number is needed here, not \(value.kindName)", at: offset)
    }
    return number
  }

  private static func truth(_ value: Value, at offset: Int) throws(ExpressionProblem) -> Bool {
    guard case .boolean(let truth) = value else {
      throw ExpressionProblem("a condition is needed here, not \(value.kindName)", at: offset)
    }
    return truth
  }
}

extension Expression.Term {
  /// Where to point when the term's value does not fit: at the value, or at the operator.
  var offset: Int {
    switch self {
    case .literal(_, let offset), .path(_, let offset, _), .binary(_, _, _, let offset),
      .call(_, _, let offset):
      offset
    case .negate(let inner), .not(let inner), .isMissing(let inner, _): inner.offset
    }
  }

  /// Whether some part of the term is `is missing`, and so guards what stands beside it.
  var asksForMissing: Bool {
    switch self {
    case .literal, .path: false
    case .isMissing: true
    case .negate(let inner), .not(let inner): inner.asksForMissing
    case .binary(_, let a, let b, _): a.asksForMissing || b.asksForMissing
    case .call(_, let arguments, _): arguments.contains { $0.asksForMissing }
    }
  }
}
