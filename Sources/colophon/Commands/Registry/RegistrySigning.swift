import ArgumentParser
import ColophonCore
import ColophonLineage
import ColophonRegistry
import ColophonRuntime

/// `colophon registry sign`.
struct RegistrySign: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Sign a version's model and evidence as OpenSSF model signing does.",
    discussion: """
      The signature is over two files: 'model', the model's bytes, and 'version.json', the evidence \
      that names the version. It stays in the journal. With --output both files are written into a \
      folder with 'model.sig', and the OpenSSF's client checks them: model_signing verify key FOLDER \
      --signature FOLDER/model.sig --public_key KEY.
      """
  )

  @Argument(help: "GROUP@N or GROUP@ALIAS.")
  var name: VersionName
  @Option(
    name: .shortAndLong,
    help: "The folder for the model, the evidence and the signature.",
    completion: .directory
  )
  var output: String?
  @Flag(help: "Make a pair of keys first.")
  var newKey = false
  @OptionGroup var actor: RegistryActor
  @OptionGroup var arguments: RegistryArguments

  func validate() throws {
    if name.which == nil { throw ValidationError("Name one version, such as \(name.group)@1.") }
  }

  mutating func run() throws {
    try arguments.reported {
      let keys = arguments.project.keys
      if newKey { try RegistryKeys.make(actor.hand(arguments).actor, in: keys) }
      let hand = actor.hand(arguments)
      let registry = try arguments.writing()
      let version = try registry.show(name)
      // Nothing is signed that can't be handed over.
      let model = try output.map { _ in try self.model(of: version) }
      let signed = try registry.sign(name, by: hand)
      if let output, let model {
        try LocalFiles.makeDirectory(output)
        try LocalFiles.write(model, to: "\(output)/\(RegisteredVersion.modelFile)")
        try LocalFiles.write(
          Array(version.content.text().utf8),
          to: "\(output)/\(RegisteredVersion.evidenceFile)"
        )
        try LocalFiles.write(Array(signed.text.utf8), to: "\(output)/model.sig")
      }
      arguments.print(
        [
          "version": .string(version.name), "key": .string(signed.event.new),
          "digest": .string("sha256:" + signed.event.bound),
          "signature": .string("sha256:" + signed.event.detail),
        ],
        text: "\(version.name) is signed by \(hand.actor), key \(signed.event.new)\n"
          + (output.map { "wrote \($0): model, version.json, model.sig\n" } ?? "")
      )
    }
  }

  private func model(of version: RegisteredVersion) throws -> [UInt8] {
    let store = Store(directory: arguments.project.store, readOnly: true)
    guard let digest = version.content.modelDigest, let bytes = try? store.read(digest) else {
      throw RegistryRefusal(.incomplete, "the store has the model of \(version.name) no more")
    }
    return bytes
  }
}

/// `colophon registry verify-signature`.
struct RegistryVerifySignature: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify-signature",
    abstract: "Check who signed a version's model, and that it is the model that was signed.",
    discussion: """
      Given a version, every signature of its journal is checked against what the registry and the \
      store hold. Given a folder that 'sign --output' wrote, its files are checked. The public key \
      is --key, or the one of that fingerprint in .colophon/keys.
      """
  )

  @Argument(help: "GROUP@N, GROUP@ALIAS, or a folder.")
  var what: String
  @Option(help: "The public key's PEM file.", completion: .file())
  var key: String?
  @Option(help: "The signature's file; FOLDER/model.sig by default.", completion: .file())
  var signature: String?
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    var results: [(who: String, problem: String?)] = []
    try arguments.reported {
      results =
        LocalFiles.isDirectory(what) ? [try checkFolder()] : try checkVersion()
      arguments.print(
        [
          "signatures": .array(
            results.map { result in
              var members: [String: Value] = [
                "by": .string(result.who), "good": .boolean(result.problem == nil),
              ]
              if let problem = result.problem { members["problem"] = .string(problem) }
              return .object(members)
            }
          )
        ],
        text: results.map { result in
          result.problem.map { "bad   \(result.who): \($0)\n" } ?? "good  \(result.who)\n"
        }.joined()
      )
    }
    if results.contains(where: { $0.problem != nil }) { throw Status.requirementFailed }
  }

  private func checkVersion() throws -> [(who: String, problem: String?)] {
    guard let name = VersionName(what), name.which != nil else {
      throw RegistryRefusal(.unknown, "'\(what)' is no version and no folder")
    }
    let registry = arguments.reading
    let version = try registry.show(name)
    let signatures = try registry.signatures(of: version)
    if signatures.isEmpty {
      throw RegistryRefusal(
        .illegal,
        "nobody has signed \(version.name)",
        hint: "colophon registry sign \(version.name)"
      )
    }
    let store = Store(directory: arguments.project.store, readOnly: true)
    return signatures.map { signed in
      let who = "\(version.name) by \(signed.event.actor), key \(signed.event.new)"
      return (
        who,
        problem {
          if let model = version.content.modelDigest { try checkStored(model, store) }
          try signed.signature.check(
            version.signedResources,
            by: try publicKey(signed.event.new)
          )
        }
      )
    }
  }

  /// Digests the model's bytes again; a store that has it no more proves nothing against it.
  private func checkStored(_ model: Digest, _ store: Store) throws {
    do { _ = try store.read(model) } catch StoreDamage.missing {}
  }

  private func checkFolder() throws -> (who: String, problem: String?) {
    let path = signature ?? "\(what)/model.sig"
    let own = path.hasPrefix(what + "/") ? String(path.dropFirst(what.count + 1)) : nil
    let bytes = try LocalFiles.read(path)
    let files = try LocalFiles.names(in: what).filter { $0 != own }.map {
      ModelSignature.Resource($0, Digest(of: try LocalFiles.read("\(what)/\($0)")))
    }
    var who = what
    let problem = problem {
      let signature = try ModelSignature(text: String(decoding: bytes, as: UTF8.self))
      let key = try publicKey(where: { signature.isHinted($0) })
      who = "\(what) by the key \(key.fingerprint)"
      try signature.check(files, by: key)
    }
    return (who, problem)
  }

  private func problem(_ work: () throws -> Void) -> String? {
    do {
      try work()
      return nil
    } catch { return "\(error)" }
  }

  private func publicKey(_ fingerprint: String) throws -> RegistryPublicKey {
    try publicKey { $0.fingerprint == fingerprint }
  }

  /// The key that was named; else the one of the project's keys that a test holds for.
  private func publicKey(where test: (RegistryPublicKey) -> Bool) throws -> RegistryPublicKey {
    func read(_ path: String) -> RegistryPublicKey? {
      (try? LocalFiles.read(path)).flatMap {
        RegistryPublicKey(pem: String(decoding: $0, as: UTF8.self))
      }
    }
    if let key {
      guard let found = read(key) else {
        throw RegistryRefusal(.unknown, "\(key) holds no public key of the curve P-256")
      }
      return found
    }
    let folder = arguments.project.keys
    let known = LocalFiles.names(in: folder).filter { $0.hasSuffix(".pub.pem") }
      .compactMap { read("\(folder)/\($0)") }
    guard let found = known.first(where: test) else {
      throw RegistryRefusal(
        .unknown,
        "no key in .colophon/keys is the signer's; name it with --key"
      )
    }
    return found
  }
}
