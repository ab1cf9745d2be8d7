/// A condition of the author's, and the places of its parts.
package struct Condition: Hashable, Sendable {
  package var expression: Expression
  /// The scalar that holds it; maps offsets in the text to places in the file.
  package var node: Node

  /// The place of a problem that reading or computing the condition found.
  package func position(of problem: ExpressionProblem) -> SourcePosition {
    node.position(at: problem.offset)
  }
}

extension FieldReader {
  /// Conditions over value paths; a list, or one alone.
  ///
  /// Every path becomes a reference to its cell and a use of a value, both checked with the plan.
  ///
  /// `words`: First segments that name no cell, such as `champion`.
  package mutating func conditions(
    _ name: String,
    required: Bool = false,
    words: Set<String> = [],
    _ documentation: String
  ) -> [Condition] {
    guard
      let node = declare(
        name,
        .list(.condition),
        required: required,
        default: nil,
        documentation
      )
    else { return [] }
    let conditions = (node.items ?? [node]).compactMap { condition(name, $0, words: words) }
    configuration[name] = .array(conditions.map { .string($0.expression.text) })
    return conditions
  }

  /// One condition that may be left out.
  package mutating func condition(
    _ name: String,
    words: Set<String> = [],
    _ documentation: String
  ) -> Condition? {
    guard let node = declare(name, .condition, required: false, default: nil, documentation),
      let condition = condition(name, node, words: words)
    else { return nil }
    configuration[name] = .string(condition.expression.text)
    return condition
  }

  private mutating func condition(_ name: String, _ node: Node, words: Set<String>) -> Condition? {
    guard let text = scalarText(name, node)?.value else { return nil }
    do throws(ExpressionProblem) {
      let condition = Condition(expression: try Expression(parsing: text), node: node)
      guard condition.expression.isCondition else {
        throw ExpressionProblem(
          "this is a value, not a condition",
          at: 0,
          length: text.utf8.count,
          hint: "compare it, as in '\(text) > 0'"
        )
      }
      use(condition.expression, of: node, in: name, words: words)
      return condition
    } catch {
      report(.expression(error, in: node))
      return nil
    }
  }

  /// The path of a value of another cell, as in `from: baseline.test`.
  ///
  /// A cell's name alone is a path without segments.
  package mutating func valuePath(
    _ name: String,
    required: Bool = false,
    _ documentation: String
  ) -> Located<ValuePath>? {
    guard let node = declare(name, .string, required: required, default: nil, documentation),
      let text = scalarText(name, node)?.value
    else { return nil }
    do throws(ExpressionProblem) {
      let expression = try Expression(parsing: text)
      guard case .path(let path, _, _) = expression.root else {
        throw ExpressionProblem("this is no value path", at: 0, length: text.utf8.count)
      }
      configuration[name] = .string(text)
      use(expression, of: node, in: name, words: [])
      return Located(path, at: node.position)
    } catch {
      report(.expression(error, in: node))
      return nil
    }
  }

  private mutating func use(
    _ expression: Expression,
    of node: Node,
    in field: String,
    words: Set<String>
  ) {
    for (path, offset, length) in expression.paths where !words.contains(path.cell) {
      let position = node.position(at: offset)
      references.append(
        ReferenceUse(field: field, cell: Located(path.cell, at: position), artifacts: [])
      )
      valueUses.append(ValueUse(path: path, position: position, length: length))
    }
  }
}

extension Diagnostic {
  /// A problem in an expression's text, at its place in the file.
  package static func expression(_ problem: ExpressionProblem, in node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "expression.invalid",
      at: node.position(at: problem.offset),
      length: problem.length,
      problem.message,
      hint: problem.hint
    )
  }
}
