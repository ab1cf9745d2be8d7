import ArgumentParser
import ColophonRuntime

@main struct Colophon: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "colophon")
  mutating func run() throws { print("hi") }
}
