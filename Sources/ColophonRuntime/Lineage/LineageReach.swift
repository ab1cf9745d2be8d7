package import ColophonCore
import ColophonLineage
package import ColophonRegistry

/// Everything that descends from some data: what a withdrawn data set reaches.
package struct LineageReach: Sendable {
  package struct Report: Hashable, Sendable {
    /// From the project's root.
    package var path: String
    /// The cells that rest on the data, in document order.
    package var cells: [String]
  }

  /// The nodes that the data was found as: a file's path, its digest, a cell.
  package private(set) var nodes: [String]
  package private(set) var versions: [VersionLine] = []
  package private(set) var reports: [Report] = []

  /// Looks for data by a file's path, a digest or its first digits, `KIND:NAME`, or the file itself.
  ///
  /// - Throws: `RegistryRefusal` where nothing descends from it.
  package init(of data: String, in project: Project, _ registry: Registry) throws {
    nodes = LineageReach.names(data)
    if registry.exists {
      if let digits = StoredModels.digits(data) {
        nodes += try registry.nodes(beginning: "sha256:\(digits)")
      }
      var seen: Set<String> = []
      for node in nodes {
        versions += try registry.descendants(of: node).filter {
          seen.insert("\($0.group)@\($0.number)").inserted
        }
      }
    }
    try findReports(in: project)
    if versions.isEmpty, reports.isEmpty {
      throw RegistryRefusal(
        .unknown,
        "nothing descends from '\(data)'",
        hint: "name a file as the notebook names it, a digest, or KIND:NAME, such as dataset:churn"
      )
    }
  }

  /// What a person may have meant.
  private static func names(_ data: String) -> [String] {
    var names = [data, "file:\(data)"]
    if let bytes = try? LocalFiles.read(data) { names.append(Digest(of: bytes).description) }
    if !data.contains(":") { names.append("dataset:\(data)") }
    return names
  }

  private mutating func findReports(in project: Project) throws {
    let digits = nodes.filter { $0.hasPrefix("sha256:") }
    for name in LocalFiles.names(in: project.output).filter({ $0.hasSuffix(".html") }) {
      guard let bytes = try? LocalFiles.read("\(project.output)/\(name)"),
        let manifest = try? Manifest(report: bytes)
      else { continue }
      var reached: [String] = []
      for cell in Self.ordered(manifest.cells) {
        let own = [cell.stamp?.description].compactMap { $0 } + ["\(cell.kind):\(cell.name)"]
        let files = (cell.files ?? [:]).flatMap { ["file:\($0.key)", $0.value.description] }
        let isHit = (own + files).contains { entry in
          nodes.contains(entry) || digits.contains { entry.hasPrefix($0) }
        }
        if isHit || cell.inputs.keys.contains(where: { reached.contains($0) }) {
          reached.append(cell.name)
        }
      }
      if !reached.isEmpty { reports.append(Report(path: "output/\(name)", cells: reached)) }
    }
  }

  /// The cells, each after those it needs; a reference may point forward in the document.
  private static func ordered(_ cells: [Manifest.Cell]) -> [Manifest.Cell] {
    var done: Set<String> = []
    var ordered: [Manifest.Cell] = []
    var rest = cells
    while !rest.isEmpty {
      let ready = rest.filter { $0.inputs.keys.allSatisfy { done.contains($0) } }
      if ready.isEmpty { return ordered + rest }
      ordered += ready
      done.formUnion(ready.map { $0.name })
      rest.removeAll { done.contains($0.name) }
    }
    return ordered
  }

  package var text: String {
    var text = ""
    for version in versions {
      let aliases = version.aliases.map { "\(version.group)@\($0)" }
      text += "version  \(version.group)@\(version.number)  \(version.status.rawValue)\n"
      text += aliases.map { "alias    \($0)\n" }.joined()
    }
    for report in reports {
      text += "report   \(report.path)  \(report.cells.joined(separator: ", "))\n"
    }
    return text
  }

  package var value: Value {
    [
      "versions": .array(versions.map { $0.value }),
      "aliases": .array(
        versions.flatMap { version in
          version.aliases.map { .string("\(version.group)@\($0)") }
        }
      ),
      "reports": .array(
        reports.map { report in
          ["report": .string(report.path), "cells": .array(report.cells.map { .string($0) })]
        }
      ),
    ]
  }
}
