package import ColophonCore

/// Why the store can't be used, in sentences; a run that meets one ends with exit status 4.
package enum StoreDamage: Error, Hashable, Sendable {
  /// The index is not one, or SQLite finds its pages inconsistent.
  case index(path: String, reason: String)
  /// The registry's file is not one, or says what its journal does not.
  case registry(path: String, reason: String)
  /// Another process held the store longer than this one waits.
  case locked(path: String)
  /// A newer engine laid the store out in a way that this one doesn't know.
  case newer(path: String, version: Int)
  /// The system refused to read or write.
  case unusable(path: String, reason: String)
  /// The store was opened for reading only.
  case readOnly(path: String)
  /// An object's bytes are not the ones that it is named after.
  case object(Digest)
  /// An object that something needs is not there.
  case missing(Digest)
}

extension StoreDamage: CustomStringConvertible {
  package var description: String {
    switch self {
    case .index(let path, let reason): "the store's index \(path) is damaged (\(reason))"
    case .registry(let path, let reason): "the registry \(path) is damaged (\(reason))"
    case .locked(let path): "another process is using the store \(path)"
    case .newer(let path, let version):
      "the store \(path) was made by a newer engine (layout \(version))"
    case .unusable(let path, let reason): "\(path) can't be used (\(reason))"
    case .readOnly(let path): "the store \(path) was opened for reading only"
    case .object(let digest): "the stored object \(digest.short) is damaged"
    case .missing(let digest): "the stored object \(digest.short) is missing"
    }
  }

  /// What would mend it.
  package var hint: String {
    switch self {
    case .index: "move the index away to start afresh; every result can be computed again"
    case .registry: "'colophon registry audit' says where; restore the file from a copy"
    case .locked: "wait until the other run has ended"
    case .newer: "run the engine that made it, or name another project root"
    case .unusable: "look at the folder's owner, permissions and free space"
    case .readOnly: "open the store for writing"
    case .object, .missing: "run the notebook again; the cell that made it is computed anew"
    }
  }
}
