import ArgumentParser
import ColophonCore
import ColophonRegistry
import ColophonRuntime

/// `colophon registry list`.
struct RegistryList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List versions, the newest first, all or those that a query holds for.",
    discussion: """
      A query compares group, version, status, alias, model and the values of the evidence: \
      'status = Approved and roc_auc.low > 0.9 and ancestor(dataset:churn)'. It knows and, or, not, \
      parentheses, = != < <= > >=, 'is missing' and ancestor(…) of a digest, KIND:NAME or file:PATH.
      """
  )

  @Argument(help: "What the versions must be.")
  var query: [String] = []
  @Option(help: "The most versions that are listed.")
  var limit = 100
  @OptionGroup var arguments: RegistryArguments

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit is at least 1.") }
  }

  mutating func run() throws {
    let text = query.joined(separator: " ")
    let query = text.isEmpty ? nil : try read(text)
    try arguments.reported {
      let registry = arguments.reading
      let (versions, hasMore) = try registry.list(query, limit: limit)
      let hints = try query.map { try registry.unknown(in: $0) } ?? []
      let paths = query?.paths ?? []
      let rows = versions.map { RegistryPages.row($0, values: paths) }
      arguments.print(
        [
          "versions": .array(versions.map { $0.value }), "more": .boolean(hasMore),
          "hints": .array(hints.map { .string($0) }),
        ],
        text: versions.isEmpty
          ? "no version\n"
          : TextTable.text([["version", "status", "aliases", "model"] + paths] + rows)
            + (hasMore ? "and more; --limit N lists them\n" : "")
      )
      for hint in hints { Console.error("hint: \(hint)\n") }
    }
  }

  /// Reads the query; shows where it is wrong.
  private func read(_ text: String) throws -> RegistryQuery {
    do throws(ExpressionProblem) { return try RegistryQuery(text) } catch {
      let caret = String(repeating: " ", count: error.offset) + "^"
      let hint = error.hint.map { "hint: \($0)\n" } ?? ""
      Console.error("\(Style.red("error:")) \(error.message)\n\(text)\n\(caret)\n\(hint)")
      throw Status.wrongUsage
    }
  }
}

/// `colophon registry show`.
struct RegistryShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a group, or everything about one version."
  )

  @Argument(help: "GROUP, GROUP@N or GROUP@ALIAS.")
  var name: VersionName
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    try arguments.reported {
      guard name.which != nil else { return try showGroup() }
      let version = try arguments.reading.show(name)
      arguments.print(RegistryPages.value(version), text: RegistryPages.text(version))
    }
  }

  private func showGroup() throws {
    let group = try arguments.reading.group(name.group)
    let aliases = group.aliases.map { "\($0.alias) \u{2192} \($0.version)" }
    let rows = group.versions.map { RegistryPages.row($0) }
    let access = try arguments.reading.access(to: name.group)
    arguments.print(
      [
        "group": .string(name.group), "head": .string(group.head),
        "roles": .array(access.grants.map { $0.value }),
        "separate_approver": .boolean(access.separateApprover),
        "versions": .array(group.versions.map { $0.value }), "count": .integer(group.count),
        "aliases": .object(
          Dictionary(uniqueKeysWithValues: group.aliases.map { ($0.alias, .integer($0.version)) })
        ),
      ],
      text: "\(name.group): \(group.count) version\(group.count == 1 ? "" : "s")"
        + (aliases.isEmpty ? "" : "; " + aliases.joined(separator: ", ")) + "\n"
        + TextTable.text(rows)
        + (group.count > rows.count ? "and older ones\n" : "") + text(access)
    )
  }

  /// Who holds which role, and the rule, where there are any.
  private func text(_ access: (grants: [RegistryGrant], separateApprover: Bool)) -> String {
    var text = ""
    if !access.grants.isEmpty {
      text += "\nroles\n"
      text += TextTable.text(
        access.grants.map { grant in
          [
            "  " + grant.role.rawValue, grant.alias.isEmpty ? "" : "of \(grant.alias)", grant.name,
            "key " + grant.key.fingerprint,
          ]
        }
      )
    }
    if access.separateApprover {
      text += "\nrule\n  the approver must be another than the registrant\n"
    }
    return text
  }
}

/// `colophon registry audit`.
struct RegistryAuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Check the whole journal, or tell what it was on a date.",
    discussion: """
      Found are events that were edited, moved, added or taken away, documents that are not what \
      their names say, tables that do not follow from the journal, bytes of the file that changed \
      past this program, and reports in the project's 'output' folder that printed a head which the \
      journal never had.
      """
  )

  @Option(help: ArgumentHelp("Tell what was then: who was champion.", valueName: "date"))
  var at: String?
  @Flag(help: "Compare search tables and pages' sums even of a very large registry.")
  var full = false
  @Flag(help: "Print every event.")
  var events = false
  @OptionGroup var arguments: RegistryArguments

  func validate() throws {
    if let at, Moment(at) == nil {
      throw ValidationError("'\(at)' is no date; write 2026-11-28 or 2026-11-28T14:05.")
    }
  }

  mutating func run() throws {
    if let at, let moment = Moment(at) { return try arguments.reported { try tell(moment) } }
    var isSound = true
    try arguments.reported {
      var audit = try arguments.reading.audit(full: full)
      // The project's reports witnessed its own registry, and no other.
      if arguments.file == arguments.project.registry {
        audit.findings += try RegistryWitnesses(arguments.project).findings(arguments.reading)
      }
      isSound = audit.isSound
      var value = audit.value.asObject ?? [:]
      let all = events ? try arguments.reading.events() : []
      if events { value["journal"] = .array(all.map { $0.value }) }
      arguments.print(.object(value), text: RegistryPages.text(all) + audit.text)
    }
    if !isSound { throw Status.storeDamaged }
  }

  private func tell(_ moment: Moment) throws {
    let groups = try arguments.reading.snapshot(at: moment)
    let rows = groups.map { group -> [String] in
      let aliases = group.aliases.sorted { $0.key < $1.key }
        .map { "\($0.key) \u{2192} \(group.group)@\($0.value)" }
      let statuses = VersionStatus.allCases.compactMap { status -> String? in
        let count = group.statuses.count { $0 == status }
        return count == 0 ? nil : "\(count) \(status.rawValue)"
      }
      return [group.group, statuses.joined(separator: ", "), aliases.joined(separator: ", ")]
    }
    arguments.print(
      [
        "at": .string(moment.text),
        "groups": .array(
          groups.map { group in
            [
              "group": .string(group.group),
              "aliases": .object(group.aliases.mapValues { .integer($0) }),
              "statuses": .array(group.statuses.map { .string($0.rawValue) }),
            ]
          }
        ),
      ],
      text: "at \(moment.text)\n"
        + (rows.isEmpty ? "nothing was registered\n" : TextTable.text(rows))
    )
  }
}
