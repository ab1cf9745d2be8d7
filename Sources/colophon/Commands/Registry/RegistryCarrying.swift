import ArgumentParser
import ColophonCore
import ColophonLineage
import ColophonRegistry
import ColophonRuntime

/// `colophon registry export`.
struct RegistryExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a version as one file: evidence, notebook, model, its part of the journal."
  )

  @Argument(help: "GROUP@N or GROUP@ALIAS.")
  var name: VersionName
  @Argument(help: "The file.", completion: .file())
  var file: String
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    try arguments.reported {
      let store = Store(directory: arguments.project.store, readOnly: true)
      let bundle = try arguments.reading.bundle(name) { try? store.read($0) }
      let bytes = bundle.bytes
      try LocalFiles.write(bytes, to: file)
      let size = (try? NumberFormat.bytes.text(of: .integer(bytes.count))) ?? ""
      arguments.print(
        [
          "file": .string(file), "version": .string("\(bundle.group)@\(bundle.number)"),
          "bytes": .integer(bytes.count), "digest": .string(Digest(of: bytes).description),
          "model": .boolean(!bundle.model.isEmpty),
        ],
        text: "wrote \(file) (\(size))"
          + (bundle.model.isEmpty ? ", without the model: the store has it no more" : "") + "\n"
      )
    }
  }
}

/// `colophon registry import`.
struct RegistryImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take a version in from a file that 'export' wrote.",
    discussion: """
      Versions merge by content: one that the group has already is found. A new one gets the next \
      number and waits for a decision here; the journal of its origin stays with it.
      """
  )

  @Argument(help: "The file.", completion: .file())
  var file: String
  @OptionGroup var actor: RegistryActor
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    try arguments.reported {
      let bundle = try RegistryBundle(bytes: LocalFiles.read(file))
      try LocalFiles.makeDirectory(arguments.project.store)
      if !bundle.model.isEmpty {
        try Store(directory: arguments.project.store).write(bundle.model)
      }
      let registration = try Registry(path: arguments.file).merge(
        bundle,
        by: actor.hand(arguments)
      )
      let name = "\(registration.group)@\(registration.number)"
      arguments.print(
        ["version": .string(name), "new": .boolean(registration.isNew)],
        text: registration.isNew
          ? "\(bundle.group)@\(bundle.number) of the file is \(name) here\n"
          : "\(name) is the same version; nothing was to be done\n"
      )
    }
  }
}
