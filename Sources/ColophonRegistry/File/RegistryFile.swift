import ColophonLineage
import GRDB
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The SQLite file of a registry, opened when it is first needed.
///
/// A write-ahead log lets others read while one writes; a writer waits for another. A commit is on
/// the disk when it returns (`synchronous = FULL`), so what was told to somebody is never lost.
final class RegistryFile: Sendable {
  let path: String
  private let readOnly: Bool
  private let patience: Double
  private let connection = Mutex<DatabaseQueue?>(nil)

  /// The newest version of the layout, in SQLite's own `user_version`.
  private static let layout = 2

  /// From this version on, pages have sums; before, nothing else was different.
  static let layoutWithSums = 2

  init(path: String, readOnly: Bool, patience: Double) {
    self.path = path
    self.readOnly = readOnly
    self.patience = patience
  }

  /// Whether there is a registry yet.
  var exists: Bool { access(path, F_OK) == 0 && size > 0 }

  private var size: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Reads in one transaction, so that everything belongs to one moment; nil where there is no
  /// registry yet.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result? {
    guard let queue = try open(creating: false) else { return nil }
    return try translated {
      try queue.inDatabase { database in
        var result: Result?
        try database.inTransaction(.deferred) {
          result = try body(database)
          return .commit
        }
        return result
      }
    }
  }

  /// Changes the registry in one transaction; creates it first where there is none.
  ///
  /// Where the rules refuse, what the body did is undone, `refused` may note it, and the refusal is
  /// thrown after that is on the disk.
  func write<Result>(
    _ body: (Database) throws -> Result,
    refused: (Database, RegistryRefusal) throws -> Void
  ) throws -> Result {
    guard let queue = try open(creating: true) else { throw StoreDamage.readOnly(path: path) }
    var refusal: RegistryRefusal?
    let result = try translated { () -> Result? in
      try queue.inDatabase { database in
        var result: Result?
        try database.inTransaction(.immediate) {
          do {
            try database.inSavepoint {
              result = try body(database)
              return .commit
            }
          } catch let caught as RegistryRefusal {
            refusal = caught
            try refused(database, caught)
          }
          return .commit
        }
        return result
      }
    }
    if let refusal { throw refusal }
    guard let result else { throw StoreDamage.registry(path: path, reason: "no result") }
    return result
  }

  private func open(creating: Bool) throws -> DatabaseQueue? {
    try connection.withLock { connection in
      if let connection { return connection }
      let isNew = size == 0
      // An empty file is what a process leaves that was killed while it created the registry.
      if isNew && (readOnly || !creating) { return nil }
      connection = try translated { try connect(isNew: isNew) }
      return connection
    }
  }

  private func connect(isNew: Bool) throws -> DatabaseQueue? {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(patience)
    configuration.readonly = readOnly || (!isNew && access(path, W_OK) != 0)
    let queue = try openFile(configuration)
    let version = try queue.inDatabase { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    if version > RegistryFile.layout { throw StoreDamage.newer(path: path, version: version) }
    if version < 0 { throw StoreDamage.registry(path: path, reason: "its layout is \(version)") }
    if version == 0 {
      let isOther = try queue.inDatabase {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      }
      // Of another's tables nothing is touched; of a half-made registry there are none yet.
      if isOther > 0 { throw StoreDamage.registry(path: path, reason: "it is another database") }
      if configuration.readonly { return nil }
      try lay(queue)
    }
    if !configuration.readonly {
      try queue.inDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    }
    try queue.inDatabase { try $0.execute(sql: "PRAGMA cache_size = -16000") }
    return queue
  }

  /// Opens the file; where its folder can't be written (so that SQLite can't share its log), as a
  /// file that nobody changes.
  private func openFile(_ configuration: Configuration) throws -> DatabaseQueue {
    let layer = PageSums.isAvailable ? ["vfs=\(PageSums.layer)"] : []
    do {
      let queue = try DatabaseQueue(
        path: layer.isEmpty ? path : uri(layer),
        configuration: configuration
      )
      _ = try queue.inDatabase { try Int.fetchOne($0, sql: "PRAGMA user_version") }
      return queue
    } catch let error as DatabaseError
      where configuration.readonly
      && [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    {
      return try DatabaseQueue(path: uri(layer + ["immutable=1"]), configuration: configuration)
    }
  }

  /// The file's path as a URI with parameters.
  private func uri(_ parameters: [String]) -> String {
    let escaped = path.utf8.map { byte -> String in
      let isPlain = byte > 0x20 && byte < 0x7F && !"%?#".utf8.contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : "%" + RegistryPublicKey.hex([byte])
    }
    // Two slashes stand before a host, which is empty here.
    return "file:\(path.hasPrefix("/") ? "//" : "")\(escaped.joined())"
      + "?\(parameters.joined(separator: "&"))"
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
          if let connection = database.sqliteConnection, PageSums.isAvailable {
            PageSums.reserve(connection)
          }
          try database.execute(sql: "PRAGMA journal_mode = WAL")
          try database.inTransaction(.exclusive) {
            if try Int.fetchOne(database, sql: "PRAGMA user_version") == 0 {
              let layout = PageSums.isAvailable ? RegistryFile.layoutWithSums : 1
              try database.execute(sql: RegistryFile.tables)
              try database.execute(sql: "PRAGMA user_version = \(layout)")
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

  /// Says in our own terms what SQLite complains of.
  func translated<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      let reason = error.message ?? "\(error.resultCode)"
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw StoreDamage.locked(path: path)
      case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_PERM:
        throw StoreDamage.unusable(path: path, reason: reason)
      default: throw StoreDamage.registry(path: path, reason: reason)
      }
    } catch let error as RowDecodingError {
      throw StoreDamage.registry(path: path, reason: "\(error)")
    }
  }
}
