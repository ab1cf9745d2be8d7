#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The few file operations that the store is built of, with typed errors and no Foundation.
enum Disk {
  /// A file's identity and age, as far as the system tells.
  struct Facts: Hashable {
    var device: Int64
    var inode: Int64
    var size: Int64
    /// Nanoseconds since 1970 of the last change of content, and of content or attributes.
    var modified: Int64
    var changed: Int64
    var isRegular: Bool

    init(_ status: stat) {
      device = Int64(truncatingIfNeeded: status.st_dev)
      inode = Int64(truncatingIfNeeded: status.st_ino)
      size = Int64(status.st_size)
      #if canImport(Glibc)
      modified = Facts.nanoseconds(status.st_mtim)
      changed = Facts.nanoseconds(status.st_ctim)
      #else
      modified = Facts.nanoseconds(status.st_mtimespec)
      changed = Facts.nanoseconds(status.st_ctimespec)
      #endif
      isRegular = status.st_mode & S_IFMT == S_IFREG
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
      Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
  }

  /// The facts of a path, or nil where nothing is there.
  static func facts(_ path: String) throws -> Facts? {
    var status = stat()
    if stat(path, &status) == 0 { return Facts(status) }
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw failure(path)
  }

  static func canWrite(_ path: String) -> Bool { access(path, W_OK) == 0 }

  /// The whole file with its facts before and after the reading; nil where there is none.
  static func read(_ path: String) throws -> (bytes: [UInt8], before: Facts, after: Facts)? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure(path)
    }
    defer { close(file) }
    let before = try facts(of: file, path)
    guard before.isRegular else { throw StoreDamage.unusable(path: path, reason: "not a file") }
    var bytes: [UInt8] = []
    // One byte more than the size, so that a file of that size ends in one more short read.
    var capacity = Int(before.size) + 1
    while true {
      let count = try append(capacity, from: file, to: &bytes, path)
      if count == 0 { break }
      capacity = 1 << 16
    }
    return (bytes, before, try facts(of: file, path))
  }

  private static func facts(of file: Int32, _ path: String) throws -> Facts {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure(path) }
    return Facts(status)
  }

  /// Reads up to `capacity` bytes; 0 at the end of the file.
  private static func append(
    _ capacity: Int,
    from file: Int32,
    to bytes: inout [UInt8],
    _ path: String
  ) throws -> Int {
    var failed = false
    let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      while count < capacity {
        let got = systemRead(file, buffer.baseAddress.map { $0 + count }, capacity - count)
        if got < 0 && errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        count += got
      }
    }
    if failed { throw failure(path) }
    if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
    return chunk.count
  }

  /// Creates a folder and those above it; nothing where it exists.
  static func makeFolder(_ path: String) throws {
    if mkdir(path, 0o777) == 0 { return }
    if errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw failure(path)
    }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure(path) }
  }

  /// Writes a file that must not exist yet, and waits until it is on the disk.
  ///
  /// - Returns: Whether it was written; false where the name was taken.
  static func create(_ path: String, _ bytes: [UInt8]) throws -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else {
      if errno == EEXIST { return false }
      throw failure(path)
    }
    defer { close(file) }
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(file, $0.baseAddress.map { $0 + start }, bytes.count - start)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw discard(path) }
      start += count
    }
    guard fsync(file) == 0 else { throw discard(path) }
    return true
  }

  private static func discard(_ path: String) -> StoreDamage {
    let problem = failure(path)
    unlink(path)
    return problem
  }

  static func move(_ path: String, to target: String) throws {
    guard rename(path, target) == 0 else { throw discard(path) }
  }

  /// Waits until a folder's entries are on the disk.
  static func syncFolder(_ path: String) throws {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw failure(path) }
    defer { close(folder) }
    // Some file systems refuse to sync a folder; on those its entries are as safe as they get.
    guard fsync(folder) == 0 || errno == EINVAL else { throw failure(path) }
  }

  /// Removes a file; false where it was not there.
  @discardableResult
  static func remove(_ path: String) -> Bool { unlink(path) == 0 }

  /// Removes a folder that is empty; one that is not stays.
  static func removeFolder(_ path: String) { rmdir(path) }

  /// The names in a folder, sorted; empty where there is none.
  static func names(in path: String) throws -> [String] {
    guard let folder = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw failure(path)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// This process's number, to tell temporary files of different processes apart.
  static var process: Int32 { getpid() }

  /// What the system said last.
  static func failure(_ path: String) -> StoreDamage {
    .unusable(path: path, reason: String(cString: strerror(errno)))
  }

  /// Whether a path can't be written because of permissions or a read-only disk, as its nearest
  /// existing folder tells.
  static func isProtected(_ path: String) -> Bool {
    var folder = path
    while access(folder, F_OK) != 0, let slash = folder.lastIndex(of: "/"),
      slash > folder.startIndex
    {
      folder = String(folder[..<slash])
    }
    return access(folder, W_OK) != 0 && [EACCES, EPERM, EROFS].contains(errno)
  }
}

/// `read` of the C library, whose name `Disk.read` hides.
private func systemRead(_ file: Int32, _ target: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int
{
  read(file, target, count)
}
