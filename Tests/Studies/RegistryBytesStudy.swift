import ColophonCore
import ColophonMath
import ColophonRegistry
import Foundation

extension Study {
  /// Every byte of a small registry's file, changed once, by what the byte is for: found by what the
  /// journal says of itself (chain, documents, tables, SQLite's own check), found by the sum of its
  /// page alone, or unseen.
  ///
  /// Where the page's sum alone tells, nothing that the registry says was changed: every event,
  /// version, alias, document and query reads as before. The same for every byte of the file that
  /// `registry export` writes.
  static let registryBytes = Study(name: "registry-bytes") {
    var table = StudyTable(
      "registry-bytes",
      columns: [
        "bytes_of", "bytes", "found", "by_the_journal", "by_sums_alone", "said_otherwise", "unseen",
      ]
    )
    for row in try RegistryBytes().run() { table.add(row) }
    try table.write()
  }
}

private struct RegistryBytes: Sendable {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "registry-bytes")

  /// What becomes of a changed byte.
  private enum Outcome {
    case journal
    /// Found by sums alone, and nothing reads otherwise.
    case sums
    /// Found by sums alone, and something reads otherwise.
    case otherwise
    case unseen
  }

  /// What became of the changed bytes of a region.
  private struct Counts {
    private var counts: [Outcome: Int] = [:]

    mutating func add(_ outcome: Outcome) { counts[outcome, default: 0] += 1 }

    var row: [String] {
      func count(_ outcomes: Outcome...) -> Int { outcomes.reduce(0) { $0 + (counts[$1] ?? 0) } }
      return [
        count(.journal, .sums, .otherwise, .unseen), count(.journal, .sums, .otherwise),
        count(.journal), count(.sums, .otherwise), count(.otherwise), count(.unseen),
      ].map { String($0) }
    }
  }

  func run() throws -> [[String]] {
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "registry.sqlite").path
    try fill(path)
    let before = try said(Registry(path: path, readOnly: true))
    let whole = try [UInt8](Data(contentsOf: URL(filePath: path)))
    let regions = SQLiteRegions(whole).regions
    // Some hundred pieces, each with a copy of its own.
    let piece = 1_000
    let outcomes = Slots<[Outcome]>(
      (whole.count + piece - 1) / piece
    )
    Workers.share((whole.count + piece - 1) / piece, among: 2) { number in
      let places = number * piece..<min(whole.count, (number + 1) * piece)
      outcomes.set(number, outcomesOf(places, whole, before))
    }
    var counts: [String: Counts] = [:]
    var all = Counts()
    for (index, outcome) in outcomes.values.joined().enumerated() {
      counts[regions[index], default: Counts()].add(outcome)
      all.add(outcome)
    }
    let rows = counts.sorted { $0.key < $1.key }.map { [$0.key] + $0.value.row }
    return rows + [["the whole file"] + all.row, try bundle(path)]
  }

  /// What becomes of each of some bytes when it is changed.
  private func outcomesOf(_ places: Range<Int>, _ whole: [UInt8], _ before: String)
    -> [Outcome]
  {
    let copy = folder.appending(path: "copy-\(places.lowerBound).sqlite").path
    return places.map { index in
      var bytes = whole
      bytes[index] ^= 1 << UInt8(index % 8)
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: copy + suffix)
      }
      guard (try? Data(bytes).write(to: URL(filePath: copy))) != nil else {
        preconditionFailure("\(copy) can't be written")
      }
      return outcome(copy, before)
    }
  }

  private func outcome(_ copy: String, _ before: String)
    -> Outcome
  {
    let registry = Registry(path: copy, readOnly: true)
    guard let audit = try? registry.audit() else { return .journal }
    if audit.isSound { return .unseen }
    let isSumAlone = audit.findings.allSatisfy { if case .pages = $0 { true } else { false } }
    guard isSumAlone else { return .journal }
    return (try? said(registry)) == before ? .sums : .otherwise
  }

  /// Every byte of a bundle changed once: refused, or unseen.
  private func bundle(_ path: String) throws -> [String] {
    let name = VersionName(group: "churn", which: .number(1))
    let whole = try Registry(path: path).bundle(name) { _ in nil }.bytes
    var counts = Counts()
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= 1 << UInt8(index % 8)
      counts.add((try? RegistryBundle(bytes: bytes)) == nil ? .journal : .unseen)
    }
    return ["the exported file"] + counts.row
  }

  /// Three versions, one with a long notebook; moves, a refusal, a rollback, a signed event.
  private func fill(_ path: String) throws {
    let registry = Registry(path: path)
    let hand = RegistryHand(actor: "study") { 1_700_000_000_000 }
    for number in 1...3 {
      var candidate = RegistryStudySample.candidate(number)
      candidate.alias = number == 1 ? "champion" : nil
      if number == 2 { candidate.source.text = String(repeating: "A long notebook.\n", count: 600) }
      _ = try registry.register(candidate, by: hand) { _, _ in
        GateDecision(status: .approved, reason: "the study approves")
      }
    }
    func name(_ number: Int) -> VersionName {
      VersionName(group: "churn", which: .number(number))
    }
    try registry.promote(name(2), to: "champion", by: hand)
    _ = try? registry.promote(name(3), to: "champion", expecting: .some(1), by: hand)
    try registry.rollback("churn", alias: "champion", why: "worse", by: hand)
    try registry.decide("retire", name(3), why: "done", by: hand)
    let key = RegistryKey()
    try registry.grant(.operator, to: key.publicKey, name: "op", group: "churn", by: hand)
    let op = RegistryHand(actor: "op", key: key) { 1_700_000_000_000 }
    try registry.promote(name(2), to: "champion", by: op)
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
