/// A condition or a computed value over value paths, as its author wrote it.
///
/// Numbers, percentages (`5 %`), texts, `+ - * /`, comparisons, `and or not`, parentheses, `abs`,
/// `min`, `max` and `is missing`. Offsets are UTF-8 offsets in the expression's text.
package struct Expression: Hashable, Sendable {
  package indirect enum Term: Hashable, Sendable {
    case literal(Value, offset: Int)
    case path(ValuePath, offset: Int, length: Int)
    case negate(Term)
    case not(Term)
    case binary(Operator, Term, Term, offset: Int)
    case call(Function, [Term], offset: Int)
    case isMissing(Term, negated: Bool)
  }

  package enum Operator: String, Hashable, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case and
    case or
  }

  package enum Function: String, Hashable, Sendable, CaseIterable {
    case abs
    case min
    case max
  }

  /// The expression as it was written.
  package let text: String
  package let root: Term

  /// The paths that the expression reads, each with its place in the text, left to right.
  package var paths: [(path: ValuePath, offset: Int, length: Int)] {
    var found: [(path: ValuePath, offset: Int, length: Int)] = []
    func walk(_ term: Term) {
      switch term {
      case .literal: break
      case .path(let path, let offset, let length): found.append((path, offset, length))
      case .negate(let inner), .not(let inner), .isMissing(let inner, _): walk(inner)
      case .binary(_, let a, let b, _):
        walk(a)
        walk(b)
      case .call(_, let arguments, _): arguments.forEach(walk)
      }
    }
    walk(root)
    return found
  }

  /// Whether the expression can only be true or false.
  package var isCondition: Bool {
    switch root {
    case .not, .isMissing: true
    case .binary(let op, _, _, _):
      ![.add, .subtract, .multiply, .divide].contains(op)
    case .literal(.boolean, _), .path: true
    default: false
    }
  }
}

/// What is wrong with an expression's text or its values, and where in the text.
package struct ExpressionProblem: Error, Hashable, Sendable {
  package var message: String
  package var offset: Int
  package var length: Int
  package var hint: String?

  package init(_ message: String, at offset: Int, length: Int = 1, hint: String? = nil) {
    self.message = message
    self.offset = offset
    self.length = length
    self.hint = hint
  }
}
