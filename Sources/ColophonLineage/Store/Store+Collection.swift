package import ColophonCore
import GRDB

/// What a collection removed.
package struct StoreCollection: Hashable, Sendable {
  /// Results that nothing needs any more.
  package var entries = 0
  package var objects = 0
  /// States of jobs that no run will go on with.
  package var checkpoints = 0
  /// Temporary files of killed processes and objects that were set aside.
  package var leftovers = 0
  /// Bytes of the removed objects and states.
  package var bytes = 0

  package init() {}
}

extension Store {
  /// Removes what nothing needs any more.
  ///
  /// Kept are the results that the last runs of each notebook used, those that are listed, the
  /// results that these rest on (by the output digests in their keys), and every listed object. The
  /// index forgets an entry before its objects go, so a crash leaves at worst unneeded objects.
  /// - Parameters:
  ///   - keeping: Keys, outputs, artifacts or objects that reports and registry versions name.
  ///   - runs: How many of each notebook's last logged runs count.
  /// - Returns: How much was removed.
  /// - Throws: `StoreDamage.locked` where another process goes on working with the store.
  package func collect(keeping: Set<Digest> = [], runs: Int = 1) throws -> StoreCollection {
    try alone {
      var result = StoreCollection()
      let entries = try entries()
      let kept = try closure(of: roots(in: entries, keeping, runs: runs), in: entries)
      let dropped = entries.filter { !kept.contains($0.key) }
      try forget(dropped)
      result.entries = dropped.count
      var live = keeping
      for entry in entries where kept.contains(entry.key) {
        live.insert(entry.record)
        if let artifact = entry.artifact { live.insert(artifact) }
      }
      try sweep(keeping: live, into: &result)
      try collectCheckpoints(done: Set(entries.map { $0.key }), into: &result)
      return result
    }
  }

  /// The keys that are needed for themselves.
  private func roots(
    in entries: [StoreEntry],
    _ keeping: Set<Digest>,
    runs: Int
  ) throws -> Set<Digest> {
    let listed = entries.filter { entry in
      [entry.key, entry.output, entry.record].contains { keeping.contains($0) }
        || entry.artifact.map { keeping.contains($0) } == true
    }
    let used = try index.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT key FROM cells
          UNION
          SELECT jobs.key FROM jobs WHERE jobs.key IS NOT NULL AND (
            SELECT count(*) FROM runs AS mine JOIN runs AS later
            ON later.notebook = mine.notebook AND later.id >= mine.id
            WHERE mine.id = jobs.run
          ) <= ?
          """,
        arguments: [runs]
      )
    }
    return Set(listed.map { $0.key }).union((used ?? []).compactMap { Digest($0) })
  }

  /// The keys, and those of every result that they rest on.
  private func closure(of roots: Set<Digest>, in entries: [StoreEntry]) throws -> Set<Digest> {
    let makers = Dictionary(grouping: entries) { $0.output }.mapValues { $0.map { $0.key } }
    var kept: Set<Digest> = []
    var open = Array(roots)
    while let key = open.popLast() {
      guard kept.insert(key).inserted, let ingredients = try ingredients(of: key) else { continue }
      open += ingredients.inputs.values.flatMap { makers[$0] ?? [] }
    }
    return kept
  }

  private func forget(_ entries: [StoreEntry]) throws {
    if entries.isEmpty { return }
    try index.write { database in
      let statement = try database.cachedStatement(sql: "DELETE FROM entries WHERE key = ?")
      for entry in entries { try statement.execute(arguments: [entry.key.hex]) }
      // The run log and the explanations still tell what a forgotten result was made of.
      try database.execute(
        sql: """
          DELETE FROM ingredients WHERE key NOT IN (
            SELECT key FROM entries UNION SELECT key FROM cells
            UNION SELECT key FROM jobs WHERE key IS NOT NULL
          )
          """
      )
    }
  }

  private func sweep(keeping live: Set<Digest>, into result: inout StoreCollection) throws {
    let contents = try objects.contents()
    for digest in contents.objects where !live.contains(digest) {
      let size = try objects.size(of: digest) ?? 0
      if Disk.remove(objects.file(of: digest)) {
        result.objects += 1
        result.bytes += size
      }
    }
    for path in contents.leftovers where Disk.remove(path) { result.leftovers += 1 }
  }
}
