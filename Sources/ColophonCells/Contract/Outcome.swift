package import ColophonCore
package import ColophonReport

/// What a cell's run yields: an artifact for other cells, values for prose and conditions, exhibits
/// for the reader.
package struct Outcome: Sendable {
  package var artifact: (any Artifact)?
  /// What value paths lead to after the cell's name.
  package var values: [String: Value]
  package var exhibits: [Exhibit]
  package var advice: [Advice]
  /// How many conditions hold, where the cell states any.
  package var verdict: Verdict?

  package init(
    artifact: (any Artifact)? = nil,
    values: [String: Value] = [:],
    exhibits: [Exhibit] = [],
    advice: [Advice] = [],
    verdict: Verdict? = nil
  ) {
    self.artifact = artifact
    self.values = values
    self.exhibits = exhibits
    self.advice = advice
    self.verdict = verdict
  }
}

/// A trap that a run noticed.
///
/// It names a field, not a place, so that it stays true when prose moves.
package struct Advice: Codable, Hashable, Sendable {
  /// As in the table of advice: `eval.leakage`.
  package var code: String
  package var message: String
  package var hint: String?
  package var field: String?

  package init(_ code: String, _ message: String, hint: String? = nil, field: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.field = field
  }
}

/// How the conditions of a cell ended.
package struct Verdict: Codable, Hashable, Sendable {
  package var held: Int
  package var total: Int

  package init(held: Int, total: Int) {
    self.held = held
    self.total = total
  }
}
