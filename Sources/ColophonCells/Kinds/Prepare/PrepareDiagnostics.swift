import ColophonCore
import ColophonData

/// The wording of what can be wrong with the list of steps.
extension Diagnostic {
  static func noSteps(_ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "prepare.steps",
      at: node.position,
      length: node.length,
      node.items == nil
        ? "'steps' takes a list of maps of one key each, not \(node.kindName)"
        : "'steps' has no step, so nothing would be prepared",
      hint: "such as '- standardize: {columns: numeric}'; there are "
        + transforms.names.joined(separator: ", ")
    )
  }

  static func noStep(_ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "prepare.steps",
      at: node.position,
      length: node.length,
      "a step is a map of one key, not \(node.entries == nil ? node.kindName : "an empty map")",
      hint: "such as 'standardize: {columns: numeric}'"
    )
  }

  static func twoSteps(_ first: Node.Entry, _ other: Node.Entry) -> Diagnostic {
    let isStep = transforms[other.key] != nil
    return Diagnostic(
      .error,
      "prepare.two-keys",
      at: other.keyPosition,
      length: other.key.utf8.count,
      "'\(other.key)' is a second key beside '\(first.key)', and a step has one",
      hint: isStep
        ? "put it in an item of its own: '- \(other.key):'"
        : "indent it under '\(first.key):', or write '\(first.key): {\(other.key): …}'"
    )
  }

  static func unknownStep(_ name: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "prepare.unknown-step",
      at: position,
      length: name.utf8.count,
      "'\(name)' is no step",
      hint: Suggestion.hint(for: name, among: transforms.names)
    )
  }
}
