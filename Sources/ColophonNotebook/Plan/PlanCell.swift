package import ColophonCore

/// What the plan knows of one cell; the caller makes it once the cell's fields are read.
package struct PlanCell: Hashable, Sendable {
  package var name: String
  package var kind: String
  /// The cell's index in the notebook.
  package var index: Int
  /// The cells that this one names, conditions included.
  package var references: [ReferenceUse]
  /// What other cells may take it for (`dataset`, `model`, …); nil where it is not known because
  /// the cell is broken, so that references to it are no further error.
  package var artifacts: [String]?
  package var isSkipped: Bool

  package init(
    name: String,
    kind: String,
    index: Int,
    references: [ReferenceUse] = [],
    artifacts: [String]? = [],
    isSkipped: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.index = index
    self.references = references
    self.artifacts = artifacts
    self.isSkipped = isSkipped
  }
}
