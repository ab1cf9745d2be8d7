import Synchronization

/// Whether a store's folder can be written, found out at the first write.
enum StoreAccess {
  case undecided
  case writable(StoreLock)
  case inMemory
}

extension Store {
  /// Whether new results outlive this process; false where the folder refuses to be written.
  ///
  /// The first call creates the folder and shares its lock.
  /// - Throws: `StoreDamage` where the folder is broken rather than protected: a file in its place,
  ///   a full disk, or a collection in progress that doesn't end.
  package func isWritable() throws -> Bool {
    try access.withLock { access in
      if case .undecided = access { access = try decide() }
      if case .writable = access { return true }
      return false
    }
  }

  private func decide() throws -> StoreAccess {
    guard let directory, !readOnly else { return .inMemory }
    do {
      try Disk.makeFolder(objects.path)
      guard Disk.canWrite(directory), Disk.canWrite(objects.path) else { return .inMemory }
      return .writable(try StoreLock(directory + "/lock", patience: patience))
    } catch StoreDamage.unusable(let path, let reason) {
      if Disk.isProtected(path) { return .inMemory }
      throw StoreDamage.unusable(path: path, reason: reason)
    }
  }

  /// Does something while no other process works with the store.
  ///
  /// - Throws: `StoreDamage.locked` where another doesn't end within some seconds, or `.readOnly`.
  func alone<Result>(_ work: () throws -> Result) throws -> Result {
    guard try isWritable() else { throw StoreDamage.readOnly(path: directory ?? "in memory") }
    let lock: StoreLock? = access.withLock {
      if case .writable(let lock) = $0 { lock } else { nil }
    }
    guard let lock else { throw StoreDamage.readOnly(path: directory ?? "in memory") }
    return try lock.alone(work)
  }
}
