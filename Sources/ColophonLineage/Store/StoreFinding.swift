package import ColophonCore

/// Something wrong that a look at the store found, or a leftover; never silent.
package enum StoreFinding: Hashable, Sendable {
  /// An object's bytes are not the ones that it is named after.
  case damagedObject(Digest)
  /// A recorded result needs an object that is not there.
  case missingObject(Digest, cell: String)
  /// A record's bytes are whole but no outcome, or another key's.
  case wrongRecord(Digest, cell: String)
  /// The state of an unfinished job is not whole; the one before it counts.
  case damagedCheckpoint(path: String)
  /// SQLite's own check of the index complains.
  case damagedIndex(String)
  /// A temporary file of a process that was killed, or an object set aside.
  case leftover(path: String)

  /// Whether something is lost; a leftover is only untidy.
  package var isDamage: Bool { if case .leftover = self { false } else { true } }
}

extension StoreFinding: CustomStringConvertible {
  package var description: String {
    switch self {
    case .damagedObject(let digest): "object \(digest.short) is damaged"
    case .missingObject(let digest, let cell):
      "object \(digest.short), a result of '\(cell)', is missing"
    case .wrongRecord(let digest, let cell):
      "object \(digest.short) is not the record of '\(cell)' that it should be"
    case .damagedCheckpoint(let path): "\(path), the state of an unfinished job, is damaged"
    case .damagedIndex(let complaint): "the index is damaged: \(complaint)"
    case .leftover(let path): "\(path) was left over by a process that did not end well"
    }
  }
}
