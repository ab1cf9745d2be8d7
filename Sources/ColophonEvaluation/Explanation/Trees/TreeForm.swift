package import ColophonData

/// Trees whose leaves add up, as explanations read them.
///
/// A row goes left where its feature is at most the threshold, a missing value as
/// `missingGoesLeft` says. A form with strict comparisons stores the next smaller threshold.
package struct TreeForm: Sendable {
  /// One tree as parallel arrays; node 0 is the root.
  package struct Tree: Sendable {
    /// The feature that a node asks about; -1 for a leaf.
    package var features: [Int32]
    package var thresholds: [Double]
    package var left: [Int32]
    package var right: [Int32]
    package var missingGoesLeft: [Bool]
    /// The weight of the training rows that passed a node.
    package var covers: [Double]
    /// Row-major: nodes × outputs, what the tree adds where it ends there; only leaves count.
    package var values: [Double]
    /// How many numbers a node's value has.
    package var outputs: Int
    /// The output that the first of them is added to.
    package var firstOutput: Int

    package init(
      features: [Int32],
      thresholds: [Double],
      left: [Int32],
      right: [Int32],
      missingGoesLeft: [Bool],
      covers: [Double],
      values: [Double],
      outputs: Int = 1,
      firstOutput: Int = 0
    ) {
      let count = features.count
      precondition(
        count > 0 && thresholds.count == count && left.count == count && right.count == count
          && missingGoesLeft.count == count && covers.count == count
          && values.count == count * outputs,
        "a tree of \(count) nodes with arrays of other lengths"
      )
      self.features = features
      self.thresholds = thresholds
      self.left = left
      self.right = right
      self.missingGoesLeft = missingGoesLeft
      self.covers = covers
      self.values = values
      self.outputs = outputs
      self.firstOutput = firstOutput
    }

    /// The child that a row goes to.
    func child(_ node: Int, _ value: Double) -> Int {
      let isLeft = value <= thresholds[node] || (value.isNaN && missingGoesLeft[node])
      return Int(isLeft ? left[node] : right[node])
    }

    /// The share of a node's rows that went to its left child; a half where none passed the node.
    func leftShare(_ node: Int) -> Double {
      share(covers[Int(left[node])], of: covers[node])
    }

    func rightShare(_ node: Int) -> Double {
      share(covers[Int(right[node])], of: covers[node])
    }

    /// The most questions between the root and a leaf.
    var depth: Int {
      var depths = [Int](repeating: 0, count: features.count)
      var waiting = [0]
      while let node = waiting.popLast() {
        guard features[node] >= 0 else { continue }
        for child in [Int(left[node]), Int(right[node])] {
          depths[child] = depths[node] + 1
          waiting.append(child)
        }
      }
      return depths.max() ?? 0
    }

    private func share(_ part: Double, of whole: Double) -> Double {
      whole > 0 ? part / whole : 0.5
    }
  }

  package let trees: [Tree]
  package let features: Int
  package let outputs: Int
  /// A constant for each output.
  package let offsets: [Double]
  /// Whether features are rounded to 32 bits before they are compared.
  package let isSingle: Bool

  package init(
    trees: [Tree],
    features: Int,
    outputs: Int,
    offsets: [Double],
    isSingle: Bool = false
  ) {
    precondition(offsets.count == outputs, "\(offsets.count) offsets for \(outputs) outputs")
    self.trees = trees
    self.features = features
    self.outputs = outputs
    self.offsets = offsets
    self.isSingle = isSingle
  }

  /// The same trees with every leaf times a factor, beside other offsets.
  package func scaled(by factor: Double) -> TreeForm {
    TreeForm(
      trees: trees.map { tree in
        var tree = tree
        tree.values = tree.values.map { $0 * factor }
        return tree
      },
      features: features,
      outputs: outputs,
      offsets: offsets.map { $0 * factor },
      isSingle: isSingle
    )
  }

  /// Rows × features in the trees' own precision.
  func numbers(_ rows: FeatureMatrix) -> [Double] {
    precondition(rows.columns == features && rows.sparse == nil, "rows of another shape")
    return isSingle ? rows.values.map { Double(Float($0)) } : rows.values
  }

  /// What the trees add up to for each row: rows × outputs.
  package func sums(_ rows: FeatureMatrix) -> [Double] {
    let numbers = numbers(rows)
    var sums: [Double] = []
    for row in 0..<rows.rows {
      var line = offsets
      for tree in trees {
        var node = 0
        while tree.features[node] >= 0 {
          node = tree.child(node, numbers[row * features + Int(tree.features[node])])
        }
        for k in 0..<tree.outputs {
          line[tree.firstOutput + k] += tree.values[node * tree.outputs + k]
        }
      }
      sums += line
    }
    return sums
  }
}
