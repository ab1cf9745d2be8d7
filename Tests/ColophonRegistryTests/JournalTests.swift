import ColophonCore
import ColophonLineage
import ColophonRegistry
import Foundation
import Testing

/// The journal: a chain that shows every touch.
@Suite struct Journal {
  /// Two versions, both approved, the alias moved and rolled back, one version retired.
  private func filled() throws -> SampleRegistry {
    let sample = try SampleRegistry()
    try sample.register(1, alias: "champion")
    try sample.register(2)
    try sample.registry.promote(VersionName("churn", 2), to: "champion", by: sample.hand("bob"))
    try sample.registry.rollback("churn", alias: "champion", why: "worse", by: sample.hand("bob"))
    try sample.registry.decide("retire", VersionName("churn", 2), why: "done", by: sample.hand())
    return sample
  }

  @Test func isWholeAfterEverySortOfMove() throws {
    let audit = try filled().registry.audit()
    #expect(audit.findings.isEmpty, "\(audit.text)")
    #expect(audit.events == 8)
    #expect(audit.versions == 2 && audit.groups == 1)
    #expect(audit.comparedSearch)
  }

  @Test func readsBackWhatItWrites() throws {
    let sample = try filled()
    for event in try sample.registry.events() {
      #expect(RegistryEvent(text: event.text) == event)
      #expect(RegistryEvent(event.value) == event)
    }
  }

  /// Every column of every row of every table, changed by a byte.
  @Test func findsEveryFieldThatWasEdited() throws {
    let sample = try filled()
    let layout: [(table: String, key: String, columns: [String])] = [
      (
        "events", "sequence",
        [
          "previous", "kind", "grp", "version", "alias", "expected", "new", "bound", "detail",
          "actor", "time", "reason", "head", "key", "signature", "digest", "sequence",
        ]
      ),
      ("documents", "id", ["digest", "content"]),
      ("tail", "one", ["sequence", "digest", "time"]),
      ("groups", "grp", ["grp", "versions", "head"]),
      (
        "versions", "id",
        ["grp", "number", "content", "decision", "source", "model", "status", "head", "sequence"]
      ),
      ("aliases", "alias", ["grp", "alias", "version"]),
      ("metrics", "path || '/' || version", ["path", "version", "value"]),
      ("ancestors", "node || '/' || version", ["node", "version"]),
    ]
    // Folded into one file, which is copied for each edit.
    let content = Data(try sample.folded())
    var count = 0
    for (table, key, columns) in layout {
      let keys = try SQLite.rows("SELECT \(key) FROM \(table)", sample.path).map { $0[0] }
      for column in columns {
        // The first and the last row stand for all of a long table.
        for row in Set([keys.first, keys.last].compactMap { $0 }) {
          let copy = "\(sample.folder)/copy-\(count).sqlite"
          try content.write(to: URL(filePath: copy))
          let word = row.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
          try SQLite.run(
            "UPDATE \(table) SET \(column) = CASE WHEN typeof(\(column)) = 'integer' "
              + "THEN \(column) + 1000 ELSE coalesce(\(column), '') || 'x' END "
              + "WHERE \(key) = '\(word)'",
            copy
          )
          let audit = try Registry(path: copy).audit()
          #expect(!audit.beyondSums.isEmpty, "\(table).\(column) of \(word)")
          count += 1
        }
      }
    }
    #expect(count > 60)
  }

  @Test func findsTruncationRemovalAndReordering() throws {
    let edits = [
      "DELETE FROM events WHERE sequence = (SELECT max(sequence) FROM events)",
      "DELETE FROM events WHERE sequence = 3",
      "DELETE FROM events",
      "UPDATE events SET sequence = CASE sequence WHEN 3 THEN -4 WHEN 4 THEN -3 END "
        + "WHERE sequence IN (3, 4); UPDATE events SET sequence = -sequence WHERE sequence < 0",
      "INSERT INTO events SELECT 9, previous, kind, grp, version, alias, expected, new, bound, "
        + "detail, actor, time, reason, head, key, signature, digest FROM events WHERE sequence = 8",
      "DELETE FROM documents WHERE id = 1", "DELETE FROM versions WHERE number = 2",
      "DELETE FROM tail", "DELETE FROM aliases", "DELETE FROM metrics", "DELETE FROM ancestors",
      "DROP INDEX metrics_by_value",
    ]
    for edit in edits {
      let sample = try filled()
      try sample.statement(edit)
      #expect(try !Registry(path: sample.path).audit().beyondSums.isEmpty, "\(edit)")
    }
  }

  /// Whoever cuts the journal and mends every table is found by a report that printed the head.
  @Test func knowsTheHeadsThatReportsPrinted() throws {
    let sample = try SampleRegistry()
    let first = try sample.register(1, alias: "champion")
    let second = try sample.register(2)
    #expect(first.head != second.head)
    #expect(try sample.registry.witness(first.head, of: "churn") == 3)
    #expect(try sample.registry.witness(second.head, of: "churn") == 5)
    #expect(try sample.registry.witness(second.head, of: "other") == nil)
    #expect(try sample.registry.witness(String(repeating: "a", count: 64), of: "churn") == nil)
  }

  @Test func tellsWhoWasChampionOnADay() throws {
    let sample = try filled()
    let events = try sample.registry.events()
    func champion(after event: Int) throws -> Int? {
      let moment = Moment(milliseconds: events[event - 1].time)
      return try sample.registry.snapshot(at: moment).first?.aliases["champion"]
    }
    #expect(try champion(after: 2) == nil)
    #expect(try champion(after: 3) == 1)
    #expect(try champion(after: 6) == 2)
    #expect(try champion(after: 7) == 1)
    let before = try sample.registry.snapshot(at: #require(Moment("2025-12-31")))
    #expect(before.isEmpty)
    let day = try sample.registry.snapshot(at: #require(Moment("2026-01-01")))
    #expect(day.first?.statuses == [.approved, .retired])
  }

  @Test func hasTheSameHeadsWhereTheSameMovesWereMade() throws {
    let (one, two) = (try SampleRegistry(), try SampleRegistry())
    try two.register(7, group: "other", by: two.hand("eve"))
    let heads = try [one, two].map { sample in
      try sample.register(1, alias: "champion", by: sample.hand("x\(sample.folder.count)"))
      return try sample.register(2).head
    }
    #expect(heads[0] == heads[1])
    #expect(try one.registry.tail().digest != two.registry.tail().digest)
  }

  @Test(arguments: [
    ("2026-11-28T14:05:09.123Z", 1_795_874_709_123), ("2026-11-28T14:05", 1_795_874_700_000),
    ("1970-01-01 00:00:00", 0), ("2024-02-29", 1_709_251_199_999),
  ])
  func readsMoments(text: String, milliseconds: Int) {
    #expect(Moment(text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "2023-02-29", "2026-13-01", "yesterday", "2026-1", "2026-01-01T25:00", "-1-1-1",
  ])
  func refusesWhatIsNoMoment(text: String) { #expect(Moment(text) == nil) }

  @Test func printsMoments() {
    #expect(Moment(milliseconds: 1_795_874_709_123).text == "2026-11-28T14:05:09.123Z")
    #expect(Moment(milliseconds: 1_795_874_709_123).short == "2026-11-28 14:05")
  }
}
