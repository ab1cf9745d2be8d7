import ColophonCore
import ColophonLineage
import GRDB

/// The steps of an audit.
struct AuditCheck {
  let database: Database
  let fold = RegistryFold()
  private(set) var audit = RegistryAudit()

  init(database: Database) { self.database = database }

  mutating func run(full: Bool) throws {
    audit.comparedSearch = full
    if full { try checkPages() }
    try readEvents()
    audit.findings += fold.findings
    try checkTail()
    try checkDocuments()
    try checkGroups()
    try checkAliases()
    try checkVersions()
    if full {
      try checkSearch()
      try checkSums()
    }
    audit.events = fold.sequence
    audit.head = fold.digest
    audit.groups = fold.groups.values.count { !$0.versions.isEmpty }
    audit.versions = fold.groups.values.reduce(0) { $0 + $1.versions.count }
  }

  mutating func add(_ finding: RegistryFinding) {
    // After a hundred, more of the same says nothing new.
    if audit.findings.count < 100 { audit.findings.append(finding) }
  }

  private mutating func readEvents() throws {
    fold.reserve(
      documents: try Int.fetchOne(database, sql: "SELECT count(*) FROM documents") ?? 0
    )
    let sql = "SELECT \(RegistryFile.eventText), digest FROM events ORDER BY sequence"
    try RawRow.each(database, sql) { row in
      let digest = Digest(of: row.bytes(0))
      let written = row.text(1)
      let isRight = digest.isWritten(row.bytes(1))
      if !isRight {
        add(.event(fold.sequence + 1, "its text is not the one that its digest names"))
      }
      guard let event = RegistryEvent(bytes: row.bytes(0)) else {
        return add(.event(fold.sequence + 1, "it can't be read"))
      }
      fold.apply(event, digest: isRight ? written : digest.hex)
    }
  }

  private mutating func checkTail() throws {
    let row = try Row.fetchOne(database, sql: "SELECT sequence, digest, time, one FROM tail")
    guard let row else { return add(.tail("it is gone")) }
    let sequence: Int = try row.decode(atIndex: 0)
    let digest: String = try row.decode(atIndex: 1)
    let time: Int = try row.decode(atIndex: 2)
    if sequence != fold.sequence {
      add(.tail("it should be event \(sequence), and event \(fold.sequence) is the last"))
    } else if digest != fold.digest || time != fold.time {
      add(.tail("it is another than the last event"))
    }
  }

  private mutating func checkDocuments() throws {
    var missing = fold.documents
    try RawRow.each(database, "SELECT digest, content FROM documents") { row in
      let digest = row.text(0)
      audit.documents += 1
      if !Digest(of: row.bytes(1)).isWritten(row.bytes(0)) {
        add(.document(digest, "it was edited"))
      }
      if missing.remove(digest) == nil { add(.document(digest, "no event names it")) }
    }
    for digest in missing.sorted().prefix(20) { add(.document(digest, "it is missing")) }
  }

  private mutating func checkGroups() throws {
    var expected = fold.groups.filter { $0.value.head != RegistryEvent.start }
    for row in try Row.fetchAll(database, sql: "SELECT grp, versions, head FROM groups") {
      let name: String = try row.decode(atIndex: 0)
      let group = expected.removeValue(forKey: name)
      let versions: Int = try row.decode(atIndex: 1)
      let head: String = try row.decode(atIndex: 2)
      if group?.versions.count != versions || group?.head != head {
        add(.table("groups", "'\(name)' is not what the journal says"))
      }
    }
    for name in expected.keys.sorted() { add(.table("groups", "'\(name)' is missing")) }
  }

  private mutating func checkAliases() throws {
    var expected: [String: Int] = [:]
    for (name, group) in fold.groups {
      for (alias, version) in group.aliases { expected["\(name) \(alias)"] = version }
    }
    for row in try Row.fetchAll(database, sql: "SELECT grp, alias, version FROM aliases") {
      let name =
        "\(try row.decode(String.self, atIndex: 0)) \(try row.decode(String.self, atIndex: 1))"
      if expected.removeValue(forKey: name) != (try row.decode(Int.self, atIndex: 2)) {
        add(.table("aliases", "'\(name)' is not what the journal says"))
      }
    }
    for name in expected.keys.sorted() { add(.table("aliases", "'\(name)' is missing")) }
  }

  private mutating func checkVersions() throws {
    var count = 0
    var versions: [RegistryFold.Version] = []
    var group: String?
    let sql = """
      SELECT grp, number, content, decision, source, status, head, sequence FROM versions
      """
    try RawRow.each(database, sql) { row in
      count += 1
      if group.map({ row.holds($0, at: 0) }) != true {
        group = row.text(0)
        versions = fold.groups[row.text(0)]?.versions ?? []
      }
      let number = row.integer(1)
      guard let version = versions[number: number] else {
        return add(.table("versions", "\(row.text(0))@\(number) is not in the journal"))
      }
      let isRight =
        row.holds(version.content, at: 2) && row.holds(version.decision, at: 3)
        && row.holds(version.source, at: 4) && row.holds(version.status.rawValue, at: 5)
        && row.holds(version.head, at: 6) && row.integer(7) == version.sequence
      if !isRight {
        add(.table("versions", "\(row.text(0))@\(number) is not what the journal says"))
      }
    }
    let expected = fold.groups.values.reduce(0) { $0 + $1.versions.count }
    if count != expected { add(.table("versions", "\(count) rows for \(expected) versions")) }
  }
}
