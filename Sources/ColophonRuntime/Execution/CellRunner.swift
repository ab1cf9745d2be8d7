import ColophonCells
import ColophonCore
import ColophonLineage
import ColophonNotebook

/// Brings one cell up to date: finds it in the store, or runs it and keeps what it made.
struct CellRunner: Sendable {
  let prepared: Prepared
  let options: RunOptions
  let state: RunState
  let registry: (any RegistryLending)?
  let observer: any RunObserver
  /// The digests of files by path; a changed file is always noticed.
  let fileDigest: @Sendable (_ path: String) throws -> Digest?
  /// The cells that may run: all, or what `--only` asks for.
  ///
  /// Others are taken from the store.
  let allowed: Set<String>
  /// Seconds that only ever grow, for the run log and the display.
  let clock: @Sendable () -> Double
  let log: @Sendable (CellResult, _ seconds: Double) -> Void
  /// Takes the jobs of a cell that ran, for the run log.
  let logJob: @Sendable (JobEntry) -> Void

  func run(_ name: String) {
    guard let cell = prepared.cell(name), let recipe = prepared.recipes[name] else { return }
    let start = clock()
    var result: CellResult
    do {
      result = try bringMending(cell, recipe)
    } catch is Cancelled {
      result = skipped(cell, why: "interrupted", message: "The run was interrupted.")
    } catch let damage as StoreDamage {
      state.end(with: damage)
      result = skipped(cell, why: "the store failed", message: "The store failed.")
    } catch {
      result = failed(cell, recipe, error)
    }
    settle(result, since: start)
  }

  /// Tells everybody how a cell ended.
  private func settle(_ result: CellResult, since start: Double) {
    let seconds = clock() - start
    state.finish(result)
    if !result.isKept, result.status != .skipped { log(result, seconds) }
    observer.observe(
      .finished(
        cell: result.name,
        kind: result.kind,
        status: result.status,
        why: result.why,
        seconds: result.isKept ? 0 : seconds
      )
    )
  }

  /// Brings a cell up to date; where an object that it needs turns out damaged, the cell that made
  /// the object is run again first.
  private func bringMending(
    _ cell: Cell,
    _ recipe: CellRecipe,
    isDamaged: Bool = false
  ) throws -> CellResult {
    var mended: Set<String> = []
    while true {
      do { return try bring(cell, recipe, isDamaged: isDamaged) } catch let damage as StoreDamage {
        guard let maker = maker(of: damage, for: cell), mended.insert(maker).inserted,
          let makingCell = prepared.cell(maker), let making = prepared.recipes[maker]
        else { throw damage }
        let start = clock()
        settle(try bringMending(makingCell, making, isDamaged: true), since: start)
      }
    }
  }

  /// The cell, among those that a cell rests on, that made a damaged object.
  private func maker(of damage: StoreDamage, for cell: Cell) -> String? {
    let digest: Digest
    switch damage {
    case .object(let damaged), .missing(let damaged): digest = damaged
    default: return nil
    }
    let upstream = prepared.closure(of: [cell.name.value]).subtracting([cell.name.value])
    return upstream.sorted().first { state[$0]?.artifact == digest }
  }
}
