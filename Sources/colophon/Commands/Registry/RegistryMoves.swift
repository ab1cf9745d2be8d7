import ArgumentParser
import ColophonCore
import ColophonRegistry

/// What a decision takes: the version, the reason, who decides.
struct DecisionArguments: ParsableArguments {
  @Argument(help: "GROUP@N or GROUP@ALIAS.")
  var name: VersionName
  @Option(help: "The reason; it stands in the journal.")
  var why: String
  @OptionGroup var actor: RegistryActor
  @OptionGroup var arguments: RegistryArguments

  func validate() throws {
    if name.which == nil { throw ValidationError("Name one version, such as \(name.group)@1.") }
  }

  func decide(_ command: String) throws {
    try arguments.reported {
      let status = try arguments.writing().decide(
        command,
        name,
        why: why,
        by: actor.hand(arguments)
      )
      arguments.print(
        ["version": .string(name.description), "status": .string(status.rawValue)],
        text: "\(name) is \(status.rawValue)\n"
      )
    }
  }
}

/// `colophon registry approve`.
struct RegistryApprove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approve a version: it may serve.",
    discussion: "The moves that there are:\n\n\(StatusTransitions.text)"
  )
  @OptionGroup var decision: DecisionArguments
  mutating func run() throws { try decision.decide("approve") }
}

/// `colophon registry reject`.
struct RegistryReject: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject",
    abstract: "Reject a version, or take its approval back.",
    discussion: "The moves that there are:\n\n\(StatusTransitions.text)"
  )
  @OptionGroup var decision: DecisionArguments
  mutating func run() throws { try decision.decide("reject") }
}

/// `colophon registry retire`.
struct RegistryRetire: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire",
    abstract: "Retire a version for ever.",
    discussion: "The moves that there are:\n\n\(StatusTransitions.text)"
  )
  @OptionGroup var decision: DecisionArguments
  mutating func run() throws { try decision.decide("retire") }
}

/// `colophon registry promote`.
struct RegistryPromote: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote",
    abstract: "Point an alias at a version, if it still points where you think.",
    discussion: """
      'champion' is the alias of the version in production and takes approved versions alone. With \
      --expect, whoever is too late is told what the alias points to now, and nothing moves.
      """
  )

  @Argument(help: "GROUP@N or GROUP@ALIAS.")
  var name: VersionName
  @Option(help: "The alias.")
  var to: String
  @Option(help: ArgumentHelp("What it should point to now; 'none' for nothing.", valueName: "m"))
  var expect: String?
  @Option(help: "The reason.")
  var why = ""
  @OptionGroup var actor: RegistryActor
  @OptionGroup var arguments: RegistryArguments

  func validate() throws {
    if name.which == nil { throw ValidationError("Name one version, such as \(name.group)@1.") }
    if let expect, expect != "none", Int(expect) == nil {
      throw ValidationError("--expect takes a version's number, or 'none'.")
    }
  }

  mutating func run() throws {
    try arguments.reported {
      let expecting: Int?? = expect.map { $0 == "none" ? nil : Int($0) }
      let move = try arguments.writing().promote(
        name,
        to: to,
        expecting: expecting,
        why: why,
        by: actor.hand(arguments)
      )
      arguments.print(move.value, text: move.text)
    }
  }
}

/// `colophon registry rollback`.
struct RegistryRollback: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Point an alias at what it pointed to before its last promotion."
  )

  @Argument(help: "The group.")
  var group: String
  @Option(help: "The alias.")
  var alias: String
  @Option(help: "The reason; it stands in the journal.")
  var why: String
  @OptionGroup var actor: RegistryActor
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    try arguments.reported {
      let move = try arguments.writing().rollback(
        group,
        alias: alias,
        why: why,
        by: actor.hand(arguments)
      )
      arguments.print(move.value, text: move.text)
    }
  }
}

extension AliasMove {
  fileprivate var text: String {
    let before = from.map { "\(group)@\($0)" } ?? "none"
    return "\(group) \(alias): \(before) \u{2192} \(group)@\(to)\n"
  }

  fileprivate var value: Value {
    [
      "group": .string(group), "alias": .string(alias), "from": from.map { .integer($0) } ?? .null,
      "to": .integer(to),
    ]
  }
}

/// `colophon registry withdraw`.
struct RegistryWithdraw: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Note that nobody should rest on some data any more.",
    discussion: "'colophon trace --descendants DATA' names what it reaches."
  )

  @Argument(help: "A digest, file:PATH or KIND:NAME.")
  var data: String
  @Option(help: "The reason; it stands in the journal.")
  var why: String
  @OptionGroup var actor: RegistryActor
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    try arguments.reported {
      let count = try arguments.writing().withdraw(data, why: why, by: actor.hand(arguments))
      arguments.print(
        ["withdrawn": .string(data), "versions": .integer(count)],
        text: "\(data) is withdrawn; "
          + (count == 1 ? "1 version descends from it\n" : "\(count) versions descend from it\n")
      )
    }
  }
}
