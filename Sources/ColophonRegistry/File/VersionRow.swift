import ColophonCore
import ColophonLineage
import GRDB

/// A row of the table of versions.
struct VersionRow: Hashable {
  var id: Int
  var group: String
  var number: Int
  var content: String
  var decision: String
  var source: String
  var model: String
  var status: VersionStatus
  var head: String
  var sequence: Int

  static let columns =
    "id, grp, number, content, decision, source, model, status, head, sequence"

  init(_ row: Row) throws {
    id = try row.decode(atIndex: 0)
    group = try row.decode(atIndex: 1)
    number = try row.decode(atIndex: 2)
    content = try row.decode(atIndex: 3)
    decision = try row.decode(atIndex: 4)
    source = try row.decode(atIndex: 5)
    model = try row.decode(atIndex: 6)
    let word: String = try row.decode(atIndex: 7)
    guard let status = VersionStatus(rawValue: word) else {
      throw StoreDamage.registry(path: "versions", reason: "a version has the status '\(word)'")
    }
    self.status = status
    head = try row.decode(atIndex: 8)
    sequence = try row.decode(atIndex: 9)
  }

  static func find(_ database: Database, _ group: String, number: Int) throws -> VersionRow? {
    try Row.fetchOne(
      database.cachedStatement(
        sql: "SELECT \(columns) FROM versions WHERE grp = ? AND number = ?"
      ),
      arguments: [group, number]
    ).map { try VersionRow($0) }
  }

  static func find(_ database: Database, _ group: String, content: String) throws -> VersionRow? {
    try Row.fetchOne(
      database.cachedStatement(
        sql: "SELECT \(columns) FROM versions WHERE grp = ? AND content = ?"
      ),
      arguments: [group, content]
    ).map { try VersionRow($0) }
  }

  /// The version that a name means; refused where there is none.
  static func find(_ database: Database, _ name: VersionName) throws -> VersionRow {
    guard let count = try Groups.count(database, name.group) else {
      throw RegistryRefusal.unknownGroup(name.group, known: try Groups.names(database))
    }
    let number: Int
    switch name.which {
    case nil: number = count
    case .number(let written): number = written
    case .alias(let alias):
      guard let version = try Aliases.version(database, name.group, alias) else {
        let known = try Aliases.all(database, name.group).map { $0.alias }
        throw RegistryRefusal.unknownAlias(name.group, alias, known: known)
      }
      number = version
    }
    guard let row = try find(database, name.group, number: number) else {
      throw RegistryRefusal.unknownVersion(name.group, number, count: count)
    }
    return row
  }
}

/// The table of groups.
enum Groups {
  /// How many versions a group has; nil where there is no such group.
  static func count(_ database: Database, _ group: String) throws -> Int? {
    try Int.fetchOne(
      database.cachedStatement(sql: "SELECT versions FROM groups WHERE grp = ?"),
      arguments: [group]
    )
  }

  static func names(_ database: Database) throws -> [String] {
    try String.fetchAll(database, sql: "SELECT grp FROM groups ORDER BY grp LIMIT 1000")
  }
}

/// The table of aliases.
enum Aliases {
  /// The version that an alias points to; nil where it points nowhere.
  static func version(_ database: Database, _ group: String, _ alias: String) throws -> Int? {
    try Int.fetchOne(
      database.cachedStatement(sql: "SELECT version FROM aliases WHERE grp = ? AND alias = ?"),
      arguments: [group, alias]
    )
  }

  static func all(_ database: Database, _ group: String) throws -> [(alias: String, version: Int)] {
    try Row.fetchAll(
      database.cachedStatement(
        sql: "SELECT alias, version FROM aliases WHERE grp = ? ORDER BY alias"
      ),
      arguments: [group]
    ).map { (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1)) }
  }

  static func of(_ database: Database, _ group: String, _ version: Int) throws -> [String] {
    try String.fetchAll(
      database.cachedStatement(
        sql: "SELECT alias FROM aliases WHERE grp = ? AND version = ? ORDER BY alias"
      ),
      arguments: [group, version]
    )
  }

  static func set(_ database: Database, _ group: String, _ alias: String, _ version: Int) throws {
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO aliases (grp, alias, version) VALUES (?, ?, ?)"
    ).execute(arguments: [group, alias, version])
  }

  static func remove(_ database: Database, _ group: String, _ alias: String) throws {
    try database.cachedStatement(sql: "DELETE FROM aliases WHERE grp = ? AND alias = ?")
      .execute(arguments: [group, alias])
  }
}

/// The table of documents.
enum Documents {
  static func text(_ database: Database, _ digest: String) throws -> String {
    let text = try String.fetchOne(
      database.cachedStatement(sql: "SELECT content FROM documents WHERE digest = ?"),
      arguments: [digest]
    )
    guard let text else {
      throw StoreDamage.registry(path: "documents", reason: "\(digest.prefix(8)) is missing")
    }
    guard Digest(of: text.utf8).hex == digest else {
      throw StoreDamage.registry(path: "documents", reason: "\(digest.prefix(8)) was edited")
    }
    return text
  }
}
