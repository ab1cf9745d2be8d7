import ColophonCore
import GRDB
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The SQLite index of a store, opened when it is first needed.
///
/// Opening costs one `PRAGMA user_version`; there is no migration framework. The journal is a
/// write-ahead log, so several processes read while one writes; a writer waits for another. A
/// commit survives a kill at any moment; after a power cut the newest commits may be absent, never
/// torn.
final class StoreIndex: Sendable {
  let path: String
  private let readOnly: Bool
  private let lingering: Bool
  private let patience: Double
  private let connection = Mutex<DatabaseQueue?>(nil)

  /// The version of the layout, in SQLite's own `user_version`.
  private static let layout = 1

  init(path: String, readOnly: Bool, lingering: Bool, patience: Double) {
    self.path = path
    self.readOnly = readOnly
    self.lingering = lingering
    self.patience = patience
  }

  /// Reads from the index; nil where there is none yet.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result? {
    guard let queue = try open(creating: false) else { return nil }
    return try translated { try queue.inDatabase(body) }
  }

  /// Changes the index in one transaction; creates it first where there is none.
  func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    guard let queue = try open(creating: true) else { throw StoreDamage.readOnly(path: path) }
    return try translated {
      try queue.inDatabase { database in
        var result: Result?
        try database.inTransaction(.immediate) {
          result = try body(database)
          return .commit
        }
        guard let result else { throw StoreDamage.index(path: path, reason: "no result") }
        return result
      }
    }
  }

  private func open(creating: Bool) throws -> DatabaseQueue? {
    try connection.withLock { connection in
      if let connection { return connection }
      let size = try Disk.facts(path)?.size ?? 0
      // An empty file is what a process leaves that was killed while it created the index.
      if size == 0 && (readOnly || !creating) { return nil }
      connection = try translated { try connect(isNew: size == 0) }
      return connection
    }
  }

  private func connect(isNew: Bool) throws -> DatabaseQueue? {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(patience)
    configuration.readonly = readOnly || (!isNew && !Disk.canWrite(path))
    let queue = try openFile(configuration)
    let version = try queue.inDatabase { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    if version > StoreIndex.layout { throw StoreDamage.newer(path: path, version: version) }
    if version == 0 {
      if configuration.readonly { return nil }
      try lay(queue)
    }
    if !configuration.readonly {
      // A short log is quickly read again by the next process.
      let settings = "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 200"
      try queue.inDatabase { try $0.execute(sql: settings) }
    }
    if lingering { _ = Unmanaged.passRetained(queue) }
    return queue
  }

  /// Opens the file; where its folder can't be written (so that SQLite can't share its log), as a
  /// file that nobody changes.
  private func openFile(_ configuration: Configuration) throws -> DatabaseQueue {
    do {
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch let error as DatabaseError
      where configuration.readonly
      && [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    {
      let escaped = path.utf8.map { byte -> String in
        let isPlain = byte > 0x20 && byte < 0x7F && !"%?#".utf8.contains(byte)
        return isPlain ? String(UnicodeScalar(byte)) : "%" + hexadecimal(byte)
      }
      return try DatabaseQueue(
        path: "file:\(escaped.joined())?immutable=1",
        configuration: configuration
      )
    }
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  /// Creates the tables, unless another process does so first.
  ///
  /// SQLite answers at once, without waiting, where two processes change the journal's mode
  /// together; so this waits by itself.
  private func lay(_ queue: DatabaseQueue) throws {
    var waited = 0.0
    while true {
      do {
        return try queue.inDatabase { database in
          try database.execute(sql: "PRAGMA journal_mode = WAL")
          try database.inTransaction(.exclusive) {
            if try Int.fetchOne(database, sql: "PRAGMA user_version") == 0 {
              try database.execute(sql: StoreIndex.tables)
              try database.execute(sql: "PRAGMA user_version = \(StoreIndex.layout)")
            }
            return .commit
          }
        }
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && waited < patience
      {
        usleep(10_000)
        waited += 0.01
      }
    }
  }

  /// Says in the store's own terms what SQLite complains of.
  private func translated<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      let reason = error.message ?? "\(error.resultCode)"
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw StoreDamage.locked(path: path)
      case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_PERM:
        throw StoreDamage.unusable(path: path, reason: reason)
      default: throw StoreDamage.index(path: path, reason: reason)
      }
    } catch let error as RowDecodingError {
      throw StoreDamage.index(path: path, reason: "\(error)")
    }
  }
}
