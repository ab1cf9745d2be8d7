import ColophonCore
import ColophonRegistry
import Foundation
import Testing

/// Bytes of the SQLite file itself, changed one at a time.
@Suite struct EveryByte {
  /// `make study` tries every byte; here one in 199, several in each page.
  @Test func isFound() throws {
    let sample = try SampleRegistry()
    try sample.register(1, alias: "champion")
    let whole = try sample.folded()
    let copy = "\(sample.folder)/copy.sqlite"
    var byTheJournal = 0
    for index in stride(from: 0, to: whole.count, by: 199) {
      var bytes = whole
      bytes[index] ^= 1 << UInt8(index % 8)
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: copy + suffix)
      }
      try Data(bytes).write(to: URL(filePath: copy))
      guard let audit = try? Registry(path: copy, readOnly: true).audit() else { continue }
      #expect(!audit.isSound, "byte \(index) was changed unseen")
      if !audit.beyondSums.isEmpty { byTheJournal += 1 }
    }
    // The chain, the documents and the tables find what is said, whatever the sums say.
    #expect(byTheJournal > 40)
  }
}

/// The sums of pages: kept by whoever writes through the registry, and by nobody else.
@Suite struct PageSumsOfAFile {
  @Test func areKeptByEveryWriter() throws {
    let sample = try SampleRegistry()
    for number in 1...30 { try sample.register(number) }
    let bytes = try sample.folded()
    // The header: eight bytes of each page are left alone, and the layout says what for.
    #expect(bytes[20] == 8 && bytes[63] == 2)
    let other = Registry(path: sample.path)
    try other.promote(VersionName("churn", 3), to: "champion", by: sample.hand())
    _ = try sample.folded()
    #expect(try other.audit().findings == [])
    #expect(bytes.count > 20 * 4096)
  }

  @Test func tellOfWhoeverWroteThePagesPastTheRegistry() throws {
    let sample = try SampleRegistry()
    try sample.register(1, alias: "champion")
    _ = try sample.folded()
    // Says the same in other pages.
    try sample.statement("VACUUM")
    try sample.statement("PRAGMA wal_checkpoint(TRUNCATE)")
    let findings = try Registry(path: sample.path).audit().findings
    #expect(findings.contains { $0.description.hasSuffix(" changed past this program") })
  }

  /// The file of a registry that has no sums, as earlier versions of the program wrote it.
  private func withoutSums(_ sample: SampleRegistry) throws -> String {
    let path = "\(sample.folder)/old.sqlite"
    let rows = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    let definitions = try SQLite.rows(rows, sample.path)
    for definition in definitions {
      // GRDB describes a text as it would be written in Swift.
      let sql = definition[0].dropFirst().dropLast().replacing("\\n", with: "\n")
        .replacing("\\'", with: "'")
      try SQLite.run(String(sql), path)
    }
    let tables = [
      "events", "documents", "tail", "groups", "versions", "aliases", "metrics", "ancestors",
    ]
    try SQLite.run(
      "ATTACH '\(sample.path)' AS new; "
        + tables.map { "INSERT INTO main.\($0) SELECT * FROM new.\($0); " }.joined()
        + "PRAGMA user_version = 1; PRAGMA journal_mode = WAL",
      path
    )
    return path
  }

  @Test func areNotAskedOfARegistryThatIsOlder() throws {
    let sample = try SampleRegistry()
    for number in 1...3 { try sample.register(number) }
    let path = try withoutSums(sample)
    for move in 1...2 {
      let registry = Registry(path: path)
      #expect(try registry.audit().findings == [], "before move \(move)")
      try registry.promote(VersionName("churn", move), to: "champion", by: sample.hand())
      try SQLite.run("PRAGMA wal_checkpoint(TRUNCATE)", SQLite.summed(path))
    }
    let registry = Registry(path: path)
    #expect(try registry.audit().findings == [])
    #expect(try registry.show(VersionName("churn", 3)).number == 3)
  }

  @Test func areAskedOfAFileWhoseLayoutWasChanged() throws {
    let sample = try SampleRegistry()
    try sample.register(1)
    var bytes = try sample.folded()
    bytes[63] = 1
    let path = "\(sample.folder)/copy.sqlite"
    try Data(bytes).write(to: URL(filePath: path))
    let findings = try Registry(path: path, readOnly: true).audit().findings
    #expect(findings == [.file("its layout is 1, and its pages have sums")])
  }
}
