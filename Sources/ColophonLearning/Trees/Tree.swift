/// A binary tree of questions "is the feature at most the threshold?", as parallel arrays.
///
/// Node 0 is the root and nodes stand in preorder, so that the left child of a node is the next
/// one and children have larger numbers than their parent. A row goes left where its feature is at
/// most the threshold (both 64-bit), a NaN as `missingGoesLeft` says; a node whose feature is -1 is
/// a leaf. Every node carries its value and cover, inner nodes too, so that a tree can be cut off
/// anywhere and explained by its covers.
package struct Tree: Hashable, Sendable {
  /// The feature that a node asks about; -1 for a leaf.
  package internal(set) var features: [Int32] = []
  /// What a feature is compared with; 0 for a leaf.
  ///
  /// Infinite where all numbers go left and missing values alone go right.
  package internal(set) var thresholds: [Double] = []
  package internal(set) var left: [Int32] = []
  package internal(set) var right: [Int32] = []
  package internal(set) var missingGoesLeft: [Bool] = []
  /// Row-major: nodes × `outputs`.
  ///
  /// The share of the positive class (one output), the share of each class, or the predicted number.
  package internal(set) var values: [Double] = []
  /// The weight of the training rows that passed a node, bootstrap counts and class weights included.
  package internal(set) var covers: [Double] = []
  /// The criterion's impurity of those rows.
  package internal(set) var impurities: [Double] = []
  /// How many numbers a node's value has.
  package let outputs: Int

  package init(outputs: Int) { self.outputs = outputs }

  package var count: Int { features.count }
  package var leafCount: Int { features.count { $0 < 0 } }

  package func isLeaf(_ node: Int) -> Bool { features[node] < 0 }

  package func value(_ node: Int) -> ArraySlice<Double> {
    values[node * outputs..<(node + 1) * outputs]
  }

  /// By how much the split of a node lowers the impurity, times the node's cover; 0 for a leaf.
  package func gain(_ node: Int) -> Double {
    guard !isLeaf(node) else { return 0 }
    let (l, r) = (Int(left[node]), Int(right[node]))
    return covers[node] * impurities[node] - covers[l] * impurities[l]
      - covers[r] * impurities[r]
  }

  /// How many questions the longest way to a leaf asks.
  package var depth: Int { depths.max() ?? 0 }

  /// How many questions lie between the root and each node.
  package var depths: [Int] {
    var depths = [Int](repeating: 0, count: count)
    for node in 0..<count where !isLeaf(node) {
      depths[Int(left[node])] = depths[node] + 1
      depths[Int(right[node])] = depths[node] + 1
    }
    return depths
  }

  /// A node as it is handed to `append`.
  struct Node {
    var feature: Int32 = -1
    var threshold = 0.0
    var missingGoesLeft = false
    var value: [Double]
    var cover: Double
    var impurity: Double
  }

  /// Adds a node whose children are set by `connect`; returns its number.
  mutating func append(_ node: Node) -> Int {
    features.append(node.feature)
    thresholds.append(node.threshold)
    left.append(-1)
    right.append(-1)
    missingGoesLeft.append(node.missingGoesLeft)
    values += node.value
    covers.append(node.cover)
    impurities.append(node.impurity)
    return count - 1
  }

  func node(_ index: Int) -> Node {
    Node(
      feature: features[index],
      threshold: thresholds[index],
      missingGoesLeft: missingGoesLeft[index],
      value: Array(value(index)),
      cover: covers[index],
      impurity: impurities[index]
    )
  }

  mutating func connect(_ node: Int, left l: Int, right r: Int) {
    left[node] = Int32(l)
    right[node] = Int32(r)
  }

  /// The same questions with their nodes in preorder, cut off below the nodes that are named.
  func inPreorder(cutting isCut: (Int) -> Bool = { _ in false }) -> Tree {
    var result = Tree(outputs: outputs)
    var waiting: [(node: Int, parent: Int)] = count > 0 ? [(0, -1)] : []
    while let (index, parent) = waiting.popLast() {
      var copy = node(index)
      let ends = isLeaf(index) || isCut(index)
      if ends { (copy.feature, copy.threshold, copy.missingGoesLeft) = (-1, 0, false) }
      let number = result.append(copy)
      if parent >= 0 {
        if result.left[parent] < 0 {
          result.left[parent] = Int32(number)
        } else {
          result.right[parent] = Int32(number)
        }
      }
      if ends { continue }
      waiting.append((Int(right[index]), number))
      waiting.append((Int(left[index]), number))
    }
    return result
  }
}
