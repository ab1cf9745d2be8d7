import ColophonCore
import ColophonRegistry
import Foundation
import Testing

/// Bytes of the SQLite file itself, changed one at a time.
///
/// A file has bytes without meaning for a reader (free space, counters, the log's salt). So each
/// changed byte must be found, or nothing that the registry says may have changed: every event,
/// document and row reads as before.
@Suite struct EveryByte {
  /// A registry whose log was folded into one file.
  private func file() throws -> (SampleRegistry, [UInt8]) {
    let sample = try SampleRegistry()
    try sample.register(1, alias: "champion")
    try sample.statement("PRAGMA wal_checkpoint(TRUNCATE)")
    return (sample, try [UInt8](Data(contentsOf: URL(filePath: sample.path))))
  }

  private static let tables = [
    "SELECT * FROM events ORDER BY sequence", "SELECT digest, content FROM documents ORDER BY id",
    "SELECT * FROM tail", "SELECT * FROM groups ORDER BY grp", "SELECT * FROM versions ORDER BY id",
    "SELECT * FROM aliases ORDER BY alias", "SELECT * FROM metrics ORDER BY path",
    "SELECT * FROM ancestors ORDER BY node",
    "SELECT version FROM metrics WHERE path = 'roc_auc' AND value > 0",
    "SELECT id FROM versions WHERE status = 'Approved'",
    "SELECT sequence FROM events WHERE kind = 'moved' AND grp = 'churn' AND alias = 'champion'",
  ]

  private func said(_ path: String) -> [[[String]]]? {
    try? Self.tables.map { try SQLite.rows($0, path) }
  }

  /// `make study` tries every byte; here one in 199, several in each page.
  @Test func isFoundOrChangesNothing() throws {
    let (sample, whole) = try file()
    let before = try #require(said(sample.path))
    let copy = "\(sample.folder)/copy.sqlite"
    var found = 0
    var silent = 0
    for index in stride(from: 0, to: whole.count, by: 199) {
      var bytes = whole
      bytes[index] ^= 1 << UInt8(index % 8)
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: copy + suffix)
      }
      try Data(bytes).write(to: URL(filePath: copy))
      let isSound = (try? Registry(path: copy, readOnly: true).audit().isSound) ?? false
      if !isSound {
        found += 1
        continue
      }
      silent += 1
      #expect(said(copy) == before, "byte \(index) changed what the registry says, unseen")
    }
    #expect(found > 40, "\(found) found, \(silent) without meaning")
  }
}
