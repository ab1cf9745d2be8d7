package import ColophonCore

/// Why the registry did not do what was asked: the rules' answer, not a fault of the disk.
package struct RegistryRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// Who asked wrongly: a name that isn't there, or a move that the rules forbid.
  package enum Kind: String, Sendable {
    /// Nothing of that name; nothing was tried, so nothing is noted in the journal.
    case unknown
    /// The rules forbid the move.
    case illegal
    /// Somebody else was faster.
    case stale
    /// The asker's role doesn't reach.
    case forbidden
    /// The evidence has a gap.
    case incomplete
  }

  package var kind: Kind
  package var message: String
  package var hint: String?
  /// For a lost race: what the alias points to now.
  package var current: String?

  package init(_ kind: Kind, _ message: String, hint: String? = nil, current: String? = nil) {
    self.kind = kind
    self.message = message
    self.hint = hint
    self.current = current
  }

  package var description: String { message }

  static func unknownGroup(_ name: String, known: [String]) -> RegistryRefusal {
    RegistryRefusal(
      .unknown,
      "the registry has no group '\(name)'",
      hint: Suggestion.hint(for: name, among: known)
    )
  }

  static func unknownVersion(_ group: String, _ number: Int, count: Int) -> RegistryRefusal {
    RegistryRefusal(
      .unknown,
      "there is no \(group)@\(number)",
      hint: count == 0 ? nil : "the group's versions go from 1 to \(count)"
    )
  }

  static func unknownAlias(_ group: String, _ alias: String, known: [String]) -> RegistryRefusal {
    RegistryRefusal(
      .unknown,
      "the group '\(group)' has no alias '\(alias)'",
      hint: Suggestion.hint(for: alias, among: known)
    )
  }

  static func name(_ what: String, _ name: String) -> RegistryRefusal {
    RegistryRefusal(
      .unknown,
      "'\(name)' is no name for \(what)",
      hint: "a letter first, then letters, digits, '-' and '_'; at most 63 characters"
    )
  }

  static var noReason: RegistryRefusal {
    RegistryRefusal(.illegal, "a reason is needed", hint: "say it with --why TEXT")
  }
}
