package import ColophonCore
package import ColophonData

/// A model that something outside of the engine has made; the engine keeps its bytes.
package protocol ExternalModel: Model {
  /// Reads back what `encoded` wrote.
  init(decoding bytes: [UInt8]) throws
}

/// The models that are made outside of the engine, by what makes them.
package let externalModels = Catalogue<any ExternalModel.Type>(
  "external model",
  [ScriptModel.self]
) { $0.algorithm }

/// What a script left in its folder `model/`: files by their paths, in order.
///
/// The bytes hold paths, whether a file may be executed, and contents; no times and no owners, so
/// equal folders have equal bytes.
package struct ScriptModel: ExternalModel, Hashable {
  package static var algorithm: String { "script" }

  /// One file of the folder.
  package struct File: Hashable, Sendable {
    /// Relative to the folder, with slashes.
    package var path: String
    package var isExecutable: Bool
    package var bytes: [UInt8]

    package init(_ path: String, isExecutable: Bool = false, _ bytes: [UInt8]) {
      self.path = path
      self.isExecutable = isExecutable
      self.bytes = bytes
    }
  }

  /// Ascending by path.
  package let files: [File]

  package init(_ files: [File]) {
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  package var parameterCount: Int { 0 }
  package var predictsRows: Bool { false }

  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    throw TrainingFault(
      "train.script-model",
      "the model was made by a script, and only the script can apply it",
      hint: "let the script write its predictions, and evaluate those"
    )
  }

  /// What stands before the contents.
  private struct Header: Codable {
    struct Entry: Codable {
      var path: String
      var executable: Bool
      var size: Int
    }
    var format: String
    var files: [Entry]
  }

  private static let format = "colophon-folder/1"

  package func encoded() throws -> [UInt8] {
    let header = Header(
      format: ScriptModel.format,
      files: files.map {
        Header.Entry(path: $0.path, executable: $0.isExecutable, size: $0.bytes.count)
      }
    )
    return HeadedBytes(
      header: try Value(encoding: header),
      body: Array(files.map { $0.bytes }.joined())
    ).encoded()
  }

  package init(decoding bytes: [UInt8]) throws {
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self), header.format == ScriptModel.format,
      header.files.allSatisfy({ $0.size >= 0 }),
      header.files.reduce(0, { $0 + $1.size }) == parts.body.count
    else { throw TrainingFault.damagedModel(ScriptModel.algorithm) }
    var rest = parts.body[...]
    files = header.files.map { entry in
      let content = Array(rest.prefix(entry.size))
      rest = rest.dropFirst(entry.size)
      return File(entry.path, isExecutable: entry.executable, content)
    }
  }
}
