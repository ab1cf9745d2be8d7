import ColophonCore
import ColophonLineage
import GRDB

extension AuditCheck {
  /// Makes the rows of the tables of metrics and ancestors again and compares them.
  mutating func checkSearch() throws {
    var metrics = 0
    var ancestors = 0
    let rows = try Row.fetchAll(database, sql: "SELECT \(VersionRow.columns) FROM versions")
    for row in rows {
      guard let version = try? VersionRow(row) else {
        add(.table("versions", "a row can't be read"))
        continue
      }
      let name = "\(version.group)@\(version.number)"
      guard let text = try? Documents.text(database, version.content),
        let content = try? VersionContent(text: text)
      else {
        add(.document(version.content, "the content of \(name) can't be read"))
        continue
      }
      if content.modelDigest?.hex ?? "" != version.model {
        add(.table("versions", "\(name) has another model"))
      }
      let bound = fold.groups[version.group]?.versions[number: version.number]?.bound
      if let bound, !bound.isEmpty, bound != content.approval(decision: version.decision) {
        add(.table("versions", "\(name) was judged with another content"))
      }
      let searchable = content.searchable
      metrics += searchable.count
      ancestors += content.ancestors.count
      if try !hasMetrics(version.id, searchable) {
        add(.table("metrics", "those of \(name) are not what its content says"))
      }
      let nodes = try String.fetchAll(
        database,
        sql: "SELECT node FROM ancestors WHERE version = ? ORDER BY node",
        arguments: [version.id]
      )
      if nodes != content.ancestors.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        add(.table("ancestors", "those of \(name) are not what its content says"))
      }
    }
    try checkCount("metrics", metrics)
    try checkCount("ancestors", ancestors)
  }

  private func hasMetrics(_ id: Int, _ expected: [(path: String, value: Value)]) throws -> Bool {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT path, value FROM metrics WHERE version = ? ORDER BY path",
      arguments: [id]
    )
    guard rows.count == expected.count else { return false }
    let sorted = expected.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    for (row, (path, value)) in zip(rows, sorted) {
      let written: String = try row.decode(atIndex: 0)
      let stored: DatabaseValue = row[1]
      if written != path || stored != VersionTables.stored(value) { return false }
    }
    return true
  }

  private mutating func checkCount(_ table: String, _ expected: Int) throws {
    let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
    if count != expected { add(.table(table, "\(count) rows where \(expected) should be")) }
  }
}

extension [RegistryFold.Version] {
  /// The version of a number, from 1.
  subscript(number number: Int) -> RegistryFold.Version? {
    indices.contains(number - 1) ? self[number - 1] : nil
  }
}
