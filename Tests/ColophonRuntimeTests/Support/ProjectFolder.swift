import ColophonTestSupport
import Foundation

/// A project in a fresh folder, removed with everything in it when the test ends.
final class ProjectFolder: Sendable {
  /// Absolute, links resolved.
  let path: String

  init() throws {
    var template = Array(
      "\(FileManager.default.temporaryDirectory.path)/project-XXXXXX".utf8CString
    )
    guard mkdtemp(&template) != nil, let real = realpath(template, nil) else {
      throw ProcessRunner.Failure(description: "can't make a folder")
    }
    defer { free(real) }
    path = String(cString: real)
  }

  /// A project with the small study in it.
  static func study(_ text: String = Study.notebook) throws -> ProjectFolder {
    let folder = try ProjectFolder()
    try folder.write(text, to: "study.md")
    try folder.write(Study.table, to: "data/people.csv")
    return folder
  }

  deinit {
    // A test may have left folders that refuse to be changed.
    for name in (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? [] {
      chmod(self[name], 0o755)
    }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of something in the folder.
  subscript(name: String) -> String { "\(path)/\(name)" }

  func write(_ text: String, to name: String) throws {
    let url = URL(filePath: self[name])
    let parent = url.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(filePath: self[name])))
  }
  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self[name]) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: self[name]) }

  /// Replaces a text that a file must hold exactly once.
  func edit(_ name: String, _ old: String, _ new: String) throws {
    let text = try text(name)
    guard text.split(separator: old, omittingEmptySubsequences: false).count == 2 else {
      throw ProcessRunner.Failure(description: "'\(old)' does not stand once in \(name)")
    }
    try write(text.replacing(old, with: new), to: name)
  }

  /// The files under a folder, relative to it, sorted.
  func files(in name: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: self[name]).filter {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: self["\(name)/\($0)"], isDirectory: &isFolder)
      return !isFolder.boolValue
    }.sorted()
  }

  /// Runs the built program in this project.
  @discardableResult
  func colophon(_ arguments: String..., in folder: String = "") throws -> ProcessRunner.Ending {
    try runner(in: folder).run(arguments)
  }

  func runner(
    in folder: String = "",
    environment: [String: String] = [
      "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "OMP_WAIT_POLICY": "passive",
    ]
  ) -> ProcessRunner {
    ProcessRunner(
      Program.path,
      in: folder.isEmpty ? path : self[folder],
      environment: environment
    )
  }

  /// The two files that a run of the study writes.
  func report(_ name: String = "output/study") throws -> [[UInt8]] {
    try [bytes(name + ".html"), bytes(name + ".json")]
  }
}

/// The built program.
enum Program {
  /// What the environment names, else what lies beside the program that runs the tests.
  static let path: String = {
    if let named = ProcessInfo.processInfo.environment["COLOPHON"] { return named }
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let tests = URL(filePath: own ?? CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appending(path: "colophon").path
  }()
}

/// Files of the repository.
enum Repository {
  static let root = URL(filePath: #filePath).appending(path: "../../../..").standardized.path

  static func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(filePath: "\(root)/\(name)")))
  }

  /// The notebooks of a folder, sorted, by their name without the extension.
  static func notebooks(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")
      .filter { $0.hasSuffix(".md") && $0 != "README.md" }.map { String($0.dropLast(3)) }.sorted()
  }

  /// Whether this run rewrites what it would compare.
  static var isRecording: Bool { ProcessInfo.processInfo.environment["COLOPHON_RECORD"] == "1" }
}
