import ColophonCore
import ColophonLineage
package import ColophonRegistry

/// The reports of a project as witnesses of its registry: each printed the head of a group's
/// journal, and a journal that was cut or made anew does not have that head.
package struct RegistryWitnesses: Sendable {
  private let folder: String

  package init(_ project: Project) { folder = project.output }

  /// What reports say that the registry doesn't, sorted by report.
  package func findings(_ registry: Registry) throws -> [RegistryFinding] {
    try LocalFiles.names(in: folder).filter { $0.hasSuffix(".json") }.flatMap { name in
      try findings("\(folder)/\(name)", named: name, registry)
    }
  }

  private func findings(_ path: String, named name: String, _ registry: Registry) throws
    -> [RegistryFinding]
  {
    guard let bytes = try? LocalFiles.read(path), let report = try? Value(json: bytes),
      report["format"]?.asString == Manifest.currentFormat
    else { return [] }
    return try (report["cells"]?.asArray ?? []).compactMap { cell in
      guard cell["kind"]?.asString == "register", let values = cell["values"],
        let head = values["head"]?.asString, let group = values["group"]?.asString,
        let version = values["version"]?.asInteger
      else { return nil }
      if try registry.witness(head, of: group) != nil { return nil }
      return .witness(
        name,
        "it witnessed \(group)@\(version) under the head \(head.prefix(8)), which the journal lacks"
      )
    }
  }
}
