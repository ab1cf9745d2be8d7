import ColophonCells
import ColophonCore
import ColophonNotebook
import ColophonReport

/// The advice of a run, from the check and from the cells, without what the notebook accepts.
struct AdviceList {
  let diagnostics: [Diagnostic]
  let items: [AdviceItem]
  /// The findings of each cell, by its name.
  let byCell: [String: [Diagnostic]]

  init(prepared: Prepared, results: [CellResult]) {
    var found: [(cell: String?, diagnostic: Diagnostic)] = prepared.diagnostics
      .filter { $0.severity == .advice }
      .map { (prepared.cell(at: $0.position)?.name.value, $0) }
    for result in results {
      for advice in result.advice where !prepared.accepts(advice.code) {
        found.append((result.name, prepared.diagnostic(advice, of: result.name)))
      }
    }
    found.sort { $0.diagnostic < $1.diagnostic }
    diagnostics = found.map { $0.diagnostic }
    items = found.map { cell, diagnostic in
      AdviceItem(
        code: diagnostic.code.description,
        message: diagnostic.message,
        hint: diagnostic.hint,
        line: diagnostic.position.line,
        anchor: cell.map { "cell-\($0)" }
      )
    }
    byCell = Dictionary(grouping: found.filter { $0.cell != nil }) { $0.cell ?? "" }
      .mapValues { $0.map { $0.diagnostic } }
  }
}
