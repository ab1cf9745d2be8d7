/// What came from what: a graph without cycles, in layers from left to right.
package struct GraphChart: Codable, Hashable, Sendable {
  package struct Node: Codable, Hashable, Sendable {
    /// Unique in the graph; edges name it.
    package var id: String
    package var label: String
    /// A second, smaller line, such as the node's kind.
    package var detail: String?
    /// The fragment that the node links to, without `#`.
    package var anchor: String?
    /// Whether the node is shaded, to tell a second class from the first.
    package var isShaded: Bool

    package init(
      _ id: String,
      label: String? = nil,
      detail: String? = nil,
      anchor: String? = nil,
      isShaded: Bool = false
    ) {
      self.id = id
      self.label = label ?? id
      self.detail = detail
      self.anchor = anchor
      self.isShaded = isShaded
    }
  }

  package struct Edge: Codable, Hashable, Sendable {
    package var from: String
    package var to: String

    package init(from: String, to: String) {
      self.from = from
      self.to = to
    }
  }

  package var text: ChartText
  package var nodes: [Node]
  /// Edges that name an unknown node, or close a cycle, are left out of the layout.
  package var edges: [Edge]

  package init(_ text: ChartText, nodes: [Node], edges: [Edge]) {
    self.text = text
    self.nodes = nodes
    self.edges = edges
  }
}
