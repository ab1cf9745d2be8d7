package import ColophonCore
import GRDB

/// What somebody may be allowed to do in a group.
package enum RegistryRole: String, Sendable, CaseIterable {
  /// Registers versions.
  case registrant
  /// Approves, rejects and retires them.
  case approver
  /// Moves aliases.
  case `operator`
  /// Grants roles and sets rules, beside the owner of the registry's file.
  case owner
}

/// A role that a key holds in a group, perhaps for one alias only.
package struct RegistryGrant: Hashable, Sendable {
  package var role: RegistryRole
  /// Empty for all aliases.
  package var alias: String
  package var name: String
  package var key: RegistryPublicKeyText

  package var value: Value {
    var members: [String: Value] = [
      "role": .string(role.rawValue), "name": .string(name), "key": .string(key.fingerprint),
    ]
    if !alias.isEmpty { members["alias"] = .string(alias) }
    return .object(members)
  }

  /// The text that a `granted` event holds: `operator 0123456789abcdef Ada`.
  var text: String { "\(role.rawValue) \(key.fingerprint) \(name)" }
}

/// A public key as the journal holds it.
package struct RegistryPublicKeyText: Hashable, Sendable {
  package var hex: String

  package init(hex: String) { self.hex = hex }

  package var fingerprint: String { RegistryPublicKey(hex: hex)?.fingerprint ?? "" }
}

/// The roles of a group as the journal's grants make them.
///
/// A role that nobody holds is everybody's who may write the file; once it is granted, only an event
/// signed by a holder's key is taken.
struct Roles {
  let group: String
  private(set) var grants: [RegistryGrant] = []

  init(group: String) { self.group = group }

  init(_ database: Database, _ group: String) throws {
    self.group = group
    let rows = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT kind, alias, new, detail FROM events
          WHERE grp = ? AND version = 0 AND kind IN ('granted', 'revoked') ORDER BY sequence
          """
      ),
      arguments: [group]
    )
    for row in rows {
      var event = RegistryEvent(
        RegistryEvent.Kind(rawValue: try row.decode(atIndex: 0)) ?? .revoked,
        group: group
      )
      event.alias = try row.decode(atIndex: 1)
      event.new = try row.decode(atIndex: 2)
      event.detail = try row.decode(atIndex: 3)
      apply(event)
    }
  }

  /// Takes in a `granted` or `revoked` event.
  mutating func apply(_ event: RegistryEvent) {
    let words = event.new.split(separator: " ", maxSplits: 2).map { String($0) }
    guard words.count >= 2, let role = RegistryRole(rawValue: words[0]) else { return }
    grants.removeAll {
      $0.role == role && $0.alias == event.alias && $0.key.fingerprint == words[1]
    }
    guard event.kind == .granted else { return }
    grants.append(
      RegistryGrant(
        role: role,
        alias: event.alias,
        name: words.count > 2 ? words[2] : "",
        key: RegistryPublicKeyText(hex: event.detail)
      )
    )
  }

  /// The grants that a move of a role, for an alias, is measured by; empty where it is everybody's.
  func holders(of role: RegistryRole, alias: String = "") -> [RegistryGrant] {
    grants.filter { $0.role == role && ($0.alias.isEmpty || $0.alias == alias) }
  }

  /// Whether a hand holds the role, or nobody does, so that it is everybody's.
  func allow(_ role: RegistryRole, alias: String = "", of hand: RegistryHand) -> Bool {
    let holders = holders(of: role, alias: alias)
    let key = hand.key?.publicKey.fingerprint
    return holders.isEmpty || holders.contains { $0.key.fingerprint == key }
  }

  /// Refuses whoever does not hold the role.
  func require(_ role: RegistryRole, alias: String = "", of hand: RegistryHand) throws {
    if allow(role, alias: alias, of: hand) { return }
    let holders = holders(of: role, alias: alias)
    let names = holders.map { $0.name.isEmpty ? $0.key.fingerprint : $0.name }
    let place = alias.isEmpty ? "'\(group)'" : "the alias '\(alias)' of '\(group)'"
    throw RegistryRefusal(
      .forbidden,
      "\(RegistryEvent.field(hand.actor)) is no \(role.rawValue) of \(place)",
      hint: "it takes the key of \(names.joined(separator: " or "))"
    )
  }
}

/// The rules that a group can be given.
struct Rules {
  /// Whether the one who approves must be another than the one who registered; a gate then
  /// recommends, and a person approves.
  var separateApprover = false

  static let separateApproverName = "separate-approver"

  init() {}

  init(_ database: Database, _ group: String) throws {
    let rules = try String.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT new FROM events WHERE grp = ? AND version = 0 AND kind = 'ruled' ORDER BY sequence
          """
      ),
      arguments: [group]
    )
    for rule in rules { apply(rule) }
  }

  mutating func apply(_ rule: String) {
    if rule == "\(Rules.separateApproverName) on" { separateApprover = true }
    if rule == "\(Rules.separateApproverName) off" { separateApprover = false }
  }
}
