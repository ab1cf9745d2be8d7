package import ColophonCore
import GRDB
import Synchronization

/// Results by what they depend on, kept in `.colophon/` beside the notebooks.
///
/// Bytes lie in content-addressed objects, written whole or not at all; an SQLite index says which
/// object answers which key. The index row comes last, so a crash at any point leaves the old state
/// or the new. Every read checks the digest. Several processes may use one store at once: where two
/// compute the same cell, both results are equal and the last row stands.
///
/// Nothing is opened or created before it is needed. A store that can't be written (a read-only
/// folder, `readOnly`, or no folder at all) keeps new results in memory as long as it lives, so a
/// notebook still runs.
package final class Store: Sendable {
  /// What a store says of a key.
  package enum Lookup: Hashable, Sendable {
    case found(StoredOutcome)
    case absent
    /// There was a result, but it can't be read whole; it counts as absent.
    case damaged(StoreFinding)
  }

  /// The store's folder; nil for a store in memory.
  package let directory: String?
  let readOnly: Bool
  let patience: Double
  let objects: ObjectFolder
  let index: StoreIndex
  let memory = Mutex(MemoryStore())
  let access = Mutex(StoreAccess.undecided)

  /// A store in a folder, which need not exist.
  ///
  /// - Parameters:
  ///   - directory: The path of `.colophon`.
  ///   - readOnly: Whether nothing in the folder may change; new results stay in memory.
  ///   - lingering: Whether the index stays open until the process ends, for a program that opens
  ///     one store and ends with it. Closing waits for the disk several times, which is most of the
  ///     time of a run that finds every result; a process that just ends loses nothing.
  ///   - patience: How long to wait for another process, in seconds.
  package init(
    directory: String,
    readOnly: Bool = false,
    lingering: Bool = false,
    patience: Double = 10
  ) {
    self.directory = directory
    self.readOnly = readOnly
    self.patience = patience
    objects = ObjectFolder(path: directory + "/objects")
    index = StoreIndex(
      path: directory + "/index.sqlite",
      readOnly: readOnly,
      lingering: lingering,
      patience: patience
    )
  }

  /// An empty store in memory, such as the clean one that `verify` runs in.
  package init() {
    directory = nil
    readOnly = true
    patience = 0
    objects = ObjectFolder(path: "")
    index = StoreIndex(path: "", readOnly: true, lingering: false, patience: 0)
  }

  /// The result of a key, where the store holds it whole; `lookup` tells absent from damaged.
  package func outcome(for key: Digest) throws -> StoredOutcome? {
    if case .found(let outcome) = try lookup(key) { outcome } else { nil }
  }

  /// What the store says of a key.
  ///
  /// The outcome's own bytes are checked against their digest; of its artifact, which may be large,
  /// only the presence and the size, until `read` checks the rest.
  package func lookup(_ key: Digest) throws -> Lookup {
    if let outcome = memory.withLock({ $0.outcomes[key] }) { return .found(outcome) }
    guard directory != nil, let entry = try entry(for: key) else { return .absent }
    do {
      let outcome = try outcome(of: entry)
      if let artifact = outcome.artifact?.digest, try !hasObject(artifact, size: entry.artifactSize)
      {
        return .damaged(.missingObject(artifact, cell: entry.cell))
      }
      return .found(outcome)
    } catch StoreDamage.missing(let digest) {
      return .damaged(.missingObject(digest, cell: entry.cell))
    } catch StoreDamage.object(let digest) {
      return .damaged(.damagedObject(digest))
    } catch is WrongRecord {
      return .damaged(.wrongRecord(entry.record, cell: entry.cell))
    }
  }

  /// The record of an entry, read, checked and understood.
  func outcome(of entry: StoreEntry) throws -> StoredOutcome {
    let bytes = try read(entry.record)
    guard let outcome = try? StoredOutcome(decoding: bytes), outcome.key == entry.key else {
      throw WrongRecord()
    }
    return outcome
  }

  private func hasObject(_ digest: Digest, size: Int?) throws -> Bool {
    if memory.withLock({ $0.objects[digest] != nil }) { return true }
    guard let found = try objects.size(of: digest) else { return false }
    return size == nil || found == size
  }

  /// The bytes of an object, their digest checked.
  ///
  /// A damaged object is set aside, so that the next run computes it again.
  /// - Throws: `StoreDamage.missing` or `.object`.
  package func read(_ digest: Digest) throws -> [UInt8] {
    if let bytes = memory.withLock({ $0.objects[digest] }) { return bytes }
    guard directory != nil else { throw StoreDamage.missing(digest) }
    do { return try objects.read(digest) } catch StoreDamage.object(let damaged) {
      if !readOnly { objects.setAside(damaged) }
      throw StoreDamage.object(damaged)
    }
  }

  /// Keeps some bytes and names them; the same bytes are kept once.
  @discardableResult
  package func write(_ bytes: [UInt8]) throws -> Digest {
    let digest = Digest(of: bytes)
    if try isWritable() {
      try objects.write(bytes, digest)
    } else {
      memory.withLock { $0.objects[digest] = bytes }
    }
    return digest
  }

  /// Records the result of a cell, after the objects that it needs were written.
  ///
  /// - Parameters:
  ///   - outcome: The result.
  ///   - key: What the result depends on; its digest is the outcome's `key`.
  ///   - notebook: The notebook's path from the project's root.
  ///   - cell: The cell's name.
  /// - Returns: The outcome as later runs will read it (whole numbers as integers, NaN as nothing),
  ///   so that a run that computes and a run that looks up go on with the same value.
  /// - Throws: `StoreDamage`.
  @discardableResult
  package func record(
    _ outcome: StoredOutcome,
    key: CellKey,
    notebook: String,
    cell: String
  ) throws -> StoredOutcome {
    precondition(outcome.key == key.digest, "outcome of \(outcome.key), key \(key.digest)")
    let bytes = try outcome.encoded()
    let kept = try StoredOutcome(decoding: bytes)
    let record = try write(bytes)
    guard try isWritable() else {
      memory.withLock { $0.outcomes[outcome.key] = kept }
      return kept
    }
    let artifactSize = try outcome.artifact.flatMap { try objects.size(of: $0.digest) }
    if let artifact = outcome.artifact, artifactSize == nil {
      throw StoreDamage.missing(artifact.digest)
    }
    let entry = StoreEntry(
      key: outcome.key,
      record: record,
      output: outcome.output,
      kind: outcome.kind,
      cell: outcome.cell,
      size: bytes.count,
      artifact: outcome.artifact?.digest,
      artifactSize: artifactSize
    )
    let ingredients = key.value.canonicalText
    try index.write { database in
      try entry.insert(into: database)
      try StoreEntry.remember(ingredients, of: entry.key, notebook, cell, in: database)
    }
    return kept
  }
}

/// Thrown where a record's bytes are whole but say something else.
struct WrongRecord: Error {}

/// What a store that can't be written keeps as long as it lives.
struct MemoryStore {
  var objects: [Digest: [UInt8]] = [:]
  var outcomes: [Digest: StoredOutcome] = [:]
}
