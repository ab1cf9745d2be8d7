package import ColophonCore
import ColophonLineage
import GRDB

/// What moved, from where to where.
package struct AliasMove: Hashable, Sendable {
  package var group: String
  package var alias: String
  /// Nil where the alias is new.
  package var from: Int?
  package var to: Int

  package init(group: String, alias: String, from: Int?, to: Int) {
    self.group = group
    self.alias = alias
    self.from = from
    self.to = to
  }
}

extension Registry {
  /// Points an alias at a version, if it still points where the asker thinks.
  ///
  /// - Parameters:
  ///   - name: The version.
  ///   - alias: `champion` takes approved versions alone; other aliases take all that are neither
  ///     rejected nor retired.
  ///   - expecting: The version that the asker believes the alias points to: `.some(nil)` for
  ///     nowhere; nil for whatever it is.
  ///   - why: May be empty.
  ///   - hand: Who moves it.
  /// - Returns: From where to where it moved.
  /// - Throws: `RegistryRefusal`; of kind `.stale`, with the present value, where somebody else was
  ///   faster.
  @discardableResult
  package func promote(
    _ name: VersionName,
    to alias: String,
    expecting: Int?? = nil,
    why: String = "",
    by hand: RegistryHand
  ) throws -> AliasMove {
    guard RegistryNames.isName(alias) else { throw RegistryRefusal.name("an alias", alias) }
    var attempt = RegistryEvent(.moved, group: name.group)
    attempt.alias = alias
    if case .number(let number) = name.which { attempt.version = number }
    if let expecting { attempt.expected = Registry.word(expecting) }
    attempt.new = attempt.version > 0 ? String(attempt.version) : name.description
    return try writing(by: hand, attempt: attempt) { ledger in
      let row = try VersionRow.find(ledger.database, name)
      let current = try Aliases.version(ledger.database, row.group, alias)
      if let expecting, expecting != current { throw Registry.stale(row.group, alias, current) }
      try Registry.requireFit(row, for: alias)
      try Roles(ledger.database, row.group).require(.operator, alias: alias, of: hand)
      if current == row.number {
        throw RegistryRefusal(
          .illegal,
          "\(alias) points to \(row.group)@\(row.number) already",
          current: Registry.word(current)
        )
      }
      return try ledger.move(alias, of: row.group, from: current, to: row.number, "", why)
    }
  }

  /// Points an alias at what it pointed to before, by the journal's order.
  ///
  /// Each promotion lays one on top; a rollback takes the topmost away. So two rollbacks after two
  /// promotions lead back to the beginning, and never to and fro.
  /// - Throws: `RegistryRefusal` where there was nothing before, or it may not serve any more.
  @discardableResult
  package func rollback(
    _ group: String,
    alias: String,
    why: String,
    by hand: RegistryHand
  ) throws -> AliasMove {
    var attempt = RegistryEvent(.moved, group: group)
    attempt.alias = alias
    attempt.new = "rollback"
    return try writing(by: hand, attempt: attempt) { ledger in
      guard try Groups.count(ledger.database, group) != nil else {
        throw RegistryRefusal.unknownGroup(group, known: try Groups.names(ledger.database))
      }
      guard let current = try Aliases.version(ledger.database, group, alias) else {
        let known = try Aliases.all(ledger.database, group).map { $0.alias }
        throw RegistryRefusal.unknownAlias(group, alias, known: known)
      }
      if why.allSatisfy({ $0.isWhitespace }) { throw RegistryRefusal.noReason }
      let stack = try Registry.stack(ledger.database, group, alias)
      guard stack.count >= 2,
        let row = try VersionRow.find(
          ledger.database,
          group,
          number: stack[stack.count - 2]
        )
      else {
        throw RegistryRefusal(
          .illegal,
          "\(alias) pointed nowhere before \(group)@\(current)",
          hint: "promote another version: colophon registry promote \(group)@N --to \(alias)"
        )
      }
      try Registry.requireFit(row, for: alias)
      try Roles(ledger.database, group).require(.operator, alias: alias, of: hand)
      return try ledger.move(alias, of: group, from: current, to: row.number, "rollback", why)
    }
  }

  /// The versions that an alias pointed to, the present one last; what was rolled back is gone.
  static func stack(_ database: Database, _ group: String, _ alias: String) throws -> [Int] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT new, detail FROM events WHERE kind = 'moved' AND grp = ? AND alias = ?
        ORDER BY sequence
        """,
      arguments: [group, alias]
    )
    var stack: [Int] = []
    for row in rows {
      let new: String = try row.decode(atIndex: 0)
      let detail: String = try row.decode(atIndex: 1)
      if detail == "rollback" {
        _ = stack.popLast()
      } else if let number = Int(new) {
        stack.append(number)
      }
    }
    return stack
  }

  /// What may serve under an alias.
  private static func requireFit(_ row: VersionRow, for alias: String) throws {
    let isFit =
      alias == RegistryNames.champion
      ? row.status == .approved : [.approved, .pending].contains(row.status)
    if isFit { return }
    throw RegistryRefusal(
      .illegal,
      "\(row.group)@\(row.number) is \(row.status.rawValue) and can't be \(alias)",
      hint: row.status == .retired
        ? nil : "approve it first: colophon registry approve \(row.group)@\(row.number) --why …"
    )
  }

  private static func stale(_ group: String, _ alias: String, _ current: Int?) -> RegistryRefusal {
    RegistryRefusal(
      .stale,
      current.map { "somebody was faster: \(alias) points to \(group)@\($0) now" }
        ?? "\(alias) points nowhere now",
      hint: "look at it, and ask again with --expect \(word(current))",
      current: word(current)
    )
  }

  static func word(_ version: Int?) -> String { version.map { String($0) } ?? "none" }
}

extension Ledger {
  fileprivate mutating func move(
    _ alias: String,
    of group: String,
    from current: Int?,
    to number: Int,
    _ detail: String,
    _ why: String
  ) throws -> AliasMove {
    var event = RegistryEvent(.moved, group: group)
    event.version = number
    event.alias = alias
    event.expected = Registry.word(current)
    event.new = String(number)
    event.detail = detail
    event.reason = why
    try append(event)
    try Aliases.set(database, group, alias, number)
    return AliasMove(group: group, alias: alias, from: current, to: number)
  }
}
