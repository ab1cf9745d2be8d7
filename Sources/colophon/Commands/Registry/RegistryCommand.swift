import ArgumentParser
import ColophonCore
import ColophonRegistry
import ColophonRuntime

/// `colophon registry`: versions, statuses, aliases, and the journal of all that happened to them.
struct RegistryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registry",
    abstract: "List, judge, promote and audit the model registry's versions.",
    discussion: """
      A version is a group and a number (churn@3) or an alias (churn@champion). Its status moves by \
      this table alone:

      \(StatusTransitions.text)
      """,
    subcommands: [
      RegistryList.self, RegistryShow.self, RegistryApprove.self, RegistryReject.self,
      RegistryRetire.self, RegistryPromote.self, RegistryRollback.self, RegistryCompare.self,
      RegistryVerify.self, RegistryAuditCommand.self, RegistryCard.self, RegistrySign.self,
      RegistryVerifySignature.self, RegistryExport.self, RegistryImport.self,
      RegistryGrantCommand.self, RegistryRevoke.self, RegistryRule.self, RegistryWithdraw.self,
    ]
  )
}

/// What every command over the registry takes.
struct RegistryArguments: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "The registry's file; the project's own by default.", completion: .file())
  var registry: String?
  @Option(help: "How the result is printed: text or json.")
  var format = Format.text

  var project: Project { .current() }

  var file: String { registry ?? project.registry }

  /// The registry, to be read.
  var reading: Registry { Registry(path: file, readOnly: true) }

  /// The registry, to be changed; it must be there already.
  func writing() throws -> Registry {
    let registry = Registry(path: file)
    guard registry.exists else {
      throw RegistryRefusal(
        .unknown,
        "there is no registry \(project.shown(file))",
        hint: "a register cell in a notebook creates the project's own"
      )
    }
    return registry
  }

  /// Prints a result in the format that was asked for.
  func print(_ value: @autoclosure () -> Value, text: @autoclosure () -> String) {
    switch format {
    case .text: Console.out(text())
    case .json: Console.out(value().indentedText)
    }
  }

  /// Does a command's work; says what was refused, and why.
  func reported(_ work: () throws -> Void) throws {
    do { try Failures.reported(work) } catch let refusal as RegistryRefusal {
      if format == .json { Console.out(RegistryArguments.value(refusal).indentedText) }
      let hint = refusal.hint.map { "hint: \($0)\n" } ?? ""
      Console.error("\(Style.red("error:")) \(refusal.message)\n\(hint)")
      throw refusal.kind == .unknown ? Status.wrongUsage : Status.requirementFailed
    }
  }

  /// Does the work of a command that has a format of its own; says what was refused, and why.
  static func told(_ work: () throws -> Void) throws {
    do { try Failures.reported(work) } catch let refusal as RegistryRefusal {
      let hint = refusal.hint.map { "hint: \($0)\n" } ?? ""
      Console.error("\(Style.red("error:")) \(refusal.message)\n\(hint)")
      throw refusal.kind == .unknown ? Status.wrongUsage : Status.requirementFailed
    }
  }

  private static func value(_ refusal: RegistryRefusal) -> Value {
    var members: [String: Value] = [
      "refused": .string(refusal.kind.rawValue), "message": .string(refusal.message),
    ]
    if let current = refusal.current { members["current"] = .string(current) }
    return .object(members)
  }
}

/// What every command that changes the registry takes beside it.
struct RegistryActor: ParsableArguments {
  @Option(help: "Who acts; the account's name by default.")
  var by: String?

  func hand(_ arguments: RegistryArguments) -> RegistryHand {
    .current(as: by, keys: arguments.project.keys, file: arguments.file)
  }
}

extension VersionName: ExpressibleByArgument {
  /// Reads `GROUP`, `GROUP@N` or `GROUP@ALIAS`.
  public init?(argument: String) { self.init(argument) }
}

/// A table of texts whose columns stand under one another.
enum TextTable {
  static func text(_ rows: [[String]]) -> String {
    let columns = rows.map { $0.count }.max() ?? 0
    let widths = (0..<columns).map { c in
      rows.map { $0.indices.contains(c) ? $0[c].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let line = row.enumerated().map { c, text in
        text + String(repeating: " ", count: widths[c] - text.count)
      }.joined(separator: "  ")
      return line.trimmingSuffix { $0 == " " } + "\n"
    }.joined()
  }
}

extension String {
  /// The text without the characters at its end that a test holds for.
  fileprivate func trimmingSuffix(_ test: (Character) -> Bool) -> String {
    var rest = self[...]
    while let last = rest.last, test(last) { rest.removeLast() }
    return String(rest)
  }
}
