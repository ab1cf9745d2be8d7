import ColophonCells
package import ColophonCore
package import ColophonLineage

/// The traps that only the store shows: what was done before and is not made use of.
///
/// It is told on the terminal alone: a report says the same whatever a store holds.
package enum StoreAdvice {
  /// Findings of a notebook's cells, beside a store.
  package static func diagnostics(_ prepared: Prepared, _ store: Store) -> [Diagnostic] {
    guard !prepared.accepts("tune.no-warm-start") else { return [] }
    let mine = prepared.order.compactMap { name in
      (prepared.recipes[name]?.kind as? TuneKind).map { (name: name, kind: $0) }
    }.filter { $0.kind.warmStart == nil }
    guard !mine.isEmpty, let known = try? store.knownCells() else { return [] }
    let others = known.filter {
      !$0.cell.contains("/") && !($0.notebook == prepared.name && prepared.order.contains($0.cell))
    }
    let tunings = others.compactMap { place -> (notebook: String, cell: String, values: Value)? in
      guard let outcome = try? store.lastOutcome(notebook: place.notebook, cell: place.cell),
        outcome.kind == TuneKind.name
      else { return nil }
      return (place.notebook, place.cell, outcome.values)
    }
    return mine.compactMap { name, kind in
      guard let data = kind.dataCell,
        let now = try? store.lastOutcome(notebook: prepared.name, cell: data)?.artifact?.digest,
        let earlier = tunings.first(where: {
          $0.values["algorithm"]?.asString == kind.algorithmName
            && $0.values["data"]?.asString == now.description
        })
      else { return nil }
      return .noWarmStart(
        "\(earlier.notebook):\(earlier.cell)",
        at: prepared.recipes[name]?.positions["train"]
          ?? SourcePosition(path: "", line: 1, column: 1)
      )
    }
  }
}

extension Diagnostic {
  static func noWarmStart(_ earlier: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .advice,
      "tune.no-warm-start",
      at: position,
      "\(earlier) tuned the same algorithm on the same data before",
      hint: "bring that tuning into this notebook, and name it under 'warm_start: {parents: …}'"
    )
  }
}
