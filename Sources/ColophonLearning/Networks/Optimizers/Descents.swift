package import ColophonCore
import ColophonMath

/// w ← w − rate · g.
struct GradientDescent: NetworkOptimizer {
  static let name = "sgd"
  static let summary = "Steps along the slope, with momentum where that is given."
  static let memories = 1
  var rate: Double
  var weightDecay: Double
  var momentum: Double
  var isNesterov: Bool

  init(reading fields: inout FieldReader) {
    rate = fields.learningRate(0.01)
    momentum = fields.number(
      "momentum",
      in: Interval(0, 1, upperIsOpen: true),
      default: 0,
      "The share of the last step that is taken again."
    )
    isNesterov = fields.boolean(
      "nesterov",
      default: false,
      "Whether the slope is taken where the momentum leads."
    )
    weightDecay = fields.weightDecay()
  }

  func step(_ stretch: WeightStretch, rate: Double, step: Int) {
    WeightSteps.momentum(
      stretch.count,
      rate: rate,
      momentum: momentum,
      isNesterov: isNesterov,
      stretch.slopes,
      stretch.memory[0],
      stretch.weights
    )
  }
}

/// v ← μ v + g, w ← w − rate · v (Polyak, 1964, in PyTorch's form).
struct Momentum: NetworkOptimizer {
  static let name = "momentum"
  static let summary = "Steps along a running sum of slopes."
  static let memories = 1
  var rate: Double
  var weightDecay: Double
  var momentum: Double

  init(reading fields: inout FieldReader) {
    rate = fields.learningRate(0.01)
    momentum = fields.momentum()
    weightDecay = fields.weightDecay()
  }

  func step(_ stretch: WeightStretch, rate: Double, step: Int) {
    WeightSteps.momentum(
      stretch.count,
      rate: rate,
      momentum: momentum,
      isNesterov: false,
      stretch.slopes,
      stretch.memory[0],
      stretch.weights
    )
  }
}

/// The same, looking ahead: w ← w − rate · (g + μ v).
///
/// - SeeAlso: Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum
///   in deep learning", 2013.
struct Nesterov: NetworkOptimizer {
  static let name = "nesterov"
  static let summary = "Momentum that looks ahead."
  static let memories = 1
  var rate: Double
  var weightDecay: Double
  var momentum: Double

  init(reading fields: inout FieldReader) {
    rate = fields.learningRate(0.01)
    momentum = fields.momentum()
    weightDecay = fields.weightDecay()
  }

  func step(_ stretch: WeightStretch, rate: Double, step: Int) {
    WeightSteps.momentum(
      stretch.count,
      rate: rate,
      momentum: momentum,
      isNesterov: true,
      stretch.slopes,
      stretch.memory[0],
      stretch.weights
    )
  }
}

extension FieldReader {
  fileprivate mutating func momentum() -> Double {
    number(
      "momentum",
      in: .open(0, 1),
      default: 0.9,
      "The share of the last step that is taken again."
    )
  }
}
