package import ColophonCore
import ColophonLineage
import GRDB

extension Registry {
  /// Registers a candidate, or finds the version that it already is.
  ///
  /// The same content in the same group is the same version, with the decision that was made when it
  /// was first registered; nothing is written then. All that a new version brings with it (the
  /// version, the gate's decision, the alias) is one transaction.
  /// - Parameters:
  ///   - candidate: The model with its evidence.
  ///   - hand: Who registers.
  ///   - decide: Judges the candidate beside the group's champion; the second argument says whether
  ///     the gate may decide by itself, which a group's rules and roles can keep to people.
  /// - Returns: The version, new or known, with the decision that was made of it.
  /// - Throws: `RegistryRefusal` where the lineage has a gap or a role is missing; `StoreDamage`.
  package func register(
    _ candidate: Candidate,
    by hand: RegistryHand,
    deciding decide: (_ champion: ChampionView?, _ mayDecide: Bool) throws -> GateDecision
  ) throws -> Registration {
    guard RegistryNames.isName(candidate.group) else {
      throw RegistryRefusal.name("a group", candidate.group)
    }
    let text = try candidate.content.text()
    let content = Digest(of: text.utf8).hex
    if let known = try known(content, in: candidate.group) { return known }
    var attempt = RegistryEvent(.registered, group: candidate.group)
    attempt.new = content
    return try writing(by: hand, attempt: attempt) { ledger in
      try ledger.register(candidate, text: text, content: content, deciding: decide)
    }
  }

  /// Registers many candidates in one transaction: all of them or none.
  package func register(
    all candidates: [Candidate],
    by hand: RegistryHand,
    deciding decide: (_ champion: ChampionView?, _ mayDecide: Bool) throws -> GateDecision
  ) throws -> [Registration] {
    guard let first = candidates.first else { return [] }
    return try writing(by: hand, attempt: RegistryEvent(.registered, group: first.group)) {
      ledger in
      try candidates.map { candidate in
        guard RegistryNames.isName(candidate.group) else {
          throw RegistryRefusal.name("a group", candidate.group)
        }
        let text = try candidate.content.text()
        let content = Digest(of: text.utf8).hex
        return try ledger.register(candidate, text: text, content: content, deciding: decide)
      }
    }
  }

  /// The registration of a content that is known already.
  package func known(_ content: String, in group: String) throws -> Registration? {
    let found = try file.read { database in
      try VersionRow.find(database, group, content: content).map { try Registration($0, database) }
    }
    return found ?? nil
  }

  /// The version that the alias `champion` points to.
  static func champion(of group: String, _ database: Database) throws -> ChampionView? {
    guard let number = try Aliases.version(database, group, RegistryNames.champion),
      let row = try VersionRow.find(database, group, number: number)
    else { return nil }
    let content = try VersionContent(text: Documents.text(database, row.content))
    return ChampionView(version: number, status: row.status, content: content)
  }
}

extension Registration {
  init(_ row: VersionRow, _ database: Database) throws {
    self.init(
      group: row.group,
      number: row.number,
      content: row.content,
      decision: try GateDecision(text: Documents.text(database, row.decision)),
      head: row.head,
      isNew: false
    )
  }
}

extension Ledger {
  /// Finds the version that a candidate is, or judges it and writes it.
  fileprivate mutating func register(
    _ candidate: Candidate,
    text: String,
    content: String,
    deciding decide: (_ champion: ChampionView?, _ mayDecide: Bool) throws -> GateDecision
  ) throws -> Registration {
    if let row = try VersionRow.find(database, candidate.group, content: content) {
      return try Registration(row, database)
    }
    if let gap = candidate.content.gaps.first {
      throw RegistryRefusal(.incomplete, "the lineage is not closed: \(gap.message)")
    }
    let roles = try Roles(database, candidate.group)
    try roles.require(.registrant, of: hand)
    let mayDecide =
      try !Rules(database, candidate.group).separateApprover && roles.allow(.approver, of: hand)
    let champion = try Registry.champion(of: candidate.group, database)
    var decision = try decide(champion, mayDecide)
    // Whoever may not move the alias leaves it where it is.
    if let alias = candidate.alias, decision.status == .approved,
      roles.allow(.operator, alias: alias, of: hand)
    {
      decision.alias = alias
    }
    return try add(candidate, text: text, decision)
  }

  /// Writes a new version with the events that come with it.
  fileprivate mutating func add(
    _ candidate: Candidate,
    text: String,
    _ decision: GateDecision
  ) throws -> Registration {
    let group = candidate.group
    let number = (try Groups.count(database, group) ?? 0) + 1
    let content = try keep(text)
    let decided = try keep(decision.text())
    let source = try keep(candidate.source.document())
    var event = RegistryEvent(.registered, group: group)
    event.version = number
    event.new = content
    event.bound = decided
    event.detail = source
    let registered = try append(event)
    var head = registered.head
    if decision.status != .pending {
      var event = RegistryEvent(.decided, group: group)
      event.version = number
      event.expected = VersionStatus.pending.rawValue
      event.new = decision.status.rawValue
      event.bound = candidate.content.approval(decision: decided)
      event.detail = "gate"
      event.reason = decision.reason
      head = try append(event).head
    }
    if let alias = decision.alias {
      var event = RegistryEvent(.moved, group: group)
      event.version = number
      event.alias = alias
      event.expected = try Aliases.version(database, group, alias).map { String($0) } ?? "none"
      event.new = String(number)
      event.detail = "gate"
      event.reason = "the register cell names the alias"
      head = try append(event).head
      try Aliases.set(database, group, alias, number)
    }
    try VersionTables.insert(
      database,
      group: group,
      number: number,
      content: content,
      decision: decided,
      source: source,
      status: decision.status,
      head: head,
      sequence: registered.sequence,
      of: candidate.content
    )
    return Registration(
      group: group,
      number: number,
      content: content,
      decision: decision,
      head: head,
      isNew: true
    )
  }
}
