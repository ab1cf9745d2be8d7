package import ColophonCore
import ColophonLineage
import GRDB

extension Registry {
  /// Makes a move of a version's status: `approve`, `reject` or `retire`.
  ///
  /// An approval is bound to the digest of what was judged: model, evaluation, data, gate, card.
  /// - Returns: The status that the version has now.
  /// - Throws: `RegistryRefusal` for an illegal move (with the legal ones), a missing reason, a
  ///   missing role, or an approver who registered the version where a rule forbids that.
  @discardableResult
  package func decide(
    _ command: String,
    _ name: VersionName,
    why: String,
    by hand: RegistryHand
  ) throws -> VersionStatus {
    var attempt = RegistryEvent(.decided, group: name.group)
    if case .number(let number) = name.which { attempt.version = number }
    attempt.new = command
    return try writing(by: hand, attempt: attempt) { ledger in
      let row = try VersionRow.find(ledger.database, name)
      if why.allSatisfy({ $0.isWhitespace }) { throw RegistryRefusal.noReason }
      guard let move = StatusTransitions.transition(command, from: row.status) else {
        throw Registry.illegal(command, row)
      }
      try Roles(ledger.database, row.group).require(.approver, of: hand)
      if move.to == .approved { try Registry.requireOther(hand, row, ledger.database) }
      if move.to != .approved { try Registry.requireNoAlias(row, ledger.database) }
      let content = try VersionContent(text: Documents.text(ledger.database, row.content))
      var event = RegistryEvent(.decided, group: row.group)
      event.version = row.number
      event.expected = row.status.rawValue
      event.new = move.to.rawValue
      event.bound = content.approval(decision: row.decision)
      event.reason = why
      try ledger.append(event)
      try ledger.database.cachedStatement(sql: "UPDATE versions SET status = ? WHERE id = ?")
        .execute(arguments: [move.to.rawValue, row.id])
      return move.to
    }
  }

  private static func illegal(_ command: String, _ row: VersionRow) -> RegistryRefusal {
    let legal = StatusTransitions.legal(from: row.status).map { $0.command }
    return RegistryRefusal(
      .illegal,
      "\(row.group)@\(row.number) is \(row.status.rawValue); it can't be made to \(command)",
      hint: legal.isEmpty
        ? "nothing can be done with it any more" : "legal now: \(legal.joined(separator: ", "))"
    )
  }

  /// The rule that two people look at a version.
  private static func requireOther(
    _ hand: RegistryHand,
    _ row: VersionRow,
    _ database: Database
  ) throws {
    guard try Rules(database, row.group).separateApprover else { return }
    let registrant = try Row.fetchOne(
      database,
      sql: "SELECT actor, key FROM events WHERE sequence = ?",
      arguments: [row.sequence]
    )
    let actor: String = try registrant?.decode(atIndex: 0) ?? ""
    let key: String = try registrant?.decode(atIndex: 1) ?? ""
    let isSameKey = !key.isEmpty && key == hand.key?.publicKey.fingerprint
    guard actor == RegistryEvent.field(hand.actor) || isSameKey else { return }
    throw RegistryRefusal(
      .forbidden,
      "\(actor) registered \(row.group)@\(row.number) and can't approve it",
      hint: "a rule of the group asks for another person"
    )
  }

  /// What serves can't be rejected or retired before something else does.
  private static func requireNoAlias(_ row: VersionRow, _ database: Database) throws {
    let aliases = try Aliases.of(database, row.group, row.number)
    guard let first = aliases.first else { return }
    throw RegistryRefusal(
      .illegal,
      "\(row.group)@\(row.number) is the group's \(aliases.joined(separator: " and "))",
      hint: "move the alias first: colophon registry rollback \(row.group) --alias \(first) --why …"
    )
  }
}
