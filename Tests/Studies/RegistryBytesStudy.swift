import ColophonCore
import ColophonRegistry
import Foundation

extension Study {
  /// Every byte of a small registry's file, changed once: found by the audit, or without meaning, so
  /// that every event, version, alias and document reads as before.
  static let registryBytes = Study(name: "registry-bytes") {
    var table = StudyTable(
      "registry-bytes",
      columns: ["bytes", "found", "without_meaning", "unseen"]
    )
    table.add(try RegistryBytes().run())
    try table.write()
  }
}

private struct RegistryBytes {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "registry-bytes")

  func run() throws -> [String] {
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "registry.sqlite").path
    let before = try fill(path)
    let whole = try [UInt8](Data(contentsOf: URL(filePath: path)))
    let copy = folder.appending(path: "copy.sqlite").path
    var (found, silent, unseen) = (0, 0, 0)
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= 1 << UInt8(index % 8)
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: copy + suffix)
      }
      try Data(bytes).write(to: URL(filePath: copy))
      let registry = Registry(path: copy, readOnly: true)
      if (try? registry.audit().isSound) != true {
        found += 1
      } else if (try? said(registry)) == before {
        silent += 1
      } else {
        unseen += 1
      }
    }
    return [String(whole.count), String(found), String(silent), String(unseen)]
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
