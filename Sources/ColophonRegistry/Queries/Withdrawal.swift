package import ColophonCore
import GRDB

/// Data that nobody should rest on any more, and why.
package struct Withdrawal: Hashable, Sendable {
  /// As the journal names it: a digest, `file:PATH` or `KIND:NAME`.
  package var node: String
  package var reason: String
  package var time: Int

  package var value: Value {
    [
      "node": .string(node), "reason": .string(reason),
      "at": .string(Moment(milliseconds: time).text),
    ]
  }

  /// What of a version's ancestors was withdrawn, in the journal's order.
  ///
  /// Withdrawals belong to no group, so the index by group finds them among any number of events.
  static func of(_ version: Int, _ database: Database) throws -> [Withdrawal] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT new, reason, time FROM events
        WHERE grp = '' AND version = 0 AND kind = 'withdrawn'
        AND EXISTS (SELECT 1 FROM ancestors WHERE node = events.new AND version = ?)
        ORDER BY sequence
        """
    )
    return try Row.fetchAll(statement, arguments: [version]).map { row in
      Withdrawal(
        node: try row.decode(atIndex: 0),
        reason: try row.decode(atIndex: 1),
        time: try row.decode(atIndex: 2)
      )
    }
  }
}
