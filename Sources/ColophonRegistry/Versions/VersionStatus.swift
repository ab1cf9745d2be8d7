package import ColophonCore

/// Where a version stands.
package enum VersionStatus: String, Codable, Hashable, Sendable, CaseIterable {
  case pending = "PendingManualApproval"
  case approved = "Approved"
  case rejected = "Rejected"
  case retired = "Retired"
}

/// One legal move between two statuses.
package struct StatusTransition: Hashable, Sendable {
  /// The command that makes the move.
  package var command: String
  package var from: VersionStatus
  package var to: VersionStatus
  package var meaning: String
}

/// Every legal move; what isn't here is refused.
///
/// An approval may be taken back and a rejection reconsidered, each with its reason in the journal;
/// retirement is for ever.
package enum StatusTransitions {
  package static let all: [StatusTransition] = [
    .init(command: "approve", from: .pending, to: .approved, meaning: "it may serve"),
    .init(command: "reject", from: .pending, to: .rejected, meaning: "it must not serve"),
    .init(command: "retire", from: .pending, to: .retired, meaning: "nobody will decide any more"),
    .init(command: "reject", from: .approved, to: .rejected, meaning: "the approval is taken back"),
    .init(command: "retire", from: .approved, to: .retired, meaning: "its time is over"),
    .init(command: "approve", from: .rejected, to: .approved, meaning: "the case was reconsidered"),
    .init(command: "retire", from: .rejected, to: .retired, meaning: "the case is closed"),
  ]

  /// The move of a command from a status; nil where it is illegal.
  package static func transition(_ command: String, from status: VersionStatus)
    -> StatusTransition?
  {
    all.first { $0.command == command && $0.from == status }
  }

  static func isLegal(_ from: VersionStatus, _ to: VersionStatus) -> Bool {
    all.contains { $0.from == from && $0.to == to }
  }

  /// The commands that a status allows.
  package static func legal(from status: VersionStatus) -> [StatusTransition] {
    all.filter { $0.from == status }
  }

  /// The table as lines of text, for help.
  package static var text: String {
    all.map { move in
      "\(padded(move.command, 8)) \(padded(move.from.rawValue, 22)) \u{2192} "
        + "\(padded(move.to.rawValue, 9)) \(move.meaning)\n"
    }.joined()
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
