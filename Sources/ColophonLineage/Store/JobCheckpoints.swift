package import ColophonCore

/// The unfinished work of one cell under one key: the latest states of its jobs, on disk.
///
/// A state is written to a temporary name, synced, renamed, and the folder is synced, so under its
/// final name it is whole. Its first 32 bytes are the digest of the rest; a damaged one is set aside
/// on reading and the one before it counts. Two are kept of each part, the work of a job within the
/// cell. No state is a result: where one is lost, the work is only done again.
package struct JobCheckpoints: Sendable {
  /// How many states of a part are kept.
  static let kept = 2

  let folder: String

  /// The newest state of a part that is whole, and its round; nil where there is none.
  package func newest(of part: String) throws -> (round: Int, bytes: [UInt8])? {
    for name in try names(of: part).reversed() {
      let path = "\(folder)/\(name.text)"
      guard let content = try Disk.read(path) else { continue }
      if let bytes = JobCheckpoints.checked(content.bytes) { return (name.round, bytes) }
      try? Disk.move(path, to: path + ObjectFolder.damagedSuffix)
    }
    return nil
  }

  /// Keeps the state of a part after a round; when it returns, the state is on the disk.
  package func keep(_ bytes: [UInt8], round: Int, of part: String) throws {
    let name = CheckpointName(part: part, round: round)
    let content = Digest(of: bytes).bytes + bytes
    do { try write(content, name) } catch StoreDamage.unusable where isGone {
      // Another process was done with the same cell, and took the folder away.
      try write(content, name)
    }
    for old in try names(of: part).dropLast(JobCheckpoints.kept) {
      Disk.remove("\(folder)/\(old.text)")
    }
  }

  /// Removes every state: the cell is done, or is to be done afresh.
  package func forget() {
    for name in (try? Disk.names(in: folder)) ?? [] { Disk.remove("\(folder)/\(name)") }
    Disk.removeFolder(folder)
  }

  private var isGone: Bool { (try? Disk.facts(folder)) == .some(.none) }

  private func write(_ content: [UInt8], _ name: CheckpointName) throws {
    if try Disk.facts(folder) == nil {
      try Disk.makeFolder(folder)
      // The folder of the cell, and the one that holds all cells'.
      for above in [65, 82] { try Disk.syncFolder(String(folder.dropLast(above))) }
    }
    let temporary = try ObjectFolder.writeTemporary(content, in: folder)
    try Disk.move(temporary, to: "\(folder)/\(name.text)")
    try Disk.syncFolder(folder)
  }

  /// The states of a part by round.
  private func names(of part: String) throws -> [CheckpointName] {
    let prefix = CheckpointName(part: part, round: 0).part
    return try Disk.names(in: folder).compactMap { CheckpointName($0) }
      .filter { $0.part == prefix }.sorted { $0.round < $1.round }
  }

  /// The state in a file's bytes, where they are whole.
  static func checked(_ content: [UInt8]) -> [UInt8]? {
    guard content.count >= 32 else { return nil }
    let bytes = Array(content[32...])
    return Digest(of: bytes).bytes == Array(content[..<32]) ? bytes : nil
  }
}

/// The name of a state's file: its part's digest, and the round.
struct CheckpointName: Hashable {
  /// The first 16 digits of the digest of the part's name.
  let part: String
  let round: Int

  init(part: String, round: Int) {
    self.part = String(Digest(of: Array(part.utf8)).hex.prefix(16))
    self.round = round
  }

  /// Reads a file's name; nil for one of another form.
  init?(_ text: String) {
    let pieces = text.split(separator: "-", omittingEmptySubsequences: false)
    guard pieces.count == 2, pieces[0].utf8.count == 16, let round = Int(pieces[1]),
      round >= 0, String(round) == pieces[1]
    else { return nil }
    part = String(pieces[0])
    self.round = round
  }

  var text: String { "\(part)-\(round)" }
}
