import ColophonCore
import ColophonData
import Glibc

/// The files of this machine, as bytes.
package enum LocalFiles {
  /// Why a file could not be read or written, in words.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var description: String

    init(_ doing: String, _ path: String) {
      self.path = path
      description = "can't \(doing) \(path): \(String(cString: strerror(errno)))"
    }
  }

  /// The whole content of a regular file.
  package static func read(_ path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure("read", path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure("read", path) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      errno = EISDIR
      throw Failure("read", path)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size) + 1)
    var chunk = [UInt8](repeating: 0, count: max(4096, min(Int(status.st_size) + 1, 1 << 20)))
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure("read", path) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Writes a file so that a reader, or a crash, meets the old content or the new, never a part.
  ///
  /// A file that already holds the same bytes is left alone, its time included.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    try write(bytes, to: path, mode: 0o644)
  }

  /// Writes a file that its owner alone can read.
  package static func writePrivate(_ bytes: [UInt8], to path: String) throws {
    try write(bytes, to: path, mode: 0o600)
  }

  private static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws {
    if let old = try? read(path), old == bytes { return }
    let temporary = "\(path).\(getpid()).partial"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw Failure("write", path) }
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        let failure = Failure("write", path)
        close(file)
        unlink(temporary)
        throw failure
      }
      start += count
    }
    close(file)
    guard rename(temporary, path) == 0 else {
      let failure = Failure("write", path)
      unlink(temporary)
      throw failure
    }
  }

  /// Makes a folder and the ones above it.
  package static func makeDirectory(_ path: String) throws {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      made +=
        made.isEmpty && part.isEmpty ? "/" : (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      if made.isEmpty || made == "/" { continue }
      if mkdir(made, 0o755) == 0 || (errno == EEXIST && isDirectory(made)) { continue }
      if errno == EEXIST { errno = ENOTDIR }
      throw Failure("make the folder", path)
    }
  }

  /// Whether something stands at the path.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether a folder stands at the path.
  package static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The path from the root of the file system; of the current folder for an empty one.
  package static func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    let folder = getcwd(nil, 0).map { pointer in
      defer { free(pointer) }
      return String(cString: pointer)
    }
    return path.isEmpty ? folder ?? "." : "\(folder ?? ".")/\(path)"
  }

  /// The folder of a path, as it was written; empty for a bare name.
  package static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path without its extension.
  package static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map { String($0) } ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}

extension LocalFiles {
  /// The names in a folder, sorted; empty where it can't be read.
  package static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The content of a file, or the pictures of a folder as one run of bytes.
  package static func readAny(_ path: String) throws -> [UInt8] {
    guard isDirectory(path) else { return try read(path) }
    return FolderBytes.encoded(
      try ImageFolder.names(in: path).map { ($0, try read("\(path)/\($0)")) }
    )
  }
}
