package import ColophonCells
package import ColophonCore
package import ColophonLineage
package import ColophonReport

/// How one cell of a run ended, and what the report says of it.
package struct CellResult: Sendable {
  package enum Status: String, Sendable {
    /// It ran, or its result was kept; in a report the two are the same.
    case done
    case failed
    case skipped
  }

  package var name: String
  package var kind: String
  package var status: Status
  /// Whether the result came from the store.
  package var isKept: Bool
  /// Why it ran, was kept, was skipped or failed: one phrase for the terminal.
  package var why: String
  /// For a cell that failed or was skipped: what the report says.
  ///
  /// It holds no path of this machine.
  package var message: String?
  package var failure: Diagnostic?
  /// What the result depends on; nil where it never came to that.
  package var key: Digest?
  package var output: Digest?
  package var artifact: Digest?
  package var stamp: Digest?
  package var values: Value = .object([:])
  package var exhibits: [Exhibit] = []
  package var advice: [Advice] = []
  package var verdict: Verdict?
  /// The stamps of the cells it was made from, by name.
  package var inputs: [String: Digest] = [:]
  /// The digests of the files it read, by the author's path.
  package var files: [String: Digest] = [:]
  package var libraries: [String: String] = [:]
  package var reproducibility: Reproducibility = .exact
  package var configuration: Value = .null

  package init(name: String, kind: String, status: Status, isKept: Bool = false, why: String) {
    self.name = name
    self.kind = kind
    self.status = status
    self.isKept = isKept
    self.why = why
  }
}
