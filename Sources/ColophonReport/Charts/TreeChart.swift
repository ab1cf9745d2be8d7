/// A tree of questions from left to right: its first levels, each node with what it holds.
package struct TreeChart: Codable, Hashable, Sendable {
  package struct Node: Codable, Hashable, Sendable {
    /// What is asked about, such as a feature; nil for a leaf.
    package var subject: String?
    /// What it is compared with, such as `≤ 2.45`.
    package var condition: String?
    /// What the node says, such as its likeliest class.
    package var answer: String
    /// How many rows passed it.
    package var rows: String
    /// The lengths of the bar's parts, from 0 to 1: class shares, or one place on a scale.
    package var shares: [Double]
    /// The places of the children where the answer is yes and where it is no; nil for a leaf.
    package var children: [Int]?
    /// Whether rows without the value go with yes; nil where none is missing.
    package var missingIsYes: Bool?
    /// How many leaves lie below that are left out; 0 for a leaf and where there are children.
    package var hiddenLeaves: Int

    package init(
      subject: String? = nil,
      condition: String? = nil,
      answer: String,
      rows: String,
      shares: [Double],
      children: [Int]? = nil,
      missingIsYes: Bool? = nil,
      hiddenLeaves: Int = 0
    ) {
      self.subject = subject
      self.condition = condition
      self.answer = answer
      self.rows = rows
      self.shares = shares
      self.children = children
      self.missingIsYes = missingIsYes
      self.hiddenLeaves = hiddenLeaves
    }
  }

  package var text: ChartText
  /// The root first; every node stands before its children.
  package var nodes: [Node]
  /// How many levels are drawn.
  package var levels: Int

  package init(_ text: ChartText, nodes: [Node], levels: Int = 4) {
    self.text = text
    self.nodes = nodes
    self.levels = max(1, levels)
  }
}
