package import ColophonCore
import ColophonLineage

/// A lineage as a graph: files, cells, versions and aliases, each after what it came from.
///
/// It knows no format; each format is a view of it.
package struct LineageTrace: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case file
    case cell
    case model
    case version
    case alias
    case report
  }

  package struct Node: Hashable, Sendable {
    /// Unique in the graph: `cell:final`, `file:data/churn.csv`.
    package var id: String
    package var kind: Kind
    package var label: String
    /// A few words: the cell's kind, the digest's first digits.
    package var detail: String
    package var digest: Digest?

    package init(_ kind: Kind, _ label: String, detail: String = "", digest: Digest? = nil) {
      id = "\(kind.rawValue):\(label)"
      self.kind = kind
      self.label = label
      self.detail = detail
      self.digest = digest
    }
  }

  package struct Edge: Hashable, Sendable {
    package var from: String
    package var to: String
  }

  package private(set) var nodes: [Node] = []
  package private(set) var edges: [Edge] = []
  private var known: Set<String> = []

  package init() {}

  /// Adds a node with the nodes it comes from, which are there already.
  package mutating func add(_ node: Node, from sources: [String] = []) {
    if known.insert(node.id).inserted { nodes.append(node) }
    for source in sources {
      precondition(known.contains(source), "\(node.id) comes from \(source), which is not there")
      let edge = Edge(from: source, to: node.id)
      if !edges.contains(edge) { edges.append(edge) }
    }
  }

  /// The ids that a node comes from, in the order in which they were added.
  package func sources(of id: String) -> [String] {
    edges.filter { $0.to == id }.map { $0.from }
  }

  package subscript(id: String) -> Node? { nodes.first { $0.id == id } }
}

extension LineageTrace {
  /// The cells of a lineage, each after what it needs, down to one of them; all where none is named.
  package init(cells: [LineageNode], model: String? = nil, to target: String? = nil) {
    self.init()
    var wanted = Set(cells.map { $0.name })
    if let target {
      wanted = []
      var open = [target]
      while let name = open.popLast() {
        guard wanted.insert(name).inserted else { continue }
        open += cells.first { $0.name == name }?.inputs.keys.sorted() ?? []
      }
    }
    for cell in cells where wanted.contains(cell.name) {
      for (path, digest) in cell.files.sorted(by: { $0.key < $1.key }) {
        add(Node(.file, path, detail: digest.short, digest: digest))
      }
      add(
        Node(.cell, cell.name, detail: "\(cell.kind) \(cell.stamp.short)", digest: cell.stamp),
        from: cell.files.keys.sorted().map { "file:\($0)" }
          + cell.inputs.keys.sorted().map { "cell:\($0)" }
      )
      if cell.name == model, let artifact = cell.artifact?.digest {
        add(
          Node(.model, cell.name, detail: artifact.short, digest: artifact),
          from: ["cell:\(cell.name)"]
        )
      }
    }
  }

  /// A registered version, back to its data.
  package init(_ version: RegisteredVersion) {
    let content = version.content
    self.init(cells: content.cells, model: content.model)
    add(
      Node(.version, version.name, detail: version.status.rawValue, digest: Digest(version.digest)),
      from: ["model:\(content.model)"] + content.evaluation.map { "cell:\($0)" }
    )
    for alias in version.aliases {
      add(Node(.alias, "\(version.group)@\(alias)"), from: ["version:\(version.name)"])
    }
  }

  /// The graph as a tree of lines, the results first; what was shown once is named again only.
  package var text: String {
    let used = Set(edges.map { $0.from })
    var shown: Set<String> = []
    var lines: [String] = []
    func line(_ node: Node) -> String {
      "\(node.kind.rawValue) \(node.label)" + (node.detail.isEmpty ? "" : "  \(node.detail)")
    }
    func show(_ id: String, _ indent: String, _ rest: String) {
      guard let node = self[id] else { return }
      let isKnown = !shown.insert(id).inserted
      let sources = sources(of: id)
      lines.append(indent + line(node) + (isKnown && !sources.isEmpty ? "  (above)" : ""))
      if isKnown { return }
      for (index, source) in sources.enumerated() {
        let isLast = index == sources.count - 1
        show(
          source,
          rest + (isLast ? "\u{2514}\u{2500} " : "\u{251C}\u{2500} "),
          rest + (isLast ? "   " : "\u{2502}  ")
        )
      }
    }
    for node in nodes where !used.contains(node.id) { show(node.id, "", "") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The graph as Mermaid draws it.
  package var mermaid: String {
    let ids = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.id, "n\($0)") })
    var text = "flowchart LR\n"
    for node in nodes {
      let words = [node.label, node.detail].filter { !$0.isEmpty }.joined(separator: "<br>")
      let escaped = words.replacing("\"", with: "#quot;")
      let (open, close): (String, String) =
        switch node.kind {
        case .file: ("[(", ")]")
        case .cell: ("[", "]")
        case .model: ("([", "])")
        case .version: ("{{", "}}")
        case .alias, .report: (">", "]")
        }
      text += "  \(ids[node.id] ?? "")\(open)\"\(escaped)\"\(close)\n"
    }
    for edge in edges { text += "  \(ids[edge.from] ?? "") --> \(ids[edge.to] ?? "")\n" }
    return text
  }

  package var value: Value {
    [
      "nodes": .array(
        nodes.map { node in
          var members: [String: Value] = [
            "id": .string(node.id), "kind": .string(node.kind.rawValue),
            "label": .string(node.label),
          ]
          if !node.detail.isEmpty { members["detail"] = .string(node.detail) }
          if let digest = node.digest { members["digest"] = .string(digest.description) }
          return .object(members)
        }
      ),
      "edges": .array(edges.map { ["from": .string($0.from), "to": .string($0.to)] }),
    ]
  }
}
