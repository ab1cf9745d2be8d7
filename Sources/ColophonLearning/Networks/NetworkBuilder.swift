package import ColophonMath

/// A network under construction, one layer after another.
package struct NetworkBuilder: Sendable {
  /// What the next layer reads.
  package private(set) var tensor: Tensor
  /// What the network itself reads.
  package let input: Tensor
  package private(set) var operations: [any NetworkOperation] = []
  /// Which layer each operation belongs to.
  package private(set) var owners: [Int] = []
  /// How many tokens there are, of texts.
  package let vocabulary: Int?
  /// Whether sequences may be shorter than the tensor has room for.
  package let hasLengths: Bool
  /// Whether the sizes are those of the data, or only stand for some.
  package let isExact: Bool
  /// Whether the layer after the one being built reads a sequence.
  package var nextReadsSequence = false
  /// Whether the layer being built is taken over and not trained.
  package var isFrozen = false
  /// The name of the layer being built, and its place.
  package var layer = (name: "", index: 0)
  private var buffers = 1

  package init(
    _ shape: [Int],
    vocabulary: Int? = nil,
    hasLengths: Bool = false,
    isExact: Bool = true
  ) {
    input = Tensor(index: 0, shape: shape)
    tensor = input
    self.vocabulary = vocabulary
    self.hasLengths = hasLengths
    self.isExact = isExact
  }

  /// Whether nothing stands between the input and the next layer.
  package var isInput: Bool { operations.isEmpty }

  /// Adds an operation that makes a tensor of some shape of what is there.
  package mutating func add(
    shape: [Int],
    _ make: (_ name: String, _ input: Tensor, _ output: Tensor) -> any NetworkOperation
  ) {
    let output = Tensor(index: buffers, shape: shape)
    buffers += 1
    operations.append(make(layer.name, tensor, output))
    owners.append(layer.index)
    tensor = output
  }

  package mutating func addSoftmax() {
    add(shape: tensor.shape) { name, input, output in
      SoftmaxOperation(name, input, into: output)
    }
  }

  package mutating func reshape(to shape: [Int]) { tensor = tensor.reshaped(to: shape) }

  /// What the next layer gets, in words.
  package var words: String { NetworkBuilder.words(tensor.shape, isExact: isExact) }

  /// A shape in words: "an image of 8 × 8 × 1".
  package static func words(_ shape: [Int], isExact: Bool = true) -> String {
    let size = isExact ? " of " + shape.map { "\($0)" }.joined(separator: " × ") : ""
    switch shape.count {
    case 3: return "an image" + size
    case 2: return "a sequence" + size
    default: return isExact ? "a row of \(shape[0]) numbers" : "a row of numbers"
    }
  }
}
