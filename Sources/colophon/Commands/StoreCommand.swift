import ArgumentParser
import ColophonCore
import ColophonLineage
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
      abstract: "Remove what no recent run needs."
    )

    mutating func run() throws {
      let removed = try Failures.reported { try StoreCommand.store.collect() }
      let size = try? NumberFormat.bytes.text(of: .integer(removed.bytes))
      Console.out(
        "removed \(DiagnosticOutput.count(removed.entries, "result")), "
          + "\(DiagnosticOutput.count(removed.objects, "object")) (\(size ?? "0 B")), "
          + (removed.checkpoints == 0
            ? "" : "\(DiagnosticOutput.count(removed.checkpoints, "checkpoint")), ")
          + "\(DiagnosticOutput.count(removed.leftovers, "leftover"))\n"
      )
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
