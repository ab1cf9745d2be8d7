/// Numbers that flow through a tape, as many for each example as the shape says.
///
/// Row-major, examples first: an image is height × width × channels, a sequence steps × features.
package struct Tensor: Hashable, Sendable {
  /// Which buffer holds them; a tensor of another shape may share it.
  package let index: Int
  package let shape: [Int]

  package init(index: Int, shape: [Int]) {
    self.index = index
    self.shape = shape
  }

  /// How many numbers an example has.
  package var count: Int { shape.reduce(1, *) }
  /// The last dimension: features, channels.
  package var width: Int { shape.last ?? 1 }
  /// How many places of `width` numbers an example has.
  package var places: Int { shape.dropLast().reduce(1, *) }

  /// The same numbers in another shape.
  package func reshaped(to shape: [Int]) -> Tensor {
    let other = Tensor(index: index, shape: shape)
    precondition(other.count == count, "\(self.shape) as \(shape)")
    return other
  }
}

/// Numbers that are learned, a stretch of the flat vector of all of them.
package struct Parameter: Hashable, Sendable {
  /// What it is to its layer.
  package enum Role: String, Hashable, Sendable, Codable {
    /// What is multiplied: drawn by the layer's initialiser and penalised.
    case weight
    /// A recurrent cell's weights of its own state.
    case recurrent
    /// What is added; 0 at first.
    case bias
    /// What a normalised number is multiplied by; 1 at first.
    case gain
    /// Means and variances that are followed, not learned.
    case runningMean, runningVariance

    /// Whether steps of the optimiser change it.
    package var isLearned: Bool { self != .runningMean && self != .runningVariance }
  }

  package var name: String
  package var role: Role
  package var shape: [Int]
  /// How many numbers a unit takes in, and how many units take in a number.
  package var fanIn: Int
  package var fanOut: Int
  /// The first of its numbers in the flat vector.
  package internal(set) var offset = 0

  package init(_ name: String, _ role: Role, _ shape: [Int], fanIn: Int = 0, fanOut: Int = 0) {
    self.name = name
    self.role = role
    self.shape = shape
    self.fanIn = fanIn
    self.fanOut = fanOut
  }

  package var count: Int { shape.reduce(1, *) }
  package var range: Range<Int> { offset..<offset + count }
}
