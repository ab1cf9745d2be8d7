package import ColophonCore
import ColophonLineage
import GRDB

/// What a group was at some moment.
package struct GroupSnapshot: Hashable, Sendable {
  package var group: String
  /// The statuses by number, from 1.
  package var statuses: [VersionStatus]
  /// Where the aliases pointed, by name.
  package var aliases: [String: Int]
}

extension Registry {
  /// The groups as they were at a moment, sorted; who was champion on a day.
  ///
  /// - Throws: `StoreDamage` where the journal up to then is not whole.
  package func snapshot(at moment: Moment) throws -> [GroupSnapshot] {
    try reading { database in
      let fold = RegistryFold()
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(RegistryFile.eventText), digest FROM events WHERE time <= ? ORDER BY sequence
          """,
        arguments: [moment.milliseconds]
      )
      while let row = try rows.next() {
        let text: String = try row.decode(atIndex: 0)
        let digest = Digest(of: text.utf8).hex
        guard digest == (try row.decode(String.self, atIndex: 1)),
          let event = RegistryEvent(text: text)
        else {
          let number = fold.sequence + 1
          throw StoreDamage.registry(path: path, reason: "event \(number) was edited")
        }
        fold.apply(event, digest: digest)
      }
      if let finding = fold.findings.first {
        throw StoreDamage.registry(path: path, reason: finding.description)
      }
      return fold.groups.sorted { $0.key < $1.key }.filter { !$0.value.versions.isEmpty }.map {
        GroupSnapshot(
          group: $0.key,
          statuses: $0.value.versions.map { $0.status },
          aliases: $0.value.aliases
        )
      }
    }
  }

  /// The events of a group, or of one version, or all, in order.
  package func events(of name: VersionName? = nil, limit: Int = .max) throws -> [RegistryEvent] {
    try reading { database in
      var condition = "1"
      var arguments: StatementArguments = []
      if let name {
        condition = "grp = ?"
        arguments = [name.group]
        if name.which != nil {
          condition += " AND version = ?"
          arguments += [try VersionRow.find(database, name).number]
        }
      }
      let rows = try String.fetchAll(
        database,
        sql: """
          SELECT text FROM (SELECT sequence, \(RegistryFile.eventText) AS text FROM events
          WHERE \(condition) ORDER BY sequence DESC LIMIT \(limit)) ORDER BY sequence
          """,
        arguments: arguments
      )
      return try rows.map { text in
        guard let event = RegistryEvent(text: text) else {
          throw StoreDamage.registry(path: path, reason: "an event can't be read")
        }
        return event
      }
    }
  }

  /// Whether a group ever had a head, which a report printed, and after which event.
  package func witness(_ head: String, of group: String) throws -> Int? {
    try reading { database in
      try Int.fetchOne(
        database,
        sql: "SELECT sequence FROM events WHERE grp = ? AND head = ?",
        arguments: [group, head]
      )
    }
  }
}
