import ColophonCells
package import ColophonCore
import Glibc

/// The running engine: its version, which stands in stamps, and its build, which stands in keys.
package enum Engine {
  /// The version that reports print.
  package static let version = "0.1.0"

  /// The digest that tells this build from every other.
  ///
  /// The linker's build id where the program carries one (it digests the whole program), else the
  /// digest of the program's file.
  package static let build: Digest = {
    guard let file = try? LocalFiles.read("/proc/self/exe", first: 1 << 20) else {
      return Digest(of: Array(version.utf8))
    }
    if let note = ProgramFile(file).buildIdentifier { return Digest(of: note) }
    return Digest(of: (try? LocalFiles.read("/proc/self/exe")) ?? file)
  }()
}

extension LocalFiles {
  /// At most the first bytes of a file.
  static func read(_ path: String, first limit: Int) throws -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return try read(path) }
    defer { close(file) }
    return [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = max(0, Glibc.read(file, buffer.baseAddress, limit))
    }
  }
}

/// The head of a 64-bit little-endian ELF file, as far as its notes.
private struct ProgramFile {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private func word(_ offset: Int, _ size: Int) -> Int? {
    guard offset >= 0, offset + size <= bytes.count else { return nil }
    return bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The content of the note that the linker writes with `--build-id` (owner GNU, type 3).
  var buildIdentifier: [UInt8]? {
    guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]),
      let table = word(32, 8), let size = word(54, 2), let count = word(56, 2)
    else { return nil }
    for i in 0..<count {
      let header = table + i * size
      guard word(header, 4) == 4, let start = word(header + 8, 8), let length = word(header + 32, 8)
      else { continue }
      if let found = note(in: start, start + length) { return found }
    }
    return nil
  }

  private func note(in start: Int, _ end: Int) -> [UInt8]? {
    var place = start
    while place + 12 <= end, let name = word(place, 4), let size = word(place + 4, 4),
      let type = word(place + 8, 4)
    {
      let content = place + 12 + (name + 3) & ~3
      guard content + size <= min(end, bytes.count) else { return nil }
      if type == 3, bytes[(place + 12)...].starts(with: Array("GNU\0".utf8)) {
        return Array(bytes[content..<content + size])
      }
      place = content + (size + 3) & ~3
    }
    return nil
  }
}

extension Engine {
  /// The instruction sets that this processor has, the narrowest first.
  package static var instructionSets: [String] { InstructionSet.available }

  /// Keeps the kernels to one instruction set; nothing but the speed depends on it.
  package static func use(instructionSet name: String) -> Bool { InstructionSet.choose(name) }
}
