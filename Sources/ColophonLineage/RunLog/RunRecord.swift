package import ColophonCore

/// One run of a notebook, as the run log remembers it; times come in as arguments.
package struct RunRecord: Codable, Hashable, Sendable {
  /// How a run or a job ended.
  package enum Status: String, Codable, Hashable, Sendable, CaseIterable {
    /// Begun and not ended; of a run that isn't going on any more, it was killed.
    case running
    case done
    /// The stored result stood; nothing was computed.
    case kept
    case failed
    case skipped
  }

  /// The log's number of the run; 0 until it is logged.
  package var id: Int
  /// The notebook's path from the project's root.
  package var notebook: String
  /// Seconds since 1970.
  package var started: Double
  package var ended: Double?
  package var status: Status
  package var parameters: Value
  package var jobs: [JobRecord]

  package init(
    id: Int = 0,
    notebook: String,
    started: Double,
    ended: Double? = nil,
    status: Status = .running,
    parameters: Value = [:],
    jobs: [JobRecord] = []
  ) {
    self.id = id
    self.notebook = notebook
    self.started = started
    self.ended = ended
    self.status = status
    self.parameters = parameters
    self.jobs = jobs
  }
}

/// One cell of a run, or one job of a cell (a trial of a tuning, a fold).
package struct JobRecord: Codable, Hashable, Sendable {
  package var cell: String
  /// Which of the cell's jobs, such as `trial 3`; nil for the cell itself.
  package var job: String?
  package var kind: String
  /// The key of the result, which leads to its ingredients and outcome.
  package var key: Digest?
  package var status: RunRecord.Status
  /// Why it ran or not, as `Staleness` says it.
  package var why: String
  /// Seconds since 1970.
  package var started: Double
  package var seconds: Double
  /// Bytes.
  package var peakMemory: Int
  package var threads: Int

  package init(
    cell: String,
    job: String? = nil,
    kind: String,
    key: Digest? = nil,
    status: RunRecord.Status,
    why: String,
    started: Double,
    seconds: Double,
    peakMemory: Int = 0,
    threads: Int = 1
  ) {
    self.cell = cell
    self.job = job
    self.kind = kind
    self.key = key
    self.status = status
    self.why = why
    self.started = started
    self.seconds = seconds
    self.peakMemory = peakMemory
    self.threads = threads
  }
}
