import ColophonCore
import Synchronization

/// The content-addressed objects: `objects/ab/cdef…`, each named after the digest of its bytes.
///
/// An object is written to a temporary name in its own folder, synced, renamed, and the folder is
/// synced, so under its final name it is whole or absent.
struct ObjectFolder: Sendable {
  let path: String

  /// How temporary and set-aside files are told from objects.
  static let temporaryPrefix = ".tmp-"
  static let damagedSuffix = ".damaged"

  /// Numbers the temporary files of this process.
  private static let counter = Atomic<Int>(0)

  func folder(of digest: Digest) -> String { "\(path)/\(digest.hex.prefix(2))" }
  func file(of digest: Digest) -> String { "\(folder(of: digest))/\(digest.hex.dropFirst(2))" }

  /// The object's bytes, their digest checked.
  ///
  /// - Throws: `StoreDamage.missing` or `.object`.
  func read(_ digest: Digest) throws -> [UInt8] {
    guard let content = try Disk.read(file(of: digest)) else { throw StoreDamage.missing(digest) }
    guard Digest(of: content.bytes) == digest else { throw StoreDamage.object(digest) }
    return content.bytes
  }

  /// How many bytes an object has, without reading them; nil where it is absent.
  func size(of digest: Digest) throws -> Int? {
    try Disk.facts(file(of: digest)).map { Int($0.size) }
  }

  /// Makes sure that the object is there, whole; a damaged one is replaced.
  func write(_ bytes: [UInt8], _ digest: Digest) throws {
    if (try? read(digest)) != nil { return }
    let folder = folder(of: digest)
    if try Disk.facts(folder) == nil {
      try Disk.makeFolder(folder)
      try Disk.syncFolder(path)
    }
    let temporary = try ObjectFolder.writeTemporary(bytes, in: folder)
    try Disk.move(temporary, to: file(of: digest))
    try Disk.syncFolder(folder)
  }

  /// Writes a file under a name that no other process or thread takes; returns its path.
  static func writeTemporary(_ bytes: [UInt8], in folder: String) throws -> String {
    while true {
      let number = ObjectFolder.counter.add(1, ordering: .relaxed).newValue
      let name = "\(folder)/\(ObjectFolder.temporaryPrefix)\(Disk.process)-\(number)"
      // A name may be taken by a process of another machine or container on a shared disk.
      if try Disk.create(name, bytes) { return name }
    }
  }

  /// Takes a damaged object out of the way, so that it counts as absent from now on.
  func setAside(_ digest: Digest) {
    let file = file(of: digest)
    try? Disk.move(file, to: file + ObjectFolder.damagedSuffix)
  }

  /// Everything in the folder: objects in order of digest, and the paths of what is none.
  func contents() throws -> (objects: [Digest], leftovers: [String]) {
    var objects: [Digest] = []
    var leftovers: [String] = []
    for first in try Disk.names(in: path) {
      for rest in try Disk.names(in: "\(path)/\(first)") {
        if let digest = Digest(first + rest), file(of: digest) == "\(path)/\(first)/\(rest)" {
          objects.append(digest)
        } else {
          leftovers.append("\(path)/\(first)/\(rest)")
        }
      }
    }
    return (objects, leftovers)
  }
}
