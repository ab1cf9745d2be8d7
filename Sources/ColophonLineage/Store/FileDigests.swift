package import ColophonCore
import GRDB

/// The content digests of files, so that a changed file is always noticed.
///
/// A big dataset need not be read again to learn that it is the same: a digest is remembered with
/// the file's device, inode, size, modification time and change time, and stands as long as all
/// five do. One rule makes that safe. Clocks tick coarsely, so a file that is changed twice within
/// one tick may look the same after both; therefore a digest is remembered only where both times
/// lie more than two seconds before the moment of remembering (and not in the future). A younger
/// file is read again each time, until it has rested. The change time can't be set back by a
/// program, so `touch -d` and `cp -p` deceive nobody; only a clock that is set back itself, or a
/// disk that is edited below the file system, could. `trusting: false` (`--fresh`) reads every time.
package struct FileDigests: Sendable {
  /// How long a file must have rested, in nanoseconds.
  package static let rest: Int64 = 2_000_000_000

  private let store: Store
  private let trusting: Bool
  private let clock: @Sendable () -> Int64

  /// - Parameters:
  ///   - store: Where digests are remembered.
  ///   - trusting: Whether remembered digests count.
  ///   - clock: The present, in nanoseconds since 1970; an argument, since this module has no clock.
  package init(store: Store, trusting: Bool = true, clock: @escaping @Sendable () -> Int64) {
    self.store = store
    self.trusting = trusting
    self.clock = clock
  }

  /// The digest of a file's content; nil where there is no such file.
  ///
  /// - Throws: `StoreDamage.unusable` where the file can't be read or is a folder.
  package func digest(of path: String) throws -> Digest? {
    guard let facts = try Disk.facts(path) else { return nil }
    if trusting, facts.isRegular, let digest = try remembered(path, facts) { return digest }
    return try read(path)?.digest
  }

  /// A file's bytes and the digest of just these bytes; nil where there is no such file.
  ///
  /// The digest is always computed from the bytes: what a result rests on is what its key names.
  package func read(_ path: String) throws -> (bytes: [UInt8], digest: Digest)? {
    guard let content = try Disk.read(path) else { return nil }
    let digest = Digest(of: content.bytes)
    let hasRested = max(content.after.modified, content.after.changed) < clock() - FileDigests.rest
    // A file that changed while it was read has a digest that no state of it may ever have had.
    if hasRested && content.before == content.after { try remember(path, content.after, digest) }
    return (content.bytes, digest)
  }

  private func remembered(_ path: String, _ facts: Disk.Facts) throws -> Digest? {
    let text = try store.index.read { database in
      try String.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT digest FROM files WHERE path = ? AND device = ? AND inode = ? AND size = ?
            AND modified = ? AND changed = ?
            """
        ),
        arguments: [
          path, facts.device, facts.inode, facts.size, facts.modified, facts.changed,
        ]
      )
    }
    return (text ?? nil).flatMap { Digest($0) }
  }

  private func remember(_ path: String, _ facts: Disk.Facts, _ digest: Digest) throws {
    if try remembered(path, facts) == digest { return }
    guard try store.isWritable() else { return }
    try store.index.write { database in
      try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO files (path, device, inode, size, modified, changed, digest)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(
        arguments: [
          path, facts.device, facts.inode, facts.size, facts.modified, facts.changed, digest.hex,
        ]
      )
    }
  }
}
