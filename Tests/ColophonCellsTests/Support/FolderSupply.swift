import ColophonCells
import ColophonCore
import ColophonData
import Foundation

/// A supply for tests: files of a folder or of memory, artifacts and values that a test made.
struct FolderSupply: WorkshopSupply {
  var folder = ""
  var files: [String: [UInt8]] = [:]
  var artifacts: [String: any Artifact] = [:]
  var made: [String: Value] = [:]
  var isCancelled = false

  func artifact(of cell: String) throws -> (any Artifact)? { artifacts[cell] }

  func artifactDigest(of cell: String) -> Digest? {
    (try? artifacts[cell]?.encodedArtifact()).map { Digest(of: $0) }
  }

  func artifact(_ digest: Digest, as type: any Artifact.Type) throws -> (any Artifact)? {
    artifacts.values.first { (try? Digest(of: $0.encodedArtifact())) == digest }
  }

  func values(of cell: String) -> Value? { made[cell] }

  func read(_ file: String) throws -> (bytes: [UInt8], digest: Digest) {
    let bytes = try files[file] ?? Array(Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
    return (bytes, Digest(of: bytes))
  }

  func progress(_ fraction: Double, _ note: String) {}
}

/// The folder `notebooks` of the project.
let handbook = URL(filePath: #filePath).appending(path: "../../../../notebooks").standardized.path

/// A cell's configuration written as a value; the place of its n-th scalar is line n, column 3.
struct Config {
  private(set) var entries: [Node.Entry] = []
  private var line = 1

  init(_ members: KeyValuePairs<String, Value>) { self.init(pairs: members.map { ($0, $1) }) }

  init(pairs: [(String, Value)]) {
    for (key, value) in pairs { entries.append(entry(key, value)) }
  }

  private mutating func entry(_ key: String, _ value: Value) -> Node.Entry {
    line += 1
    let place = SourcePosition(path: "n.md", line: line, column: 1)
    return Node.Entry(key: key, keyPosition: place, value: node(value))
  }

  private mutating func node(_ value: Value) -> Node {
    let place = SourcePosition(path: "n.md", line: line, column: 3)
    switch value {
    case .object(let members):
      return Node(.mapping(members.sorted { $0.key < $1.key }.map { entry($0, $1) }), at: place)
    case .array(let items): return Node(.sequence(items.map { node($0) }), at: place)
    case .string(let text):
      return Node(.string(text), text: text, at: place, length: text.utf8.count)
    case .integer(let number): return Node(.integer(number), text: "\(number)", at: place)
    case .number(let number): return Node(.number(number), text: "\(number)", at: place)
    case .boolean(let value): return Node(.boolean(value), text: "\(value)", at: place)
    case .null: return Node(.null, at: place)
    }
  }
}

/// Reads a cell of a kind and checks it in a folder.
func read<Kind: CellKind>(
  _ kind: Kind.Type,
  _ members: KeyValuePairs<String, Value>,
  in folder: String = handbook,
  beside recipes: [String: any CellKind] = [:]
) -> (cell: Kind, reader: FieldReader, diagnostics: [Diagnostic]) {
  var reader = FieldReader(
    Config(members).entries,
    context: "a cell",
    at: SourcePosition(path: "n.md", line: 1, column: 1)
  )
  let cell = kind.init(reading: &reader)
  reader.finish()
  let found = reader.diagnostics + cell.check(in: Survey(directory: folder, recipes: recipes))
  return (cell, reader, found)
}

/// Runs a cell.
func run(
  _ cell: some CellKind,
  _ supply: FolderSupply = FolderSupply(folder: handbook),
  named name: String = "cell"
) throws -> Outcome {
  try cell.run(in: Workshop(cell: name, seed: 1, threads: 1, supply: supply))
}
