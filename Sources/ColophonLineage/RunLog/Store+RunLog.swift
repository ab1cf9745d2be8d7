import ColophonCore
import GRDB

extension Store {
  /// Begins a run, so that the log shows it even if it is killed; `log` and `end` go on with it.
  ///
  /// - Returns: The run's number; 0 where the store can't be written and nothing is logged.
  package func begin(_ run: RunRecord) throws -> Int {
    guard try isWritable() else { return 0 }
    return try index.write { database in
      try database.execute(
        sql: """
          INSERT INTO runs (notebook, started, ended, status, parameters) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [
          run.notebook, run.started, run.ended, run.status.rawValue, run.parameters.canonicalText,
        ]
      )
      let id = Int(database.lastInsertedRowID)
      for job in run.jobs { try job.insert(into: database, run: id, run.notebook) }
      return id
    }
  }

  /// Logs a run that has ended, with all of its jobs, in one transaction.
  @discardableResult
  package func log(_ run: RunRecord) throws -> Int { try begin(run) }

  /// Adds a job to a run that was begun.
  package func log(_ job: JobRecord, run: Int, notebook: String) throws {
    guard try isWritable() else { return }
    try index.write { try job.insert(into: $0, run: run, notebook) }
  }

  /// Notes how a run ended.
  package func end(run: Int, at time: Double, _ status: RunRecord.Status) throws {
    guard try isWritable() else { return }
    try index.write { database in
      try database.execute(
        sql: "UPDATE runs SET ended = ?, status = ? WHERE id = ?",
        arguments: [time, status.rawValue, run]
      )
    }
  }

  /// The last runs, the newest first, of one notebook or of all, without their jobs.
  package func runs(of notebook: String? = nil, limit: Int = 50) throws -> [RunRecord] {
    let runs = try index.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, notebook, started, ended, status, parameters FROM runs
          WHERE ?1 IS NULL OR notebook = ?1 ORDER BY id DESC LIMIT ?2
          """,
        arguments: [notebook, limit]
      ).map { try RunRecord($0) }
    }
    return runs ?? []
  }

  /// One run with its jobs in the order in which they were logged; nil where there is none.
  package func run(_ id: Int) throws -> RunRecord? {
    let found = try index.read { database -> RunRecord? in
      let run = try Row.fetchOne(
        database,
        sql: "SELECT id, notebook, started, ended, status, parameters FROM runs WHERE id = ?",
        arguments: [id]
      )
      let jobs = try Row.fetchAll(
        database,
        sql: """
          SELECT cell, job, kind, key, status, why, started, seconds, peak_memory, threads FROM jobs
          WHERE run = ? ORDER BY position
          """,
        arguments: [id]
      )
      guard var record = try run.map({ try RunRecord($0) }) else { return nil }
      record.jobs = try jobs.map { try JobRecord($0) }
      return record
    }
    return found ?? nil
  }

  /// How long a cell took when it last ran to its end, for "last time 12.3 s"; in seconds.
  package func lastSeconds(notebook: String, cell: String) throws -> Double? {
    let seconds = try index.read { database in
      try Double.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT seconds FROM jobs WHERE notebook = ? AND cell = ? AND job IS NULL
            AND status = 'done' ORDER BY run DESC, position DESC LIMIT 1
            """
        ),
        arguments: [notebook, cell]
      )
    }
    return seconds ?? nil
  }
}

extension RunRecord {
  fileprivate init(_ row: Row) throws {
    let parameters: String = try row.decode(atIndex: 5)
    self.init(
      id: try row.decode(atIndex: 0),
      notebook: try row.decode(atIndex: 1),
      started: try row.decode(atIndex: 2),
      ended: try row.decode(Double?.self, atIndex: 3),
      status: Status(rawValue: try row.decode(atIndex: 4)) ?? .failed,
      parameters: (try? Value(json: parameters.utf8)) ?? [:]
    )
  }
}

extension JobRecord {
  fileprivate init(_ row: Row) throws {
    let key: String? = try row.decode(String?.self, atIndex: 3)
    self.init(
      cell: try row.decode(atIndex: 0),
      job: try row.decode(String?.self, atIndex: 1),
      kind: try row.decode(atIndex: 2),
      key: key.flatMap { Digest($0) },
      status: RunRecord.Status(rawValue: try row.decode(atIndex: 4)) ?? .failed,
      why: try row.decode(atIndex: 5),
      started: try row.decode(atIndex: 6),
      seconds: try row.decode(atIndex: 7),
      peakMemory: try row.decode(atIndex: 8),
      threads: try row.decode(atIndex: 9)
    )
  }

  fileprivate func insert(into database: Database, run: Int, _ notebook: String) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO jobs (run, position, notebook, cell, job, kind, key, status, why, started,
        seconds, peak_memory, threads)
        VALUES (?1, (SELECT coalesce(max(position) + 1, 0) FROM jobs WHERE run = ?1),
        ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """
    )
    try statement.execute(
      arguments: [
        run, notebook, cell, job, kind, key?.hex, status.rawValue, why, started, seconds,
        peakMemory, threads,
      ]
    )
  }
}
