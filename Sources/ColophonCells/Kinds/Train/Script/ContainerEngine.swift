import Glibc

/// A program of this machine that runs images: podman or docker.
struct ContainerEngine {
  /// What is looked for, in this order: podman needs no service and no rights.
  static let names = ["podman", "docker"]

  let name: String
  let path: String

  /// The first that the path holds.
  static var found: ContainerEngine? {
    let folders = (variable("PATH") ?? "").split(separator: ":")
    for name in names {
      for folder in folders where access("\(folder)/\(name)", X_OK) == 0 {
        return ContainerEngine(name: name, path: "\(folder)/\(name)")
      }
    }
    return nil
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// What the engine itself needs of this process's environment: where its service and its files are.
  var environment: [(name: String, value: String)] {
    [
      "PATH", "HOME", "TMPDIR", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
      "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "CONTAINER_HOST",
    ].compactMap { name in ContainerEngine.variable(name).map { (name, $0) } }
  }

  /// Runs the engine to its end.
  ///
  /// - Returns: Whether it ended well, and what it printed.
  func run(_ arguments: [String]) throws -> (isDone: Bool, lines: [String]) {
    var lines: [String] = []
    let process = ScriptProcess(
      command: [path] + arguments,
      environment: environment,
      folder: "/",
      timeLimit: 3600
    )
    let ending = try process.run(check: {}) { line in
      lines.append(line)
      return true
    }
    return (ending == .exited(0), lines)
  }
}
