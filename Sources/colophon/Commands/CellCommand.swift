import ArgumentParser
import ColophonCore
import ColophonRuntime

/// `colophon cell`: the reference of the cell kinds, from the catalogue that checks them.
struct CellCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cell",
    abstract: "Describe the cell kinds, or the fields of one ('colophon cell train')."
  )

  @Argument(help: "A cell kind; all of them without one.")
  var kind: String?

  mutating func run() throws {
    guard let kind else {
      Console.out(Reference.overview)
      return
    }
    guard let text = Reference.page(of: kind) else {
      throw Failures.unknown(kind, "there is no cell kind", known: Reference.names)
    }
    Console.out(text)
  }
}
