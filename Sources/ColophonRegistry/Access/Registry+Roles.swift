package import ColophonCore
import GRDB

extension Registry {
  /// Gives a key a role in a group, for one alias or for all.
  ///
  /// - Throws: `RegistryRefusal` where the hand neither owns the file nor holds the role `owner`.
  package func grant(
    _ role: RegistryRole,
    to key: RegistryPublicKey,
    name: String,
    group: String,
    alias: String = "",
    by hand: RegistryHand
  ) throws {
    var event = RegistryEvent(.granted, group: group)
    event.alias = alias
    event.new = "\(role.rawValue) \(key.fingerprint) \(name)"
    event.detail = key.hex
    try administer(event, by: hand)
  }

  /// Takes a role away again.
  package func revoke(
    _ role: RegistryRole,
    from fingerprint: String,
    group: String,
    alias: String = "",
    why: String,
    by hand: RegistryHand
  ) throws {
    var event = RegistryEvent(.revoked, group: group)
    event.alias = alias
    event.new = "\(role.rawValue) \(fingerprint)"
    event.reason = why
    try administer(event, by: hand) { roles in
      let held = roles.grants.filter { $0.role == role && $0.alias == alias }
        .map { $0.key.fingerprint }
      if held.contains(fingerprint) { return }
      let place = alias.isEmpty ? "'\(group)'" : "the alias '\(alias)' of '\(group)'"
      throw RegistryRefusal(
        .unknown,
        "the key '\(fingerprint)' is no \(role.rawValue) of \(place)",
        hint: Suggestion.hint(for: fingerprint, among: held) ?? "nobody is"
      )
    }
  }

  /// The roles and rules of a group as they are now.
  package func access(to group: String) throws -> (
    grants: [RegistryGrant], separateApprover: Bool
  ) {
    try reading { database in
      (try Roles(database, group).grants, try Rules(database, group).separateApprover)
    }
  }

  /// Sets a group's rule: whether the approver must be another than the registrant.
  package func setSeparateApprover(_ isOn: Bool, group: String, by hand: RegistryHand) throws {
    var event = RegistryEvent(.ruled, group: group)
    event.new = "\(Rules.separateApproverName) \(isOn ? "on" : "off")"
    try administer(event, by: hand)
  }

  private func administer(
    _ event: RegistryEvent,
    by hand: RegistryHand,
    checking check: (Roles) throws -> Void = { _ in }
  ) throws {
    guard RegistryNames.isName(event.group) else {
      throw RegistryRefusal.name("a group", event.group)
    }
    guard event.alias.isEmpty || RegistryNames.isName(event.alias) else {
      throw RegistryRefusal.name("an alias", event.alias)
    }
    try writing(by: hand, attempt: event) { ledger in
      let roles = try Roles(ledger.database, event.group)
      // Once there are owners by key, the file's owner alone is not enough.
      if roles.holders(of: .owner).isEmpty {
        guard hand.ownsFile else {
          throw RegistryRefusal(
            .forbidden,
            "only the owner of the registry's file may do this",
            hint: "or grant somebody the role 'owner'"
          )
        }
      } else {
        try roles.require(.owner, of: hand)
      }
      try check(roles)
      try ledger.append(event)
    }
  }
}
