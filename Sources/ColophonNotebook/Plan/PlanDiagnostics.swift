import ColophonCore

/// The wording of what is wrong with the references between cells.
extension Diagnostic {
  static func unknownCell(_ reference: ReferenceUse, known: [String]) -> Diagnostic {
    let name = reference.cell.value
    return Diagnostic(
      "plan.unknown-cell",
      reference.cell.position,
      length: name.utf8.count,
      "there is no cell named '\(name)'",
      hint: Suggestion.hint(for: name, among: known)
    )
  }

  static func selfReference(_ reference: ReferenceUse) -> Diagnostic {
    let name = reference.cell.value
    return Diagnostic(
      "plan.self-reference",
      reference.cell.position,
      length: name.utf8.count,
      "'\(name)' can't depend on itself"
    )
  }

  static func wrongArtifact(_ reference: ReferenceUse, found cell: PlanCell) -> Diagnostic {
    let name = reference.cell.value
    let article = "aeiou".contains(cell.kind.first ?? "x") ? "an" : "a"
    return Diagnostic(
      "plan.wrong-kind",
      reference.cell.position,
      length: name.utf8.count,
      "'\(name)' is \(article) \(cell.kind) cell, which yields no "
        + reference.artifacts.joined(separator: " or "),
      hint: (cell.artifacts ?? []).isEmpty
        ? nil : "it yields a \((cell.artifacts ?? []).joined(separator: ", a "))"
    )
  }

  static func wrongTemplate(_ reference: ReferenceUse, found cell: PlanCell) -> Diagnostic {
    let name = reference.cell.value
    let article = "aeiou".contains(cell.kind.first ?? "x") ? "an" : "a"
    return Diagnostic(
      "plan.wrong-kind",
      reference.cell.position,
      length: name.utf8.count,
      "'\(name)' is \(article) \(cell.kind) cell, and '\(reference.field)' takes the recipe of a "
        + "\(reference.artifacts.joined(separator: " or ")) cell"
    )
  }

  static func cycle(_ names: [String], at reference: ReferenceUse) -> Diagnostic {
    Diagnostic(
      "plan.cycle",
      reference.cell.position,
      length: reference.cell.value.utf8.count,
      "these cells wait for each other: \(names.joined(separator: " → "))"
    )
  }
}
