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
    abstract: "Take in a version that 'export' wrote, or every version of another registry.",
    discussion: """
      Versions merge by content: one that the group has already is found. A new one gets the next \
      number and waits for a decision here; the journal of its origin stays with it. Of another \
      registry's file every version is taken in the order of its registration, with the models that \
      the store beside it has.
      """
  )

  @Argument(help: "The file.", completion: .file())
  var file: String
  @OptionGroup var actor: RegistryActor
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    try arguments.reported {
      guard LocalFiles.exists(file) else {
        throw RegistryRefusal(.unknown, "there is no file \(file)")
      }
      let bytes = try LocalFiles.read(file)
      if bytes.starts(with: "SQLite format 3\0".utf8) { return try mergeRegistry() }
      let bundle = try RegistryBundle(bytes: bytes)
      let (registration, text) = try merge(bundle)
      arguments.print(RegistryImport.value(registration), text: text)
    }
  }

  /// Takes in every version of the registry in the file.
  private func mergeRegistry() throws {
    let other = Registry(path: file, readOnly: true)
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let store = Store(
      directory: folder.isEmpty ? "." : folder.joined(separator: "/") + "/",
      readOnly: true
    )
    let audit = try other.audit()
    guard audit.isSound else {
      throw RegistryRefusal(
        .incomplete,
        "the journal of \(file) is not whole, so nothing is taken from it",
        hint: "colophon registry audit --registry \(file)"
      )
    }
    var text = ""
    var values: [Value] = []
    for name in try other.names() {
      let bundle = try other.bundle(name) { try? store.read($0) }
      let (registration, line) = try merge(bundle)
      text += line
      values.append(RegistryImport.value(registration))
    }
    arguments.print(["versions": .array(values)], text: text)
  }

  private func merge(_ bundle: RegistryBundle) throws -> (Registration, String) {
    try LocalFiles.makeDirectory(arguments.project.store)
    if !bundle.model.isEmpty {
      try Store(directory: arguments.project.store).write(bundle.model)
    }
    let registration = try Registry(path: arguments.file).merge(bundle, by: actor.hand(arguments))
    let name = "\(registration.group)@\(registration.number)"
    return (
      registration,
      registration.isNew
        ? "\(bundle.group)@\(bundle.number) of the file is \(name) here\n"
        : "\(name) is the same version; nothing was to be done\n"
    )
  }

  private static func value(_ registration: Registration) -> Value {
    [
      "version": .string("\(registration.group)@\(registration.number)"),
      "new": .boolean(registration.isNew),
    ]
  }
}
