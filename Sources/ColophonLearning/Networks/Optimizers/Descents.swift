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
    momentum = fields.momentum(orNone: true)
    isNesterov = fields.boolean(
      "nesterov",
      default: false,
      "Whether the slope is taken where the momentum leads."
    )
    weightDecay = fields.weightDecay()
  }

  func step(_ stretch: WeightStretch, rate: Double, step: Int) {
    stretch.descend(rate: rate, momentum: momentum, isNesterov: isNesterov)
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
    stretch.descend(rate: rate, momentum: momentum, isNesterov: false)
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
    stretch.descend(rate: rate, momentum: momentum, isNesterov: true)
  }
}

extension WeightStretch {
  fileprivate func descend(rate: Double, momentum: Double, isNesterov: Bool) {
    WeightSteps.momentum(
      count,
      rate: rate,
      momentum: momentum,
      isNesterov: isNesterov,
      slopes,
      memory[0],
      weights
    )
  }
}

extension FieldReader {
  /// The momentum; `orNone` where it may be left out, and is 0 then.
  mutating func momentum(orNone: Bool = false) -> Double {
    number(
      "momentum",
      in: orNone ? Interval(0, 1, upperIsOpen: true) : .open(0, 1),
      default: orNone ? 0 : 0.9,
      "The share of the last step that is taken again."
    )
  }
}
