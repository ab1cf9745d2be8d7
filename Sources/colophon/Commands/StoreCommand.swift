import ArgumentParser
import ColophonCore
import ColophonLineage
import ColophonRegistry
import ColophonRuntime

/// `colophon store`: care for the store.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "Check, measure or tidy the store of results.",
    subcommands: [Verify.self, Collect.self, Statistics.self]
  )

  static var store: Store { Store(directory: Project.current().store) }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Read every object and find each damaged one."
    )

    mutating func run() throws {
      let findings = try Failures.reported { try StoreCommand.store.verify() }
      for finding in findings { Console.out("\(finding)\n") }
      if findings.contains(where: { $0.isDamage }) { throw Status.storeDamaged }
      Console.out("nothing is damaged\n")
    }
  }

  struct Collect: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gc",
      abstract: "Remove what no recent run and no registry version needs.",
      discussion: "With --why nothing is removed; it says which registry versions keep a digest."
    )

    @Option(
      help: ArgumentHelp("Say what keeps a digest, or what a version keeps.", valueName: "digest")
    )
    var why: String?

    mutating func run() throws {
      let registry = Registry(path: Project.current().registry, readOnly: true)
      let holds = try Failures.reported { try registry.holds() }
      if let why { return explain(why, holds) }
      let keeping = Set(holds.map { $0.digest })
      let removed = try Failures.reported { try StoreCommand.store.collect(keeping: keeping) }
      if !holds.isEmpty {
        let versions = Set(holds.map { $0.version }).count
        Console.out(
          "kept for \(DiagnosticOutput.count(versions, "registry version")): "
            + "\(DiagnosticOutput.count(keeping.count, "digest")); --why DIGEST says by which path\n"
        )
      }
      let size = try? NumberFormat.bytes.text(of: .integer(removed.bytes))
      Console.out(
        "removed \(DiagnosticOutput.count(removed.entries, "result")), "
          + "\(DiagnosticOutput.count(removed.objects, "object")) (\(size ?? "0 B")), "
          + (removed.checkpoints == 0
            ? "" : "\(DiagnosticOutput.count(removed.checkpoints, "checkpoint")), ")
          + "\(DiagnosticOutput.count(removed.leftovers, "leftover"))\n"
      )
    }

    /// Each way from a version to what has the digest.
    private func explain(_ why: String, _ holds: [RegistryHold]) {
      let digits = why.lowercased().filter { $0 != " " }.trimmingPrefix("sha256:")
      let found = holds.filter {
        $0.version == why || $0.version.hasPrefix("\(why)@")
          || (!digits.isEmpty && $0.digest.hex.hasPrefix(digits))
      }
      if found.isEmpty { Console.out("no registry version keeps it\n") }
      for hold in found { Console.out("\(hold.path)  \(hold.digest.short)\n") }
    }
  }

  struct Statistics: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "stats",
      abstract: "Show what the store holds."
    )

    mutating func run() throws {
      let statistics = try Failures.reported { try StoreCommand.store.statistics() }
      let size = try? NumberFormat.bytes.text(of: .integer(statistics.bytes))
      Console.out(
        "\(DiagnosticOutput.count(statistics.entries, "result")) of "
          + "\(DiagnosticOutput.count(statistics.notebooks, "notebook")) in "
          + "\(DiagnosticOutput.count(statistics.objects, "object")), \(size ?? "0 B"); "
          + unfinished(statistics)
          + "\(DiagnosticOutput.count(statistics.runs, "logged run"))\n"
      )
    }

    /// The states of unfinished jobs, where there are any.
    private func unfinished(_ statistics: StoreStatistics) -> String {
      guard statistics.checkpoints > 0 else { return "" }
      let size = try? NumberFormat.bytes.text(of: .integer(statistics.checkpointBytes))
      let count = DiagnosticOutput.count(statistics.checkpoints, "checkpoint")
      return "\(count) of unfinished jobs, \(size ?? "0 B"); "
    }
  }
}
