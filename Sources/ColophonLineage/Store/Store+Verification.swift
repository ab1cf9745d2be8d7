import ColophonCore
import GRDB

extension Store {
  /// Reads every object and every record, and has SQLite check the index.
  ///
  /// - Throws: `StoreDamage` where the index can't be read at all.
  package func verify() throws -> [StoreFinding] {
    guard directory != nil else { return [] }
    var findings: [StoreFinding] = []
    let complaints = try index.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    for complaint in complaints ?? [] where complaint != "ok" {
      findings.append(.damagedIndex(complaint))
    }
    let contents = try objects.contents()
    for digest in contents.objects {
      do { _ = try objects.read(digest) } catch StoreDamage.object {
        findings.append(.damagedObject(digest))
      } catch StoreDamage.missing {
        // Another process collected it, or set it aside, since the folder was listed.
      }
    }
    let whole = Set(contents.objects)
    for entry in try entries() {
      for needed in [entry.record, entry.artifact].compactMap({ $0 }) where !whole.contains(needed)
      {
        findings.append(.missingObject(needed, cell: entry.cell))
      }
      if let finding = wrongRecord(entry) { findings.append(finding) }
    }
    return try findings + contents.leftovers.map { .leftover(path: $0) } + checkpointFindings()
  }

  private func wrongRecord(_ entry: StoreEntry) -> StoreFinding? {
    guard let bytes = try? objects.read(entry.record) else { return nil }
    if let outcome = try? StoredOutcome(decoding: bytes), outcome.key == entry.key { return nil }
    return .wrongRecord(entry.record, cell: entry.cell)
  }
}

/// How much a store holds.
package struct StoreStatistics: Codable, Hashable, Sendable {
  /// Results.
  package var entries = 0
  package var objects = 0
  /// Bytes of all objects.
  package var bytes = 0
  /// Temporary files and objects set aside.
  package var leftovers = 0
  package var notebooks = 0
  /// Logged runs.
  package var runs = 0
  /// States of unfinished jobs, and their bytes.
  package var checkpoints = 0
  package var checkpointBytes = 0
  /// Results by kind of cell.
  package var kinds: [String: Int] = [:]

  package init() {}
}

extension Store {
  /// Counts what the store holds, without reading objects.
  package func statistics() throws -> StoreStatistics {
    var result = StoreStatistics()
    guard directory != nil else { return result }
    let contents = try objects.contents()
    result.objects = contents.objects.count
    result.leftovers = contents.leftovers.count
    for digest in contents.objects { result.bytes += try objects.size(of: digest) ?? 0 }
    for entry in try entries() {
      result.entries += 1
      result.kinds[entry.kind, default: 0] += 1
    }
    for job in try unfinishedJobs() {
      result.checkpoints += job.states.count
      result.leftovers += job.leftovers.count
      for path in job.states { result.checkpointBytes += Int(try Disk.facts(path)?.size ?? 0) }
    }
    func count(_ sql: String) throws -> Int {
      let number = try index.read { try Int.fetchOne($0, sql: sql) }
      return (number ?? nil) ?? 0
    }
    result.notebooks = try count("SELECT count(DISTINCT notebook) FROM cells")
    result.runs = try count("SELECT count(*) FROM runs")
    return result
  }
}
