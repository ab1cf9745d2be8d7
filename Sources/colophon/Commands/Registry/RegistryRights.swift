import ArgumentParser
import ColophonCore
import ColophonRegistry
import ColophonRuntime

extension RegistryRole: ExpressibleByArgument {}

/// `colophon registry grant`.
struct RegistryGrantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant",
    abstract: "Give somebody's key a role in a group, for one alias or for all.",
    discussion: """
      A role that nobody holds is everybody's who may write the file. Once it is granted, only what \
      a holder's key has signed is taken. Keys lie in .colophon/keys/NAME.pem (private) and \
      NAME.pub.pem; --new-key makes a pair.
      """
  )

  @Argument(help: "The group.")
  var group: String
  @Argument(help: "registrant, approver, operator or owner.")
  var role: RegistryRole
  @Argument(help: "The person whose key it is.")
  var person: String
  @Option(help: "For this alias alone.")
  var alias = ""
  @Option(help: "The public key's PEM file; .colophon/keys/PERSON.pub.pem by default.")
  var key: String?
  @Flag(help: "Make a pair of keys first.")
  var newKey = false
  @OptionGroup var actor: RegistryActor
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    try arguments.reported {
      let keys = arguments.project.keys
      if newKey { try RegistryKeys.make(person, in: keys) }
      let path = key ?? "\(keys)/\(person).pub.pem"
      guard LocalFiles.exists(path) else {
        throw RegistryRefusal(
          .unknown,
          key == nil ? "\(person) has no key in .colophon/keys" : "there is no file \(path)",
          hint: "make a pair with --new-key, or name a public key's PEM file with --key"
        )
      }
      let pem = String(decoding: try LocalFiles.read(path), as: UTF8.self)
      guard let key = RegistryPublicKey(pem: pem) else {
        throw RegistryRefusal(.unknown, "\(path) holds no public key of the curve P-256")
      }
      try arguments.writing().grant(
        role,
        to: key,
        name: person,
        group: group,
        alias: alias,
        by: actor.hand(arguments)
      )
      arguments.print(
        ["group": .string(group), "role": .string(role.rawValue), "key": .string(key.fingerprint)],
        text: "\(person) is \(role.rawValue) of \(group)\(alias.isEmpty ? "" : " " + alias), "
          + "by the key \(key.fingerprint)\n"
      )
    }
  }
}

/// Pairs of keys in the project's folder.
enum RegistryKeys {
  /// Makes a pair; the private half is readable by its owner alone.
  ///
  /// An existing one stays.
  static func make(_ person: String, in folder: String) throws {
    guard RegistryNames.isName(person) else {
      throw RegistryRefusal(.unknown, "'\(person)' can't name a key's file")
    }
    if LocalFiles.exists("\(folder)/\(person).pem") {
      throw RegistryRefusal(.unknown, "\(person) has a key already", hint: "leave --new-key out")
    }
    let key = RegistryKey()
    try LocalFiles.makeDirectory(folder)
    try LocalFiles.writePrivate(Array((key.pem + "\n").utf8), to: "\(folder)/\(person).pem")
    try LocalFiles.write(
      Array((key.publicKey.pem + "\n").utf8),
      to: "\(folder)/\(person).pub.pem"
    )
  }
}

/// `colophon registry revoke`.
struct RegistryRevoke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Take a role away from a key."
  )

  @Argument(help: "The group.")
  var group: String
  @Argument(help: "registrant, approver, operator or owner.")
  var role: RegistryRole
  @Argument(help: "The key's fingerprint, as 'grant' printed it.")
  var key: String
  @Option(help: "For this alias alone.")
  var alias = ""
  @Option(help: "The reason; it stands in the journal.")
  var why: String
  @OptionGroup var actor: RegistryActor
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    try arguments.reported {
      try arguments.writing().revoke(
        role,
        from: key,
        group: group,
        alias: alias,
        why: why,
        by: actor.hand(arguments)
      )
      arguments.print(
        ["group": .string(group), "role": .string(role.rawValue), "key": .string(key)],
        text: "the key \(key) is no \(role.rawValue) of \(group) any more\n"
      )
    }
  }
}

/// `colophon registry rule`.
struct RegistryRule: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "Set whether the approver of a group's versions must be another than the registrant.",
    discussion: "Under the rule a gate recommends, and a person approves."
  )

  enum Switch: String, ExpressibleByArgument, CaseIterable { case on, off }

  @Argument(help: "The group.")
  var group: String
  @Option(help: "on or off.")
  var separateApprover: Switch
  @OptionGroup var actor: RegistryActor
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    try arguments.reported {
      try arguments.writing().setSeparateApprover(
        separateApprover == .on,
        group: group,
        by: actor.hand(arguments)
      )
      arguments.print(
        ["group": .string(group), "separate_approver": .boolean(separateApprover == .on)],
        text:
          "\(group): the approver \(separateApprover == .on ? "must be another" : "may be the") "
          + "\(separateApprover == .on ? "than the registrant" : "registrant")\n"
      )
    }
  }
}
