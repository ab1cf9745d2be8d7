import ColophonLearning
import Glibc

/// A folder of this machine that is emptied when its work is done.
struct ScratchFolder: Sendable {
  let path: String

  /// Makes one whose name nobody can guess, readable by nobody else.
  init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    // mkdtemp puts six letters of its own choice in their place.
    let letters = String(repeating: "X", count: 6)
    var template = Array("\(base)/colophon-\(letters)".utf8CString)
    guard mkdtemp(&template) != nil else { throw ScratchFolder.failure("make", base) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func failure(_ doing: String, _ path: String) -> CellFailure {
    CellFailure("can't \(doing) \(path): \(String(cString: strerror(errno)))")
  }

  /// Makes a folder and the ones above it.
  func makeFolder(_ folder: String) throws {
    var made = path
    guard folder.hasPrefix(path + "/") else { return }
    for part in folder.dropFirst(path.count).split(separator: "/") {
      made += "/\(part)"
      if mkdir(made, 0o755) != 0, errno != EEXIST {
        throw ScratchFolder.failure("make the folder", made)
      }
    }
  }

  /// Writes a file, in folders that are made for it.
  func write(_ bytes: [UInt8], to file: String, isExecutable: Bool = false) throws {
    if let slash = file.lastIndex(of: "/") { try makeFolder(String(file[..<slash])) }
    let handle = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, isExecutable ? 0o755 : 0o644)
    guard handle >= 0 else { throw ScratchFolder.failure("write", file) }
    defer { close(handle) }
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Glibc.write(handle, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ScratchFolder.failure("write", file) }
      start += count
    }
  }

  /// At most so many bytes of a file; nil where there is none.
  static func read(_ file: String, atMost limit: Int = .max) -> [UInt8]? {
    let handle = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard handle >= 0 else { return nil }
    defer { close(handle) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = Glibc.read(handle, &chunk, min(chunk.count, limit - bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// The regular files under a folder, by their paths from it; links are left out.
  static func files(under folder: String) -> [ScriptModel.File] {
    entries(folder).flatMap { name -> [ScriptModel.File] in
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else { return [] }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        return files(under: path).map {
          ScriptModel.File("\(name)/\($0.path)", isExecutable: $0.isExecutable, $0.bytes)
        }
      case S_IFREG:
        return read(path).map {
          [ScriptModel.File(name, isExecutable: status.st_mode & 0o100 != 0, $0)]
        } ?? []
      default: return []
      }
    }
  }

  /// Whether a folder holds nothing.
  static func isEmpty(_ folder: String) -> Bool { entries(folder).isEmpty }

  /// Removes the folder and all that is in it.
  func remove() { ScratchFolder.remove(path) }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    chmod(path, 0o700)
    for name in entries(path) { remove("\(path)/\(name)") }
    rmdir(path)
  }

  private static func entries(_ folder: String) -> [String] {
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
}
