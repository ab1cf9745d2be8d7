package import ColophonCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file's bytes, read once, and the digest of exactly those bytes.
package struct ByteSource: Sendable {
  package var bytes: [UInt8]
  package var digest: Digest

  /// Reads a whole file.
  package init(path: String) throws(DataFaults) {
    bytes = try ByteSource.read(path, limit: .max)
    digest = Digest(of: bytes)
  }

  /// Reads a file up to `limit` bytes.
  package static func read(_ path: String, limit: Int) throws(DataFaults) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw DataFaults(.unreadable(path, problem: errno)) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw DataFaults(.unreadable(path, problem: errno)) }
    if status.st_mode & S_IFMT == S_IFDIR { throw DataFaults(.unreadable(path, problem: EISDIR)) }
    // One byte more than the file says shows its end without growing the buffer again.
    var capacity = min(limit, max(Int(status.st_size) + 1, 1 << 16))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(capacity)
    while bytes.count < limit {
      if bytes.count == capacity { capacity = min(limit, capacity * 2) }
      let count = try append(from: file, to: &bytes, upTo: capacity - bytes.count, path: path)
      if count == 0 { break }
    }
    return bytes
  }

  private static func append(
    from file: Int32,
    to bytes: inout [UInt8],
    upTo count: Int,
    path: String
  ) throws(DataFaults) -> Int {
    var problem: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: min(count, 1 << 22)) { buffer, filled in
      var got = readBytes(file, buffer)
      while got < 0, errno == EINTR { got = readBytes(file, buffer) }
      if got < 0 { problem = errno }
      filled = max(0, got)
    }
    if problem != 0 { throw DataFaults(.unreadable(path, problem: problem)) }
    bytes += chunk
    return chunk.count
  }
}

private func readBytes(_ file: Int32, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
  read(file, buffer.baseAddress, buffer.count)
}

extension DataFault {
  static func unreadable(_ path: String, problem: Int32) -> DataFault {
    switch problem {
    case ENOENT, ENOTDIR:
      DataFault(
        "data.file-missing",
        "there is no file '\(path)'",
        hint: "the path is relative to the notebook"
      )
    case EISDIR: DataFault("data.file-unreadable", "'\(path)' is a folder, not a file")
    case EACCES: DataFault("data.file-unreadable", "'\(path)' may not be read by this user")
    default: DataFault("data.file-unreadable", "'\(path)' can't be read (error \(problem))")
    }
  }
}
