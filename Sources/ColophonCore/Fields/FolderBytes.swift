/// The files of a folder as one run of bytes, so that a folder is read and digested as a file is.
///
/// For each file in the order of names: the length of its name and of its content (eight bytes each,
/// least significant first), the name, the content.
package enum FolderBytes {
  package typealias File = (name: String, bytes: [UInt8])

  package static func encoded(_ files: [File]) -> [UInt8] {
    files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.flatMap { file in
      length(file.name.utf8.count) + length(file.bytes.count) + Array(file.name.utf8) + file.bytes
    }
  }

  /// The files; nil where the bytes are no folder.
  package static func decoded(_ bytes: [UInt8]) -> [File]? {
    var files: [File] = []
    var place = 0
    func number() -> Int? {
      guard place + 8 <= bytes.count else { return nil }
      let value = bytes[place..<place + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      place += 8
      return value <= UInt64(bytes.count) ? Int(value) : nil
    }
    while place < bytes.count {
      guard let name = number(), let content = number(), place + name + content <= bytes.count
      else { return nil }
      files.append(
        (
          String(decoding: bytes[place..<place + name], as: UTF8.self),
          Array(bytes[place + name..<place + name + content])
        )
      )
      place += name + content
    }
    return files
  }

  private static func length(_ count: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
  }
}
