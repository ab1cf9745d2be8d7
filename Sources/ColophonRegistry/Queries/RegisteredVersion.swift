package import ColophonCore
import GRDB

/// A version with everything that the registry knows of it.
package struct RegisteredVersion: Sendable {
  package var group: String
  package var number: Int
  /// The digest of the content; 64 digits.
  package var digest: String
  package var status: VersionStatus
  package var aliases: [String]
  package var content: VersionContent
  package var decision: GateDecision
  package var source: VersionSource
  package var decisionDigest: String
  /// What happened to it, in order.
  package var events: [RegistryEvent]
  /// What it descends from and nobody should rest on any more, with the reasons.
  package var withdrawn: [Withdrawal] = []

  package var name: String { "\(group)@\(number)" }
}

/// A version as a list shows it.
package struct VersionLine: Hashable, Sendable {
  package var group: String
  package var number: Int
  package var status: VersionStatus
  package var aliases: [String]
  /// The digest of the model; 64 digits.
  package var model: String
  package var digest: String
  /// Whether it descends from data that were withdrawn.
  package var isWithdrawn = false
  /// The values that the query compared, by path.
  package var values: [String: Value] = [:]

  package var value: Value {
    var members: [String: Value] = [
      "group": .string(group), "version": .integer(number), "status": .string(status.rawValue),
      "aliases": .array(aliases.map { .string($0) }), "model": .string("sha256:" + model),
      "digest": .string("sha256:" + digest),
    ]
    if isWithdrawn { members["withdrawn"] = true }
    if !values.isEmpty { members["values"] = .object(values) }
    return .object(members)
  }
}

extension Registry {
  /// Everything about one version; for a group alone, its newest.
  package func show(_ name: VersionName) throws -> RegisteredVersion {
    let found = try reading { database in
      let row = try VersionRow.find(database, name)
      return RegisteredVersion(
        group: row.group,
        number: row.number,
        digest: row.content,
        status: row.status,
        aliases: try Aliases.of(database, row.group, row.number),
        content: try VersionContent(text: Documents.text(database, row.content)),
        decision: try GateDecision(text: Documents.text(database, row.decision)),
        source: try VersionSource(document: Documents.text(database, row.source)),
        decisionDigest: row.decision,
        events: [],
        withdrawn: try Withdrawal.of(row.id, database)
      )
    }
    var version = found
    version.events = try events(
      of: VersionName(group: found.group, which: .number(found.number))
    )
    return version
  }

  /// A group's versions (newest first) and aliases.
  package func group(_ name: String, limit: Int = 100) throws -> (
    versions: [VersionLine], count: Int, aliases: [(alias: String, version: Int)], head: String
  ) {
    try reading { database in
      guard let count = try Groups.count(database, name) else {
        throw RegistryRefusal.unknownGroup(name, known: try Groups.names(database))
      }
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT \(VersionRow.columns) FROM versions WHERE grp = ? ORDER BY number DESC LIMIT ?
          """,
        arguments: [name, limit]
      ).map { try VersionRow($0) }
      return (
        try rows.map { try VersionLine($0, database) }, count, try Aliases.all(database, name),
        try String.fetchOne(
          database,
          sql: "SELECT head FROM groups WHERE grp = ?",
          arguments: [name]
        )
          ?? ""
      )
    }
  }

  /// The names of the groups, sorted, with the number of their versions.
  package func groups() throws -> [(group: String, versions: Int)] {
    try reading { database in
      try Row.fetchAll(database, sql: "SELECT grp, versions FROM groups ORDER BY grp").map {
        (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1))
      }
    }
  }
}

extension VersionLine {
  init(_ row: VersionRow, _ database: Database, values paths: [String] = []) throws {
    self.init(
      group: row.group,
      number: row.number,
      status: row.status,
      aliases: try Aliases.of(database, row.group, row.number),
      model: row.model,
      digest: row.content,
      isWithdrawn: try !Withdrawal.of(row.id, database).isEmpty
    )
    for path in paths { values[path] = try VersionTables.value(database, row.id, path) }
  }
}
