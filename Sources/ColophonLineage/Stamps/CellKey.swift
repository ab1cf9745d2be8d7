package import ColophonCore

/// Everything that a cell's result may depend on; its digest is where the store keeps the result.
///
/// Where the digest is in the store, the cell is not run again. The key holds the digest of the
/// running build, so a new build never reuses an old result; a stamp leaves it out.
package struct CellKey: Hashable, Sendable {
  /// The root of a cell's random streams and the name that keys them.
  package struct Seed: Hashable, Sendable {
    /// The notebook's seed, or the cell's own.
    package var root: UInt64
    /// The cell's name.
    package var cell: String

    package init(root: UInt64, cell: String) {
      self.root = root
      self.cell = cell
    }
  }

  package var kind: String
  /// Parameters substituted, defaults filled in.
  package var configuration: Value
  package var seed: Seed
  /// The output digest of each input, by the input cell's name.
  package var inputs: [String: Digest]
  /// The content digest of each file that the cell reads, by the path that the author wrote.
  package var files: [String: Digest]
  /// The digest of the running program.
  package var build: Digest

  package init(
    kind: String,
    configuration: Value,
    seed: Seed,
    inputs: [String: Digest] = [:],
    files: [String: Digest] = [:],
    build: Digest
  ) {
    self.kind = kind
    self.configuration = configuration
    self.seed = seed
    self.inputs = inputs
    self.files = files
    self.build = build
  }

  /// SHA-256 of the canonical form.
  package var digest: Digest { Digest(of: value) }

  /// The ingredients by name, as they are digested and remembered.
  package var value: Value {
    [
      "format": .string(CellKey.format),
      "kind": .string(kind),
      "configuration": configuration,
      "seed": ["root": .string(String(seed.root)), "cell": .string(seed.cell)],
      "inputs": .digests(inputs),
      "files": .digests(files),
      "build": .string(build.description),
    ]
  }

  /// Reads back what `value` wrote; nil for anything else, such as another version's ingredients.
  package init?(_ value: Value) {
    guard value["format"]?.asString == CellKey.format,
      let kind = value["kind"]?.asString,
      let configuration = value["configuration"],
      let root = value["seed"]?["root"]?.asString.flatMap({ UInt64($0) }),
      let cell = value["seed"]?["cell"]?.asString,
      let inputs = value["inputs"]?.asDigests,
      let files = value["files"]?.asDigests,
      let build = value["build"]?.asString.flatMap({ Digest($0) })
    else { return nil }
    self.init(
      kind: kind,
      configuration: configuration,
      seed: Seed(root: root, cell: cell),
      inputs: inputs,
      files: files,
      build: build
    )
  }

  /// Keeps a key from ever being equal to another kind of digest; its number is the key's version.
  private static let format = "colophon-cell-key/1"
}

extension Value {
  /// A map from names to digests.
  static func digests(_ digests: [String: Digest]) -> Value {
    .object(digests.mapValues { .string($0.description) })
  }

  /// The map from names to digests, or nil where a member is something else.
  var asDigests: [String: Digest]? {
    guard let members = asObject else { return nil }
    let digests = members.compactMapValues { $0.asString.flatMap { Digest($0) } }
    return digests.count == members.count ? digests : nil
  }
}
