import ArgumentParser
import ColophonCells
import ColophonCore
import ColophonLineage
import ColophonRuntime

/// `colophon model`: the models of the store, shown and carried elsewhere.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Show a trained model, or write it as a file.",
    subcommands: [Show.self, Export.self]
  )

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show what a model takes and gives."
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: ModelCommand.referenceHelp)
    var model: String
    @Option(help: "How it is printed: text or json.")
    var format = Format.text

    mutating func run() throws {
      let found = try ModelCommand.find(model)
      switch format {
      case .text: Console.out(found.model.text)
      case .json: Console.out(found.model.value.indentedText)
      }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write a model as a file of some format.",
      discussion: ModelDescription.formats.map { "\($0.name): \($0.summary)" }
        .joined(separator: "\n")
    )

    @Argument(help: ModelCommand.referenceHelp)
    var model: String
    @Option(
      name: .shortAndLong,
      help: "The file; '-' for standard output; by default named after the cell.",
      completion: .file()
    )
    var output: String?
    @Option(help: ArgumentHelp("The format.", valueName: "onnx|…"))
    var format = "onnx"

    func validate() throws {
      let known = ModelDescription.formats.map { $0.name }
      guard known.contains(format) else {
        let hint = Suggestion.hint(for: format, among: known).map { " (\($0))" } ?? ""
        throw ValidationError("there is no format '\(format)'\(hint)")
      }
    }

    mutating func run() throws {
      let found = try ModelCommand.find(model)
      let file = try ModelCommand.told { try found.model.file(format: format) }
      let suffix = ModelDescription.formats.first { $0.name == format }?.suffix ?? format
      let path = output ?? "\(found.cell).\(suffix)"
      guard path != "-" else {
        Console.out(bytes: file.bytes)
        return
      }
      try Failures.reported { try LocalFiles.write(file.bytes, to: path) }
      let size = (try? NumberFormat.bytes.text(of: .integer(file.bytes.count))) ?? ""
      Console.error("wrote \(path) (\(size))\n")
      for note in file.notes { Console.error("note: \(note)\n") }
    }
  }

  static let referenceHelp = ArgumentHelp(
    "NOTEBOOK:CELL, or the digest of a model or its first digits.",
    valueName: "model"
  )

  /// The model of a reference; ends the command where there is none.
  static func find(_ reference: String) throws -> StoredModels.Found {
    let project = Project.current()
    let store = Store(directory: project.store, readOnly: true)
    return try told {
      try Failures.reported { try StoredModels(project, store: store).find(reference) }
    }
  }

  /// Turns what is wrong with a reference or a format into a sentence.
  static func told<Result>(_ work: () throws -> Result) throws -> Result {
    do { return try work() } catch let absence as StoredModels.Absence {
      throw failure(absence.message, absence.hint)
    } catch let failure as CellFailure {
      throw self.failure(failure.message, failure.hint)
    }
  }

  private static func failure(_ message: String, _ hint: String?) -> ExitCode {
    let hint = hint.map { "hint: \($0)\n" } ?? ""
    Console.error("\(Style.red("error:")) \(message)\n\(hint)")
    return Status.wrongUsage
  }
}
