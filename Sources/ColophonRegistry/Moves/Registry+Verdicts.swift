package import ColophonCore
import ColophonLineage
import GRDB

extension Registry {
  /// Notes how a second run of a version's notebook ended; nothing of the version changes.
  ///
  /// - Parameters:
  ///   - verdict: `identical`, `within tolerance`, or `different at CELL`.
  ///   - document: The whole comparison as canonical text; kept.
  ///   - name: The version.
  ///   - hand: Who ran it.
  /// - Throws: `RegistryRefusal` where there is no such version.
  package func note(
    verdict: String,
    document: String,
    of name: VersionName,
    by hand: RegistryHand
  ) throws {
    try writing(by: hand, attempt: RegistryEvent(.verified, group: name.group)) { ledger in
      let row = try VersionRow.find(ledger.database, name)
      var event = RegistryEvent(.verified, group: row.group)
      event.version = row.number
      event.new = verdict
      event.detail = try ledger.keep(document)
      try ledger.append(event)
    }
  }

  /// Notes that nobody should rest on some data any more.
  ///
  /// - Returns: How many versions descend from it.
  @discardableResult
  package func withdraw(_ node: String, why: String, by hand: RegistryHand) throws -> Int {
    try writing(by: hand, attempt: RegistryEvent(.withdrawn, group: "")) { ledger in
      if why.allSatisfy({ $0.isWhitespace }) { throw RegistryRefusal.noReason }
      let count = try Int.fetchOne(
        ledger.database,
        sql: "SELECT count(*) FROM ancestors WHERE node = ?",
        arguments: [node]
      )
      guard let count, count > 0 else {
        throw RegistryRefusal(
          .unknown,
          "no version descends from '\(node)'",
          hint: "name a digest, file:PATH or KIND:NAME, as 'colophon trace' prints them"
        )
      }
      var event = RegistryEvent(.withdrawn, group: "")
      event.new = node
      event.reason = why
      try ledger.append(event)
      return count
    }
  }
}
