import GRDB

/// A piece of SQL and what fills its question marks.
struct SQLPiece {
  var text: String
  var arguments: [any DatabaseValueConvertible] = []

  func joined(_ word: String, _ other: SQLPiece) -> SQLPiece {
    SQLPiece(
      text: "(\(text) \(word) \(other.text))",
      arguments: arguments + other.arguments
    )
  }
}

extension RegistryQuery.Term {
  /// The term as a condition over a row `v` of the table of versions.
  var condition: SQLPiece {
    switch self {
    case .and(let a, let b): return a.condition.joined("AND", b.condition)
    case .or(let a, let b): return a.condition.joined("OR", b.condition)
    case .not(let inner):
      let piece = inner.condition
      return SQLPiece(text: "NOT (\(piece.text))", arguments: piece.arguments)
    case .missing(let path): return RegistryQuery.Term.missing(path)
    case .ancestor(let name):
      let (test, arguments) = RegistryQuery.Term.node(name)
      return SQLPiece(
        text: "EXISTS (SELECT 1 FROM ancestors a WHERE a.version = v.id AND \(test))",
        arguments: arguments
      )
    case .compare(let path, let comparison, let literal, _):
      return RegistryQuery.Term.compare(path, comparison, literal)
    }
  }

  /// The rows that a term names by an index of their own: a query for the versions' ids; nil where
  /// there is no such index.
  var selection: SQLPiece? {
    switch self {
    case .ancestor(let name):
      let (test, arguments) = RegistryQuery.Term.node(name)
      return SQLPiece(text: "SELECT a.version FROM ancestors a WHERE \(test)", arguments: arguments)
    case .compare("status", .equal, .text(let status), _):
      return SQLPiece(text: "SELECT id FROM versions WHERE status = ?", arguments: [status])
    case .compare("alias", .equal, .text(let alias), _):
      return SQLPiece(
        text: """
          SELECT w.id FROM aliases a JOIN versions w ON w.grp = a.grp AND w.number = a.version
          WHERE a.alias = ?
          """,
        arguments: [alias]
      )
    case .compare("group", .equal, .text(let group), _):
      return SQLPiece(text: "SELECT id FROM versions WHERE grp = ?", arguments: [group])
    case .compare(let path, let comparison, let literal, _)
    where !RegistryQuery.words.contains(path) && comparison != .notEqual:
      return SQLPiece(
        text: "SELECT version FROM metrics WHERE path = ? AND value \(comparison.rawValue) ?"
          + RegistryQuery.Term.typeTest(literal),
        arguments: [path, literal.stored]
      )
    default: return nil
    }
  }

  private static func missing(_ path: String) -> SQLPiece {
    switch path {
    case "alias":
      return SQLPiece(
        text:
          "NOT EXISTS (SELECT 1 FROM aliases a WHERE a.grp = v.grp AND a.version = v.number)"
      )
    case _ where RegistryQuery.words.contains(path): return SQLPiece(text: "0")
    default:
      return SQLPiece(
        text: """
          NOT EXISTS (SELECT 1 FROM metrics m WHERE m.path = ? AND m.version = v.id
          AND m.value IS NOT NULL)
          """,
        arguments: [path]
      )
    }
  }

  private static func compare(
    _ path: String,
    _ comparison: RegistryQuery.Comparison,
    _ literal: RegistryQuery.Literal
  ) -> SQLPiece {
    let sign = comparison.rawValue
    switch path {
    case "group": return SQLPiece(text: "v.grp \(sign) ?", arguments: [literal.stored])
    case "version": return SQLPiece(text: "v.number \(sign) ?", arguments: [literal.stored])
    case "status": return SQLPiece(text: "v.status \(sign) ?", arguments: [literal.stored])
    case "alias":
      return SQLPiece(
        text: "\(comparison == .notEqual ? "NOT " : "")EXISTS (SELECT 1 FROM aliases a "
          + "WHERE a.grp = v.grp AND a.version = v.number AND a.alias = ?)",
        arguments: [literal.stored]
      )
    case "model":
      let digits = String((literal.text ?? "").trimmingPrefix("sha256:"))
      return SQLPiece(
        text: "\(comparison == .notEqual ? "NOT " : "")(v.model >= ? AND v.model < ? || 'g')",
        arguments: [digits, digits]
      )
    default:
      return SQLPiece(
        text: """
          EXISTS (SELECT 1 FROM metrics m WHERE m.path = ? AND m.version = v.id
          AND m.value \(sign) ?\(typeTest(literal)))
          """,
        arguments: [path, literal.stored]
      )
    }
  }

  /// In SQLite every text is greater than every number; here they are not comparable.
  private static func typeTest(_ literal: RegistryQuery.Literal) -> String {
    if case .number = literal { " AND typeof(value) IN ('integer', 'real')" } else { "" }
  }

  /// The nodes of a name: as it is where it names a kind or is a digest, else any cell's or file's.
  static func node(_ name: String) -> (String, [any DatabaseValueConvertible]) {
    if name.contains(":") { return ("a.node = ?", [name]) }
    let names = ["dataset", "prepare", "train", "tune", "evaluate", "file"].map { "\($0):\(name)" }
    let marks = names.map { _ in "?" }.joined(separator: ", ")
    return ("a.node IN (\(marks), ?)", names + ["sha256:\(name)"])
  }
}

extension RegistryQuery.Literal {
  var stored: any DatabaseValueConvertible {
    switch self {
    case .number(let number): number
    case .text(let text): text
    }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
}
