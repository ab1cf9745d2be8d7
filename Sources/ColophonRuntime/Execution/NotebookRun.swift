import ColophonCells
import ColophonCore
package import ColophonLineage
import ColophonNotebook

/// Runs a prepared notebook over a store: cells in dependency order, what is unchanged kept.
package struct NotebookRun: Sendable {
  /// What a run leaves behind.
  package struct Ending: Sendable {
    /// How each cell ended, in document order.
    package var results: [CellResult]
    package var report: Report
  }

  private let prepared: Prepared
  private let options: RunOptions
  private let store: Store
  private let observer: any RunObserver
  private let registry: (any RegistryLending)?
  private let log: @Sendable (CellResult, _ seconds: Double) -> Void
  private let logJob: @Sendable (JobEntry) -> Void

  /// - Parameters:
  ///   - prepared: The notebook.
  ///   - options: How it is run.
  ///   - store: Where results are found and kept.
  ///   - registry: What register cells act on; nil where nothing may be registered.
  ///   - observer: Who is shown what happens.
  ///   - log: Takes what ran, with its time, for the run log.
  ///   - logJob: Takes a job of a tuning that ran.
  package init(
    _ prepared: Prepared,
    options: RunOptions,
    store: Store,
    registry: (any RegistryLending)? = nil,
    observer: any RunObserver = SilentObserver(),
    log: @escaping @Sendable (CellResult, _ seconds: Double) -> Void = { _, _ in },
    logJob: @escaping @Sendable (JobEntry) -> Void = { _ in }
  ) {
    self.prepared = prepared
    self.options = options
    self.store = store
    self.registry = registry
    self.observer = observer
    self.log = log
    self.logJob = logJob
  }

  /// Brings every cell up to date and builds the report.
  ///
  /// - Precondition: The notebook has no errors.
  /// - Throws: `StoreDamage` where the store itself can't be used, `RunInterrupted` where the author
  ///   ended the run before all cells were done.
  package func run() throws -> Ending {
    let names = prepared.order
    let positions = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    let state = RunState(store: store, isInterrupted: options.isInterrupted)
    let digests = FileDigests(store: store, trusting: !options.fresh) { WallClock.nanoseconds }
    let runner = CellRunner(
      prepared: prepared,
      options: options,
      state: state,
      registry: registry,
      observer: observer,
      fileDigest: { path in
        LocalFiles.isDirectory(path)
          ? Digest(of: try LocalFiles.readAny(path)) : try digests.digest(of: path)
      },
      allowed: prepared.closure(of: options.only),
      clock: { WallClock.monotonicSeconds },
      log: log,
      logJob: logJob
    )
    observer.observe(.planned(cells: names))
    Scheduler.run(
      dependencies: names.map { prepared.waits($0).compactMap { positions[$0] } },
      jobs: options.jobs
    ) { runner.run(names[$0]) }
    if let damage = state.damage { throw damage }
    if options.isInterrupted(), state.results.values.contains(where: { $0.why == "interrupted" }) {
      throw RunInterrupted()
    }
    let builder = ReportBuilder(
      prepared: prepared,
      results: state.results,
      isPartial: !options.only.isEmpty
        && state.results.values.contains { $0.status == .skipped && $0.why.contains("--only") }
    )
    let results = prepared.notebook.cells.compactMap { state[$0.name.value] }
    return Ending(results: results, report: try builder.build())
  }
}

/// Thrown where the author ended a run; what was finished, and the states of jobs, are kept.
package struct RunInterrupted: Error {}

extension NotebookRun.Ending {
  /// How many of all conditions hold; nil where nothing is required.
  package var verdict: (held: Int, total: Int)? {
    let verdicts = results.compactMap { $0.verdict }
    guard !verdicts.isEmpty else { return nil }
    return (verdicts.reduce(0) { $0 + $1.held }, verdicts.reduce(0) { $0 + $1.total })
  }

  /// Whether a condition does not hold, or a value in the prose could not be written.
  package var isBroken: Bool {
    verdict.map { $0.held < $0.total } == true || !report.diagnostics.isEmpty
  }
}
