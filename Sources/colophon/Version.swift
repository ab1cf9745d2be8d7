import ColophonRuntime

/// What `--version` prints.
enum Version {
  static let number = Engine.version
  static let text = "colophon \(number)"
}
