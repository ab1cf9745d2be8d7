package import ColophonCore
import GRDB

extension Registry {
  /// How many ids an index may name for the search to begin with them.
  private static let selective = 2_000

  /// The versions that a query holds for, the newest first.
  ///
  /// Where some part of the query names few versions by an index, the search begins with those;
  /// else it goes through the versions from the newest on until it has enough.
  /// - Parameters:
  ///   - query: Nil for all versions.
  ///   - limit: The most that are returned.
  /// - Returns: The versions, and whether there are more.
  /// - Throws: `RegistryRefusal` where there is no registry.
  package func list(_ query: RegistryQuery?, limit: Int = 100) throws -> (
    versions: [VersionLine], hasMore: Bool
  ) {
    try reading { database in
      var condition = SQLPiece(text: "1")
      if let query {
        condition = try Registry.plan(query, database)
      }
      let columns = VersionRow.columns.split(separator: ", ").map { "v.\($0)" }
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT \(columns.joined(separator: ", ")) FROM versions v WHERE \(condition.text)
          ORDER BY v.id DESC LIMIT \(limit + 1)
          """,
        arguments: StatementArguments(condition.arguments)
      ).map { try VersionRow($0) }
      return (
        try rows.prefix(limit).map {
          try VersionLine($0, database, values: query?.paths ?? [])
        }, rows.count > limit
      )
    }
  }

  /// The whole condition, its most selective part written so that SQLite begins with it.
  private static func plan(_ query: RegistryQuery, _ database: Database) throws -> SQLPiece {
    var best: (index: Int, count: Int, selection: SQLPiece)?
    let conjuncts = query.conjuncts
    for (index, term) in conjuncts.enumerated() {
      guard let selection = term.selection else { continue }
      let count = try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM (\(selection.text) LIMIT \(selective + 1))",
        arguments: StatementArguments(selection.arguments)
      )
      guard let count, count <= selective, count < best?.count ?? .max else { continue }
      best = (index, count, selection)
    }
    var whole = SQLPiece(text: "1")
    if let best {
      whole = SQLPiece(
        text: "v.id IN (\(best.selection.text))",
        arguments: best.selection.arguments
      )
    }
    for (index, term) in conjuncts.enumerated() where index != best?.index {
      whole = whole.joined("AND", term.condition)
    }
    return whole
  }

  /// The versions that descend from a node, each with its aliases, in the order of registration.
  package func descendants(of node: String) throws -> [VersionLine] {
    try reading { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT \(VersionRow.columns) FROM versions
          WHERE id IN (SELECT version FROM ancestors WHERE node = ?) ORDER BY id
          """,
        arguments: [node]
      ).map { try VersionLine(VersionRow($0), database) }
    }
  }

  /// The nodes that begin with a text, sorted; to find a digest by its first digits.
  package func nodes(beginning text: String, limit: Int = 20) throws -> [String] {
    try reading { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT DISTINCT node FROM ancestors WHERE node >= ? AND node < ? || char(1114111)
          ORDER BY node LIMIT ?
          """,
        arguments: [text, text, limit]
      )
    }
  }
}
