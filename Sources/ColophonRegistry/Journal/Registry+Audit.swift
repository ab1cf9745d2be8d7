package import ColophonCore
import ColophonLineage
import GRDB

extension Registry {
  /// Registries of so many versions are always compared in full.
  static let smallCount = 5_000

  /// Reads the whole journal and compares everything that follows from it.
  ///
  /// Found are: an event that was edited, moved, added or taken away (by the chain, the tail and the
  /// tables), a document that is not the one that an event names, a table that says something else
  /// than the journal, and moves that the rules forbid.
  /// - Parameter full: Whether the tables of metrics and ancestors are compared as well, and SQLite
  ///   checks its own pages; small registries are always looked at in full.
  /// - Returns: What was found; a file that can't be read at all is a finding too.
  /// - Throws: `RegistryRefusal` where there is no registry; `StoreDamage` where it is locked.
  package func audit(full: Bool = false) throws -> RegistryAudit {
    do {
      return try reading { database in
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM versions") ?? 0
        var check = AuditCheck(database: database)
        try check.run(full: full || count <= Registry.smallCount)
        return check.audit
      }
    } catch StoreDamage.registry(_, let reason) {
      var audit = RegistryAudit()
      audit.findings = [.file(reason)]
      return audit
    } catch StoreDamage.newer(_, let version) {
      var audit = RegistryAudit()
      audit.findings = [.file("its layout is \(version)")]
      return audit
    }
  }
}

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
    if full { try checkSearch() }
    audit.events = fold.sequence
    audit.head = fold.digest
    audit.groups = fold.groups.values.count { !$0.versions.isEmpty }
    audit.versions = fold.groups.values.reduce(0) { $0 + $1.versions.count }
  }

  mutating func add(_ finding: RegistryFinding) {
    // After a hundred, more of the same says nothing new.
    if audit.findings.count < 100 { audit.findings.append(finding) }
  }

  private mutating func checkPages() throws {
    let complaints = try String.fetchAll(database, sql: "PRAGMA integrity_check(10)")
    for complaint in complaints where complaint != "ok" { add(.file(complaint)) }
    // Its parts are compared by text: another definition is another registry.
    let layout = try String.fetchAll(
      database,
      sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    )
    let expected = RegistryFile.definitions
    if layout != expected { add(.file("its tables are not laid out as they should be")) }
  }

  private mutating func readEvents() throws {
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT \(RegistryFile.eventText), digest FROM events ORDER BY sequence"
    )
    while let row = try rows.next() {
      let text: String = try row.decode(atIndex: 0)
      let written: String = try row.decode(atIndex: 1)
      let digest = Digest(of: text.utf8).hex
      if digest != written {
        add(.event(fold.sequence + 1, "its text is not the one that its digest names"))
      }
      guard let event = RegistryEvent(text: text) else {
        add(.event(fold.sequence + 1, "it can't be read"))
        continue
      }
      fold.apply(event, digest: digest)
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
    let rows = try Row.fetchCursor(database, sql: "SELECT digest, content FROM documents")
    while let row = try rows.next() {
      let digest: String = try row.decode(atIndex: 0)
      let content: String = try row.decode(atIndex: 1)
      audit.documents += 1
      if Digest(of: content.utf8).hex != digest { add(.document(digest, "it was edited")) }
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
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT grp, number, content || ' ' || decision || ' ' || source || ' ' || status || ' '
        || head || ' ' || sequence FROM versions
        """
    )
    while let row = try rows.next() {
      let name: String = try row.decode(atIndex: 0)
      let number: Int = try row.decode(atIndex: 1)
      let written: String = try row.decode(atIndex: 2)
      count += 1
      let versions = fold.groups[name]?.versions ?? []
      guard versions.indices.contains(number - 1) else {
        add(.table("versions", "\(name)@\(number) is not in the journal"))
        continue
      }
      let version = versions[number - 1]
      let expected =
        "\(version.content) \(version.decision) \(version.source) \(version.status.rawValue) "
        + "\(version.head) \(version.sequence)"
      if expected != written {
        add(.table("versions", "\(name)@\(number) is not what the journal says"))
      }
    }
    let expected = fold.groups.values.reduce(0) { $0 + $1.versions.count }
    if count != expected { add(.table("versions", "\(count) rows for \(expected) versions")) }
  }
}
