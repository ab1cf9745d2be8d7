import ColophonCore
import ColophonMath

/// The vectors of a text classifier and what it makes of a text.
struct TextNetwork: Hashable, Sendable {
  /// A vector for each row of the vocabulary.
  var input: FloatRows
  /// A vector for each class, or for each inner node of the tree.
  var output: FloatRows
  let classes: Int
  /// The tree of hierarchical softmax; nil for all classes at once.
  let tree: ClassTree?

  /// Input vectors are drawn from ±1 / dimension, output vectors start at 0.
  init(
    rows: Int,
    dimension: Int,
    classCounts: [Int],
    isHierarchical: Bool,
    drawing random: inout RandomStream
  ) {
    let bound = 1 / Double(dimension)
    input = FloatRows(
      dimension: dimension,
      elements: (0..<rows * dimension).map { _ in Float((2 * random.uniform() - 1) * bound) }
    )
    classes = classCounts.count
    tree = isHierarchical ? ClassTree(counts: classCounts) : nil
    output = FloatRows(
      count: isHierarchical ? max(1, classes - 1) : classes,
      dimension: dimension
    )
  }

  init(input: FloatRows, output: FloatRows, classes: Int, tree: ClassTree?) {
    self.input = input
    self.output = output
    self.classes = classes
    self.tree = tree
  }

  /// The mean of some input vectors, added in order.
  func hidden(_ rows: [Int32]) -> [Float] {
    var mean = [Float](repeating: 0, count: input.dimension)
    guard !rows.isEmpty else { return mean }
    input.elements.withUnsafeBufferPointer { input in
      mean.withUnsafeMutableBufferPointer { mean in
        guard let base = input.baseAddress, let target = mean.baseAddress else { return }
        for row in rows {
          FloatVector.add(1, base + Int(row) * mean.count, to: target, mean.count)
        }
        let factor = 1 / Float(rows.count)
        for i in mean.indices { mean[i] *= factor }
      }
    }
    return mean
  }

  /// The probability of each class.
  func probabilities(_ hidden: [Float]) -> [Double] {
    let margins = output.elements.withUnsafeBufferPointer { output in
      hidden.withUnsafeBufferPointer { hidden -> [Double] in
        guard let base = output.baseAddress, let mean = hidden.baseAddress else { return [] }
        return (0..<self.output.count).map {
          Double(FloatVector.dot(base + $0 * hidden.count, mean, hidden.count))
        }
      }
    }
    guard let tree else {
      var margins = margins
      if classes > 1 { SoftmaxLoss.normalize(&margins, 0, classes) } else { margins = [1] }
      return margins
    }
    return tree.paths.map { path in
      path.reduce(1.0) { product, step in
        product * Elementary.sigmoid(step.isSecond ? margins[step.node] : -margins[step.node])
      }
    }
  }

  /// One step down the slope of −log p of a row's class.
  mutating func learn(_ rows: [Int32], label: Int, rate: Float) {
    guard !rows.isEmpty else { return }
    let hidden = hidden(rows)
    let errors = errors(hidden, label: label)
    var slope = [Float](repeating: 0, count: hidden.count)
    let dimension = hidden.count
    hidden.withUnsafeBufferPointer { hidden in
      slope.withUnsafeMutableBufferPointer { slope in
        output.elements.withUnsafeMutableBufferPointer { output in
          guard let base = output.baseAddress, let mean = hidden.baseAddress,
            let target = slope.baseAddress
          else { return }
          for (node, error) in errors where error != 0 {
            FloatVector.add(rate * error, base + node * dimension, to: target, dimension)
            FloatVector.add(rate * error, mean, to: base + node * dimension, dimension)
          }
        }
        input.elements.withUnsafeMutableBufferPointer { input in
          guard let base = input.baseAddress, let step = slope.baseAddress else { return }
          let share = 1 / Float(rows.count)
          for row in rows {
            FloatVector.add(share, step, to: base + Int(row) * dimension, dimension)
          }
        }
      }
    }
  }

  /// What the truth is above the probability, for every output vector that takes part.
  private func errors(_ hidden: [Float], label: Int) -> [(node: Int, error: Float)] {
    guard let tree else {
      return probabilities(hidden).enumerated().map { k, p in
        (k, Float((k == label ? 1 : 0) - p))
      }
    }
    return output.elements.withUnsafeBufferPointer { output in
      hidden.withUnsafeBufferPointer { hidden -> [(node: Int, error: Float)] in
        guard let base = output.baseAddress, let mean = hidden.baseAddress else { return [] }
        return tree.paths[label].map { step in
          let margin = FloatVector.dot(base + step.node * hidden.count, mean, hidden.count)
          return (step.node, Float((step.isSecond ? 1 : 0) - Elementary.sigmoid(Double(margin))))
        }
      }
    }
  }
}
