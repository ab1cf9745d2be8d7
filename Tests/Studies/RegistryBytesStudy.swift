import ColophonCore
import ColophonRegistry
import Foundation

extension Study {
  /// Every byte of a small registry's file, changed once, by what the byte is for: found by the audit,
  /// or without meaning (every event, version, alias and document reads as before), or unseen.
  ///
  /// The same for every byte of the file that `registry export` writes.
  static let registryBytes = Study(name: "registry-bytes") {
    var table = StudyTable(
      "registry-bytes",
      columns: ["bytes_of", "bytes", "found", "without_meaning", "unseen"]
    )
    for row in try RegistryBytes().run() { table.add(row) }
    try table.write()
  }
}

private struct RegistryBytes {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "registry-bytes")

  func run() throws -> [[String]] {
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "registry.sqlite").path
    let before = try fill(path)
    let whole = try [UInt8](Data(contentsOf: URL(filePath: path)))
    let copy = folder.appending(path: "copy.sqlite").path
    let regions = SQLiteRegions(whole).regions
    var counts: [String: [Int]] = [:]
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= 1 << UInt8(index % 8)
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: copy + suffix)
      }
      try Data(bytes).write(to: URL(filePath: copy))
      let registry = Registry(path: copy, readOnly: true)
      let isFound = (try? registry.audit().isSound) != true
      let outcome = isFound ? 0 : (try? said(registry)) == before ? 1 : 2
      counts[regions[index], default: [0, 0, 0]][outcome] += 1
    }
    let rows = counts.sorted { $0.key < $1.key }.map { region, counts in
      [region, String(counts.reduce(0, +))] + counts.map { String($0) }
    }
    return rows + [try bundle(path)]
  }

  /// Every byte of a bundle changed once: found, or it reads as the same bundle.
  private func bundle(_ path: String) throws -> [String] {
    let name = VersionName(group: "churn", which: .number(1))
    let whole = try Registry(path: path).bundle(name) { _ in nil }.bytes
    var counts = [0, 0, 0]
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= 1 << UInt8(index % 8)
      counts[(try? RegistryBundle(bytes: bytes)) == nil ? 0 : 2] += 1
    }
    return ["the exported file", String(whole.count)] + counts.map { String($0) }
  }

  /// Registers a version; what the registry says then.
  private func fill(_ path: String) throws -> String {
    let registry = Registry(path: path)
    let hand = RegistryHand(actor: "study") { 1_700_000_000_000 }
    var candidate = RegistryStudySample.candidate(1)
    candidate.alias = "champion"
    _ = try registry.register(candidate, by: hand) { _, _ in
      GateDecision(status: .approved, reason: "the study approves")
    }
    return try said(registry)
  }

  private func said(_ registry: Registry) throws -> String {
    let version = try registry.show(VersionName(group: "churn", which: .alias("champion")))
    let queries = ["roc_auc > 0", "status = Approved", "ancestor(dataset:people)"]
    let lists = try queries.map { try registry.list(RegistryQuery($0)).versions.map { $0.value } }
    let words = [
      version.name, version.status.rawValue, try version.content.text(),
      try version.decision.text(),
    ]
    return "\(words) \(version.aliases) \(lists.map { $0.map { $0.canonicalText } })"
      + " \(try registry.events().map { $0.text })"
  }
}
