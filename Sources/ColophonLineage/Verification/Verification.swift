import ColophonCore

/// The comparison of a report's record with a second run of the notebook that it carries.
package struct Verification: Hashable, Sendable {
  /// One cell and what became of it.
  package struct Line: Hashable, Sendable {
    package var cell: String
    package var verdict: CellVerdict
  }

  /// In document order; cells that only the second run has come last.
  package let lines: [Line]
  /// Whether every result is the recorded one, and yet the page is not the one that they make.
  package let pageIsAltered: Bool

  /// Compares the two.
  ///
  /// - Parameters:
  ///   - recorded: The report's record.
  ///   - again: The record of the second run.
  ///   - tolerances: By cell; external cells without one must repeat their values exactly.
  ///   - missingFiles: By cell, a file that could not be read.
  ///   - notRun: By cell, why it was not run again.
  ///   - isSamePage: Whether the second run wrote the report's own bytes; it counts only where every
  ///     cell is identical.
  package init(
    recorded: Manifest,
    again: Manifest,
    tolerances: [String: CellTolerance] = [:],
    missingFiles: [String: String] = [:],
    notRun: [String: String] = [:],
    isSamePage: Bool = true
  ) {
    var lines = recorded.cells.map { cell -> Line in
      if let file = missingFiles[cell.name] {
        return Line(cell: cell.name, verdict: .inputMissing(file: file))
      }
      if let why = notRun[cell.name] { return Line(cell: cell.name, verdict: .notRun(why: why)) }
      let comparison = CellComparison(
        was: cell,
        now: again[cell: cell.name],
        engines: (recorded.engine, again.engine),
        tolerance: tolerances[cell.name] ?? .all(0)
      )
      return Line(cell: cell.name, verdict: comparison.verdict)
    }
    let known = Set(recorded.cells.map { $0.name })
    for cell in again.cells where !known.contains(cell.name) {
      let verdict = CellVerdict.different(path: "cell", was: "absent", now: "present")
      lines.append(Line(cell: cell.name, verdict: verdict))
    }
    self.lines = lines
    pageIsAltered = !isSamePage && lines.allSatisfy { $0.verdict == .identical }
  }

  /// Whether every cell is confirmed, and the page with them.
  package var passed: Bool { lines.allSatisfy { $0.verdict.confirms } && !pageIsAltered }

  /// The first cell that is not confirmed; those after it may differ only because it does.
  package var firstDifference: Line? { lines.first { !$0.verdict.confirms } }
}
