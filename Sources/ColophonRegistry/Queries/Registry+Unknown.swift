import ColophonCore
import GRDB

extension Registry {
  /// What a query names and no version has, each in a sentence with what may have been meant.
  package func unknown(in query: RegistryQuery) throws -> [String] {
    try reading { database in
      try query.terms.compactMap { term in
        switch term {
        case .compare(let path, _, _, _) where RegistryQuery.words.contains(path): return nil
        case .compare(let path, _, _, _), .missing(let path):
          if RegistryQuery.words.contains(path) { return nil }
          let known = try String.fetchOne(
            database,
            sql: "SELECT path FROM metrics WHERE path = ? LIMIT 1",
            arguments: [path]
          )
          if known != nil { return nil }
          return Registry.sentence(
            "a value",
            path,
            try Registry.distinct("path", "metrics", database)
          )
        case .ancestor(let name):
          let (test, arguments) = RegistryQuery.Term.node(name)
          let known = try String.fetchOne(
            database,
            sql: "SELECT a.node FROM ancestors a WHERE \(test) LIMIT 1",
            arguments: StatementArguments(arguments)
          )
          if known != nil { return nil }
          let nodes = try Registry.distinct("node", "ancestors", database)
            .filter { !$0.hasPrefix("sha256:") }
          return Registry.sentence("an ancestor", name, nodes)
        case .and, .or, .not: return nil
        }
      }
    }
  }

  private static func sentence(_ what: String, _ name: String, _ known: [String]) -> String {
    let near = Suggestion.nearest(to: name, among: known).map { "; did you mean '\($0)'?" }
    return "no version has \(what) '\(name)'\(near ?? "")"
  }

  /// Different entries of an index's first column, in order, at most some hundreds.
  ///
  /// Each is found by the index from the one before, so a million rows cost no more than a few.
  private static func distinct(_ column: String, _ table: String, _ database: Database) throws
    -> [String]
  {
    try String.fetchAll(
      database,
      sql: """
        WITH RECURSIVE names(name) AS (
          SELECT min(\(column)) FROM \(table)
          UNION ALL
          SELECT (SELECT min(\(column)) FROM \(table) WHERE \(column) > name)
          FROM names WHERE name IS NOT NULL LIMIT 500
        ) SELECT name FROM names WHERE name IS NOT NULL
        """
    )
  }
}
