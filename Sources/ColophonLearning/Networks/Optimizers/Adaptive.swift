package import ColophonCore
import ColophonMath

/// Slopes over a running root mean square of them (Hinton, lecture 6e, 2012).
struct RMSProp: NetworkOptimizer {
  static let name = "rmsprop"
  static let summary = "Slopes over a running root mean square of them."
  static let memories = 2
  var rate: Double
  var weightDecay: Double
  var decay: Double
  var epsilon: Double
  var momentum: Double

  init(reading fields: inout FieldReader) {
    rate = fields.learningRate(0.01)
    decay = fields.number("alpha", in: .open(0, 1), default: 0.99, "How slowly the mean forgets.")
    epsilon = fields.epsilon()
    momentum = fields.momentum(orNone: true)
    weightDecay = fields.weightDecay()
  }

  func step(_ stretch: WeightStretch, rate: Double, step: Int) {
    WeightSteps.rmsprop(
      stretch.count,
      rate: rate,
      decay: decay,
      momentum: momentum,
      epsilon: epsilon,
      stretch.slopes,
      stretch.memory[0],
      stretch.memory[1],
      stretch.weights
    )
  }
}

/// Running means of slopes over those of their squares.
///
/// - SeeAlso: Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1.
struct Adam: NetworkOptimizer {
  static let name = "adam"
  static let summary = "Running means of slopes over those of their squares."
  static let memories = 2
  var rate: Double
  var weightDecay: Double
  var moments: AdamMoments

  init(reading fields: inout FieldReader) {
    rate = fields.learningRate(0.001)
    moments = AdamMoments(reading: &fields)
    weightDecay = fields.weightDecay()
  }

  func step(_ stretch: WeightStretch, rate: Double, step: Int) {
    moments.step(stretch, rate: rate, keep: 1, step: step)
  }
}

/// Adam whose weights decay apart from the slope.
///
/// - SeeAlso: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019, algorithm 2.
struct AdamW: NetworkOptimizer {
  static let name = "adamw"
  static let summary = "Adam whose weights decay apart from the slope."
  static let memories = 2
  static let decaysThroughSlope = false
  var rate: Double
  var weightDecay: Double
  var moments: AdamMoments

  init(reading fields: inout FieldReader) {
    rate = fields.learningRate(0.001)
    moments = AdamMoments(reading: &fields)
    weightDecay = fields.weightDecay(0.01)
  }

  func step(_ stretch: WeightStretch, rate: Double, step: Int) {
    moments.step(stretch, rate: rate, keep: 1 - rate * weightDecay, step: step)
  }
}

/// Adam's means and what is added to the root.
struct AdamMoments: Sendable {
  var first: Double
  var second: Double
  var epsilon: Double

  init(reading fields: inout FieldReader) {
    first = fields.number(
      "beta1",
      in: Interval(0, 1, upperIsOpen: true),
      default: 0.9,
      "How slowly the mean of slopes forgets."
    )
    second = fields.number(
      "beta2",
      in: Interval(0, 1, upperIsOpen: true),
      default: 0.999,
      "How slowly the mean of their squares forgets."
    )
    epsilon = fields.epsilon()
  }

  func step(_ stretch: WeightStretch, rate: Double, keep: Double, step: Int) {
    let firstShare = 1 - Elementary.pow(first, Double(step))
    let secondShare = 1 - Elementary.pow(second, Double(step))
    WeightSteps.adam(
      stretch.count,
      rate: rate / firstShare,
      betas: (first, second),
      root: 1 / secondShare.squareRoot(),
      epsilon: epsilon,
      keep: keep,
      stretch.slopes,
      stretch.memory[0],
      stretch.memory[1],
      stretch.weights
    )
  }
}

extension FieldReader {
  fileprivate mutating func epsilon() -> Double {
    number("eps", in: .above(0), default: 1e-8, "What is added to the root.")
  }
}
