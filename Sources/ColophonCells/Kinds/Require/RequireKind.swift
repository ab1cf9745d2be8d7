package import ColophonCore
import ColophonReport

/// Conditions that a run must meet; one that fails fails the run, after the report is written.
package struct RequireKind: CellKind {
  package static let name = "require"
  package static let summary = "Conditions that the results must meet, else the run fails."
  package static var listField: String? { "conditions" }

  /// In the order of the text.
  package let conditions: [Condition]

  package init(reading fields: inout FieldReader) {
    conditions = fields.conditions(
      "conditions",
      required: true,
      "Conditions over value paths, such as `final.roc_auc >= 0.95`; each must hold."
    )
    if fields.has("conditions"), conditions.isEmpty,
      fields.peek("conditions")?.items?.isEmpty == true
    {
      fields.report(.noConditions(at: fields.position(of: "conditions")))
    }
  }

  package var values: [PathPattern] { ["held", "total", "passed"] }

  /// Computes every condition, so that one run tells all that is wrong.
  package func run(in workshop: Workshop) throws -> Outcome {
    var problems: [String] = []
    var requirements: [Requirement] = []
    for condition in conditions {
      let expression = condition.expression
      do throws(ExpressionProblem) {
        let holds = try expression.holds { workshop.value(at: $0) }
        requirements.append(
          Requirement(
            expression.text,
            holds: holds,
            values: RequireKind.readings(expression, workshop)
          )
        )
      } catch {
        problems.append("'\(expression.text)' can't be decided: \(error.message)")
      }
    }
    if !problems.isEmpty {
      throw CellFailure(
        problems.joined(separator: "; "),
        hint: "ask 'is missing' first where a value may have no number",
        field: "conditions"
      )
    }
    let held = requirements.count { $0.holds }
    return Outcome(
      values: [
        "held": .integer(held), "total": .integer(requirements.count),
        "passed": .boolean(held == requirements.count),
      ],
      exhibits: [.requirements(requirements)],
      verdict: Verdict(held: held, total: requirements.count)
    )
  }

  /// The values that a condition reads, each once, as they are printed.
  private static func readings(
    _ expression: Expression,
    _ workshop: Workshop
  ) -> [Requirement.Reading] {
    var seen: Set<String> = []
    return expression.paths.compactMap { use in
      let path = use.path.description
      guard seen.insert(path).inserted else { return nil }
      let value = workshop.value(at: use.path)
      return Requirement.Reading(
        path: path,
        value: value.map { NumberFormat.standard($0) } ?? "missing"
      )
    }
  }
}

extension Diagnostic {
  static func noConditions(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "require.empty",
      at: position,
      "the list of conditions is empty",
      hint: "write at least one, such as 'final.roc_auc >= 0.9'"
    )
  }
}
