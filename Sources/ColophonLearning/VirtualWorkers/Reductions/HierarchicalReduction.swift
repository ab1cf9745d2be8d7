package import ColophonMath

/// First within each node, as a ring; then each chunk between the nodes, as a ring of its own.
package struct HierarchicalReduction: GradientReduction {
  package static let name = "hierarchical"
  package static let summary = "A ring within each node, then one between nodes for each chunk."

  package init() {}

  package func sum(_ parts: [FloatStorage], perNode: Int, into target: FloatStorage) {
    let nodes = stride(from: 0, to: parts.count, by: perNode).map { first in
      let members = Array(parts[first..<min(first + perNode, parts.count)])
      let sum = FloatStorage(count: target.count)
      RingReduction.sum(members, 0..<target.count, into: sum)
      return sum
    }
    for chunk in 0..<perNode {
      RingReduction.sum(nodes, (0..<target.count).part(chunk, of: perNode), into: target)
    }
  }
}
