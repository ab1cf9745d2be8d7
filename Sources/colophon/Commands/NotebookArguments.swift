import ArgumentParser
import ColophonCore
import ColophonLineage
import ColophonRuntime

/// What every command over notebooks takes.
struct NotebookArguments: ParsableArguments {
  @Argument(help: "Markdown notebooks.", completion: .file(extensions: ["md"]))
  var notebooks: [String]

  @Option(
    name: [.customShort("P"), .customLong("parameter")],
    help: ArgumentHelp("Set a parameter of the notebook.", valueName: "name=value")
  )
  var parameters: [String] = []

  func validate() throws {
    for text in parameters where !text.contains("=") {
      throw ValidationError("'-P \(text)' has no '='; write -P name=value.")
    }
  }

  /// The values by name; where a name is given twice, the last counts.
  private var overrides: [String: String] {
    Dictionary(
      parameters.map { text in
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      }
    ) { _, last in last }
  }

  /// Reads a notebook and everything that is wrong with it.
  func prepare(_ path: String, in project: Project) throws -> Prepared {
    Prepared(
      bytes: try LocalFiles.read(path),
      path: path,
      name: project.relativeName(of: path),
      directory: LocalFiles.directory(of: path),
      overrides: overrides
    )
  }
}

/// The exit statuses of the contract.
enum Status {
  static let requirementFailed = ExitCode(1)
  static let invalidNotebook = ExitCode(2)
  static let cellFailed = ExitCode(3)
  static let storeDamaged = ExitCode(4)
  static let wrongUsage = ExitCode(64)
  /// What a shell makes of a program that Ctrl-C ended.
  static let interrupted = ExitCode(130)
}

/// Turns what the world does into sentences and exit statuses.
enum Failures {
  /// Runs a command's work; a file that can't be read or a store that can't be used ends it.
  static func reported<Result>(_ work: () throws -> Result) throws -> Result {
    do { return try work() } catch let failure as LocalFiles.Failure {
      Console.error("\(Style.red("error:")) \(failure)\n")
      throw Status.invalidNotebook
    } catch let damage as StoreDamage {
      Console.error("\(Style.red("error:")) \(damage)\nhint: \(damage.hint)\n")
      throw Status.storeDamaged
    }
  }

  /// Says that a word of the command line is not known, with the nearest that is.
  static func unknown(_ word: String, _ sentence: String, known: [String]) -> ExitCode {
    let hint = Suggestion.hint(for: word, among: known).map { "hint: \($0)\n" } ?? ""
    Console.error("\(Style.red("error:")) \(sentence) '\(word)'\n\(hint)")
    return Status.wrongUsage
  }
}
