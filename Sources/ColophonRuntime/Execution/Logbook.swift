import ColophonCore
package import ColophonLineage
import ColophonNotebook
import Glibc
import Synchronization

/// Writes a run into the store's log: what ran when, how long, with how much memory.
///
/// A log that can't be written never fails a run.
package final class Logbook: Sendable {
  private let store: Store
  private let prepared: Prepared
  private let threads: Int
  /// The log's number of the run; nil until the first cell really runs.
  private let number = Mutex<Int?>(nil)

  package init(store: Store, prepared: Prepared, threads: Int) {
    self.store = store
    self.prepared = prepared
    self.threads = threads
  }

  /// Notes a cell that ran; called from several threads.
  package func note(_ result: CellResult, seconds: Double) {
    log(
      JobRecord(
        cell: result.name,
        kind: result.kind,
        key: result.key,
        status: result.status == .failed ? .failed : .done,
        why: result.why,
        started: WallClock.seconds - seconds,
        seconds: seconds
      )
    )
  }

  /// Notes a job of a cell that ran; called from several threads.
  package func note(_ entry: JobEntry) {
    log(
      JobRecord(
        cell: entry.cell,
        job: entry.job,
        kind: CellShelf.kind,
        key: entry.key,
        status: entry.isDone ? .done : .failed,
        why: "",
        started: WallClock.seconds - entry.seconds,
        seconds: entry.seconds
      )
    )
  }

  private func log(_ job: JobRecord) {
    let run = number.withLock { number -> Int? in
      if number == nil {
        let record = RunRecord(
          notebook: prepared.name,
          started: job.started,
          parameters: .object(prepared.notebook.parameters)
        )
        number = try? store.begin(record)
      }
      return number
    }
    guard let run, run > 0 else { return }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    var job = job
    job.peakMemory = usage.ru_maxrss * 1024
    job.threads = threads
    try? store.log(job, run: run, notebook: prepared.name)
  }

  /// Notes how the run ended; a run in which nothing ran leaves no entry.
  package func end(_ results: [CellResult]) {
    guard let run = number.withLock({ $0 }), run > 0 else { return }
    let failed = results.contains { $0.status == .failed }
    try? store.end(run: run, at: WallClock.seconds, failed ? .failed : .done)
  }
}
