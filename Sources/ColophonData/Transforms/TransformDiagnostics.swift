import ColophonCore

/// The wording of what a step's own fields can contradict.
extension Diagnostic {
  static func valueWithoutConstant(_ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "prepare.constant",
      at: node.position,
      length: node.length,
      "'value' is of the strategy 'constant' alone",
      hint: "write 'strategy: constant', or leave it out"
    )
  }

  static func rfe(_ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "prepare.rfe",
      at: node.position,
      length: node.length,
      "'rfe' eliminates features by a model's own coefficients, and a step has no model",
      hint: "take mutual_information, or a linear_learner with l1_ratio: 1"
    )
  }

  static func method(_ node: Node, _ names: [String]) -> Diagnostic {
    node.isScalar
      ? .unknownChoice("method", found: node, among: names)
      : .wrongType("method", expected: "a name", found: node)
  }
}
