import ColophonCells
package import ColophonCore
package import ColophonLineage

/// What the store's log tells of runs and jobs, for who looks at experiments.
package struct RunLogReader {
  /// Why a reference leads nowhere, in a sentence.
  package struct Absence: Error, Hashable, Sendable {
    package var message: String
    package var hint: String?
  }

  /// One experiment: what it depended on, what came out, what it took.
  package struct Subject: Sendable {
    package var label: String
    package var value: Value
  }

  private let store: Store

  package init(_ store: Store) { self.store = store }

  /// The last runs, the newest first.
  package func runs(of notebook: String?, limit: Int) throws -> [RunRecord] {
    try store.runs(of: notebook, limit: limit).compactMap { try store.run($0.id) }
  }

  /// One run with its jobs.
  package func run(_ id: Int) throws -> RunRecord {
    if let run = try store.run(id) { return run }
    let last = try store.runs(limit: 1).first?.id
    throw Absence(
      message: "the log has no run \(id)",
      hint: last.map { "the last one is \($0)" } ?? "nothing was run in this project yet"
    )
  }

  /// The subject of `RUN:CELL`, `RUN:CELL:JOB`, `NOTEBOOK:CELL` or `NOTEBOOK:CELL:JOB`.
  package func subject(_ reference: String) throws -> Subject {
    let parts = reference.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
    guard parts.count == 2 || parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
      throw Absence(
        message: "'\(reference)' names no experiment",
        hint: "write RUN:CELL or NOTEBOOK:CELL, and :JOB after it for one job of a tuning"
      )
    }
    let job = parts.count == 3 ? "job \(parts[2])" : nil
    if let id = Int(parts[0]) { return try logged(run(id), parts[1], job, as: reference) }
    return try kept(parts[0], parts[1], job, as: reference)
  }

  private func logged(
    _ run: RunRecord,
    _ cell: String,
    _ job: String?,
    as label: String
  ) throws -> Subject {
    guard let record = run.jobs.last(where: { $0.cell == cell && $0.job == job }) else {
      let names = Set(run.jobs.map { $0.cell }).sorted()
      throw Absence(
        message: "in run \(run.id) ran no '\(cell)'\(job.map { ", \($0)" } ?? "")",
        hint: Suggestion.hint(for: cell, among: names)
          ?? "what was kept did not run; name it as NOTEBOOK:CELL"
      )
    }
    var value = try content(record.key)
    value["took"] = [
      "seconds": .number(record.seconds), "peak_memory": .integer(record.peakMemory),
      "threads": .integer(record.threads),
    ]
    return Subject(label: label, value: .object(value))
  }

  private func kept(
    _ notebook: String,
    _ cell: String,
    _ job: String?,
    as label: String
  ) throws -> Subject {
    let place = job.map { "\(cell)/\($0)" } ?? cell
    let cells = try store.knownCells().filter {
      $0.notebook == notebook || LocalFiles.stem(of: $0.notebook) == notebook
    }
    guard let found = cells.first(where: { $0.cell == place }),
      let outcome = try store.lastOutcome(notebook: found.notebook, cell: place)
    else {
      throw Absence(
        message: "the store knows no '\(place)' of '\(notebook)'",
        hint: Suggestion.hint(for: place, among: cells.map { $0.cell })
      )
    }
    return Subject(label: label, value: .object(try content(outcome.key)))
  }

  /// Settings, inputs and results under a key.
  private func content(_ key: Digest?) throws -> [String: Value] {
    guard let key else { return [:] }
    var value: [String: Value] = [:]
    if let ingredients = try store.ingredients(of: key) {
      let settings = ingredients.configuration
      value["settings"] = settings["job"] ?? settings
      value["inputs"] = .object(ingredients.inputs.mapValues { .string($0.short) })
      value["files"] = .object(ingredients.files.mapValues { .string($0.short) })
      value["seed"] = .string(String(ingredients.seed.root))
    }
    if let outcome = try store.outcome(for: key) {
      var results = outcome.values.asObject ?? [:]
      for name in ["curve", "trials", "log", "lines"] { results[name] = nil }
      value["results"] = .object(results)
    }
    return value
  }

  /// Experiments beside each other: settings first, then what came out, then what it took.
  package func compare(_ references: [String]) throws -> SideBySide {
    let subjects = try references.map { try subject($0) }
    return SideBySide(subjects.map { (label: $0.label, value: $0.value) })
  }
}
