import Glibc

/// The project that a command works in: where its store, registry and reports lie.
package struct Project: Sendable {
  /// The nearest folder from the current one upward that holds `.colophon/`, else the current one;
  /// absolute.
  package let root: String

  package init(root: String) { self.root = root }

  /// The project around a folder, given as an absolute path.
  package init(around folder: String) {
    var candidate = folder
    while true {
      if LocalFiles.isDirectory(candidate + (candidate == "/" ? "" : "/") + ".colophon") {
        root = candidate
        return
      }
      if candidate == "/" || candidate.isEmpty { break }
      candidate = LocalFiles.directory(of: candidate)
    }
    root = folder
  }

  /// The project around the current folder.
  package static func current() -> Project {
    Project(around: LocalFiles.absolute(""))
  }

  /// A path as it is shown to who stands in the current folder.
  package func shown(_ path: String) -> String {
    let here = LocalFiles.absolute("") + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }

  package var store: String { root + "/.colophon" }
  package var registry: String { root + "/.colophon/registry.sqlite" }
  package var keys: String { root + "/.colophon/keys" }
  package var output: String { root + "/output" }

  /// How a report names a file: relative to the root, so that no path of this machine enters it.
  ///
  /// A file outside the project is named by its last part alone.
  package func relativeName(of path: String) -> String {
    guard let pointer = realpath(path, nil) else { return path }
    defer { free(pointer) }
    let full = String(cString: pointer)
    let canonicalRoot = realpath(root, nil).map { pointer in
      defer { free(pointer) }
      return String(cString: pointer)
    }
    let prefix = (canonicalRoot ?? root) + "/"
    if full.hasPrefix(prefix) { return String(full.dropFirst(prefix.count)) }
    return full.split(separator: "/").last.map { String($0) } ?? path
  }
}
