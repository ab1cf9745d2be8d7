import Foundation

/// A fresh folder that is removed with its content when the test ends.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let base = FileManager.default.temporaryDirectory
    let folder = base.appendingPathComponent("colophon-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of something in the folder.
  subscript(name: String) -> String { "\(path)/\(name)" }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: self[name]))
  }

  /// The paths of all files under the folder, relative to it, sorted.
  func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: self[name], isDirectory: &isFolder)
      return !isFolder.boolValue
    }.sorted()
  }

  /// The object files of a store that lies in `.colophon`.
  func objects() throws -> [String] {
    try files().filter { $0.hasPrefix(".colophon/objects/") }
  }

  var store: String { self[".colophon"] }
}
