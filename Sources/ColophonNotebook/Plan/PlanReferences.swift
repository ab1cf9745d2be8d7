import ColophonCore

/// Finds the cell behind every reference, and what is wrong with it.
struct PlanReferences {
  let cells: [PlanCell]
  private(set) var needs: [[Int]]
  private(set) var diagnostics: [Diagnostic] = []
  private let places: [String: Int]

  init(_ cells: [PlanCell]) {
    self.cells = cells
    needs = Array(repeating: [], count: cells.count)
    places = Dictionary(zip(cells.map { $0.name }, cells.indices)) { first, _ in first }
  }

  mutating func resolve() {
    for (index, cell) in cells.enumerated() {
      var sources: Set<Int> = []
      for reference in cell.references {
        if let source = source(of: reference, from: index) { sources.insert(source) }
      }
      needs[index] = sources.sorted()
    }
  }

  private mutating func source(of reference: ReferenceUse, from index: Int) -> Int? {
    guard let source = places[reference.cell.value] else {
      let known = cells.map { $0.name }.filter { $0 != cells[index].name }
      diagnostics.append(.unknownCell(reference, known: known))
      return nil
    }
    if cells[source].name == cells[index].name {
      diagnostics.append(.selfReference(reference))
      return nil
    }
    if reference.use == .recipe {
      if !reference.artifacts.contains(cells[source].kind) {
        diagnostics.append(.wrongTemplate(reference, found: cells[source]))
      }
      return nil
    }
    if let artifacts = cells[source].artifacts, !reference.artifacts.isEmpty,
      !reference.artifacts.contains(where: { artifacts.contains($0) })
    {
      diagnostics.append(.wrongArtifact(reference, found: cells[source]))
    }
    return source
  }

  /// The finding for a cycle, at the reference by which its first cell enters it; each cell of the
  /// cycle needs the next, and the last needs the first.
  func diagnostic(ofCycle cycle: [Int]) -> Diagnostic? {
    guard let first = cycle.first else { return nil }
    let names = cycle.map { cells[$0].name }
    let next = cycle.count > 1 ? names[1] : names[0]
    let reference = cells[first].references.first { $0.cell.value == next && $0.use == .result }
    return reference.map { .cycle(names + [names[0]], at: $0) }
  }
}
