package import ColophonCore
package import ColophonLineage

/// What a version is: a model with all the evidence for it, named by its content.
///
/// It holds no clock, no person, no folder and no prose, so the same model under the same evidence
/// has the same name wherever and whenever it is registered.
package struct VersionContent: Codable, Hashable, Sendable {
  /// What its author says of it.
  package struct Card: Codable, Hashable, Sendable {
    package var description: String?
    package var intendedUse: String?
    package var limitations: String?

    package init(
      description: String? = nil,
      intendedUse: String? = nil,
      limitations: String? = nil
    ) {
      self.description = description
      self.intendedUse = intendedUse
      self.limitations = limitations
    }
  }

  /// The conditions that the register cell states, as they are written.
  package struct Gate: Codable, Hashable, Sendable {
    package var approveIf: [String]
    package var rejectIf: [String]

    package init(approveIf: [String] = [], rejectIf: [String] = []) {
      self.approveIf = approveIf
      self.rejectIf = rejectIf
    }
  }

  package static let currentFormat = "colophon-version/1"

  package let format: String
  /// The engine's version, which stands in every stamp.
  package var engine: String
  /// The cell whose model it is.
  package var model: String
  /// The cells that judge it, in the author's order.
  package var evaluation: [String]
  /// The model's cell, the evaluation's, and all that they rest on, each after what it needs.
  package var cells: [LineageNode]
  package var gate: Gate
  package var card: Card

  package init(
    engine: String,
    model: String,
    evaluation: [String],
    cells: [LineageNode],
    gate: Gate = Gate(),
    card: Card = Card()
  ) {
    format = VersionContent.currentFormat
    self.engine = engine
    self.model = model
    self.evaluation = evaluation
    self.cells = cells
    self.gate = gate
    self.card = card
  }

  /// The canonical text; its digest is the version's name.
  package func text() throws -> String { try Value(encoding: self).canonicalText }

  /// Reads a content that the registry keeps.
  package init(text: String) throws {
    self = try Value(json: text.utf8).decode()
    guard format == VersionContent.currentFormat else {
      throw StoreDamage.registry(path: "a version's content", reason: "the format '\(format)'")
    }
  }

  package subscript(cell name: String) -> LineageNode? { cells.first { $0.name == name } }

  /// The digest of the model's bytes.
  package var modelDigest: Digest? { self[cell: model]?.artifact?.digest }

  /// The weakest promise of all the cells.
  package var reproducibility: Reproducibility {
    cells.map { $0.reproducibility }.max() ?? .exact
  }

  /// The cells that a cell rests on, itself included.
  package func upstream(of name: String) -> Set<String> {
    var seen: Set<String> = []
    var open = [name]
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      open += self[cell: next]?.inputs.keys.sorted() ?? []
    }
    return seen
  }

  /// The files that the cells read, by path.
  package var files: [String: Digest] {
    cells.reduce(into: [:]) { $0.merge($1.files) { first, _ in first } }
  }

  /// What an approval is bound to: model, evaluation, data, the gate with its outcome, the card.
  ///
  /// Another of any of them is another approval.
  package func approval(decision: String) -> String {
    Digest(
      of: [
        "format": "colophon-approval/1",
        "model": modelDigest.map { .string($0.description) } ?? .null,
        "evaluation": .array(
          evaluation.map { .string(self[cell: $0]?.stamp.description ?? "") }
        ),
        "data": .object(files.mapValues { .string($0.description) }),
        "gate": .string(decision),
        "card": (try? Value(encoding: card)) ?? .null,
      ]
    ).hex
  }
}
