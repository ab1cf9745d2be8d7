import ColophonCore

/// The state of a registry, folded from its events one by one.
final class RegistryFold {
  final class Group {
    var head = RegistryEvent.start
    var versions: [Version] = []
    var contents: Set<String> = []
    var aliases: [String: Int] = [:]
    var roles: Roles
    var rules = Rules()

    init(_ name: String) { roles = Roles(group: name) }
  }

  struct Version {
    var content: String
    var decision: String
    var source: String
    var status = VersionStatus.pending
    /// What approvals and rejections must be bound to is told by the first.
    var bound = ""
    /// The head after the registration and what came with it.
    var head: String
    var sequence: Int
    var registrant: String
  }

  private(set) var groups: [String: Group] = [:]
  /// The events so far.
  private(set) var sequence = 0
  private(set) var digest = RegistryEvent.start
  private(set) var time = 0
  /// What is wrong with an event, in words.
  private(set) var findings: [RegistryFinding] = []
  /// The documents that events name.
  private(set) var documents: Set<String> = []

  /// Makes room for as many documents as the registry has, so that none is moved twice.
  func reserve(documents count: Int) { documents.reserveCapacity(count) }

  /// Takes in the next event, whose text has the digest that is given.
  func apply(_ event: RegistryEvent, digest: String) {
    if event.sequence != sequence + 1 {
      report(event, "its number is \(event.sequence), and \(sequence + 1) should follow")
    }
    if event.previous != self.digest { report(event, "it does not follow from the event before") }
    if event.time < time { report(event, "it is earlier than the event before") }
    sequence = event.sequence
    self.digest = digest
    time = max(time, event.time)
    if !event.signature.isEmpty || !event.key.isEmpty { checkSignature(event) }
    guard !event.group.isEmpty else { return }
    let group = group(event.group)
    checkRole(event, group)
    if event.kind.isMove {
      if !event.headDigest(after: group.head).isWritten(event.head) {
        report(event, "the head of its group does not follow")
      }
      group.head = event.head
    }
    switch event.kind {
    case .registered: register(event, group)
    case .decided: decide(event, group)
    case .moved: move(event, group)
    case .granted, .revoked: group.roles.apply(event)
    case .ruled: group.rules.apply(event.new)
    case .verified, .signed:
      documents.insert(event.detail)
      if !group.versions.indices.contains(event.version - 1) {
        report(event, "it is about a version that is not there")
      }
    case .merged: documents.insert(event.detail)
    case .refused, .withdrawn: break
    }
  }

  private func group(_ name: String) -> Group {
    if let known = groups[name] { return known }
    let group = Group(name)
    groups[name] = group
    return group
  }

  private func report(_ event: RegistryEvent, _ problem: String) {
    findings.append(.event(event.sequence, problem))
  }

  private func register(_ event: RegistryEvent, _ group: Group) {
    if event.version != group.versions.count + 1 {
      report(event, "it registers \(event.version) where \(group.versions.count + 1) is next")
    }
    if !group.contents.insert(event.new).inserted {
      report(event, "it registers a content that the group has already")
    }
    documents.insert(event.new)
    // Versions of one notebook and one gate follow one another.
    let last = group.versions.last
    if last?.decision != event.bound { documents.insert(event.bound) }
    if last?.source != event.detail { documents.insert(event.detail) }
    group.versions.append(
      Version(
        content: event.new,
        decision: event.bound,
        source: event.detail,
        head: event.head,
        sequence: event.sequence,
        registrant: event.actor
      )
    )
  }

  private func decide(_ event: RegistryEvent, _ group: Group) {
    guard group.versions.indices.contains(event.version - 1),
      let from = VersionStatus(rawValue: event.expected),
      let to = VersionStatus(rawValue: event.new)
    else { return report(event, "it decides on what is not there") }
    let index = event.version - 1
    if group.versions[index].status != from {
      report(event, "it moves from \(from.rawValue), which is not where the version is")
    }
    if !StatusTransitions.isLegal(from, to) {
      report(event, "the move \(from.rawValue) \u{2192} \(to.rawValue) is illegal")
    }
    let bound = group.versions[index].bound
    if !bound.isEmpty, bound != event.bound { report(event, "it judges another content") }
    if to == .approved, group.rules.separateApprover, event.detail != "gate",
      event.actor == group.versions[index].registrant
    {
      report(event, "its actor registered the version, which a rule of the group forbids")
    }
    group.versions[index].bound = event.bound
    group.versions[index].status = to
    if event.detail == "gate" { group.versions[index].head = event.head }
  }

  private func move(_ event: RegistryEvent, _ group: Group) {
    guard let number = Int(event.new), group.versions.indices.contains(number - 1) else {
      return report(event, "it moves an alias to what is not there")
    }
    if Registry.word(group.aliases[event.alias]) != event.expected {
      report(event, "it moves the alias from \(event.expected), which is not where it is")
    }
    group.aliases[event.alias] = number
    if event.detail == "gate" { group.versions[number - 1].head = event.head }
  }

  private func checkSignature(_ event: RegistryEvent) {
    // Any group's grant names the key; an unknown key's signature proves nothing.
    let known = groups.values.lazy.flatMap { $0.roles.grants }
      .first { $0.key.fingerprint == event.key }
    guard let known, let key = RegistryPublicKey(hex: known.key.hex) else { return }
    if !key.verifies(event.signature, over: event.signedText) {
      report(event, "its signature is not that of \(known.name)")
    }
  }

  /// Whether a move that needs a role was signed by one who holds it.
  private func checkRole(_ event: RegistryEvent, _ group: Group) {
    let role: RegistryRole
    switch event.kind {
    case .registered: role = .registrant
    case .decided: role = .approver
    case .moved: role = .operator
    case .granted, .revoked, .ruled: role = .owner
    case .verified, .signed, .refused, .withdrawn, .merged: return
    }
    let holders = group.roles.holders(of: role, alias: event.alias)
    guard !holders.isEmpty, !holders.contains(where: { $0.key.fingerprint == event.key }) else {
      return
    }
    report(event, "its actor is no \(role.rawValue)")
  }
}
