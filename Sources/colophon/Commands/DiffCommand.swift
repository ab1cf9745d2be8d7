import ArgumentParser
import ColophonCore
import ColophonLineage
import ColophonRuntime

/// `colophon diff`: what changed between two reports.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what changed between two reports: configuration, data, engine, results."
  )

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "The earlier report.", completion: .file(extensions: ["html"]))
  var before: String
  @Argument(help: "The later report.", completion: .file(extensions: ["html"]))
  var after: String
  @Option(help: "How the difference is printed: text or json.")
  var format = Format.text

  mutating func run() throws {
    let diff = ManifestDiff(try record(before), try record(after))
    switch format {
    case .text: Console.out(diff.text)
    case .json: Console.out(diff.value.indentedText)
    }
  }

  private func record(_ path: String) throws -> Manifest {
    let bytes = try Failures.reported { try LocalFiles.read(path) }
    return try Reports.sound(path) { try Manifest(report: bytes) }
  }
}
