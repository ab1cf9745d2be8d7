package import ColophonCore

/// A stretch of weights that one step changes alike.
package struct WeightStretch {
  package let count: Int
  package let weights: UnsafeMutablePointer<Float>
  package let slopes: UnsafeMutablePointer<Float>
  /// What the optimiser remembers of each weight: one pointer to a vector.
  package let memory: [UnsafeMutablePointer<Float>]
}

/// How weights are changed by their slopes.
package protocol NetworkOptimizer: Sendable {
  static var name: String { get }
  static var summary: String { get }
  /// How many numbers it remembers of each weight.
  static var memories: Int { get }
  init(reading fields: inout FieldReader)
  /// The learning rate before schedule and layers.
  var rate: Double { get set }
  /// What is taken off each weight: with the slope, except where the optimiser says otherwise.
  var weightDecay: Double { get set }
  /// Whether `weightDecay` joins the slope.
  static var decaysThroughSlope: Bool { get }
  /// Takes a step, which counts from 1.
  func step(_ stretch: WeightStretch, rate: Double, step: Int)
}

extension NetworkOptimizer {
  package static var decaysThroughSlope: Bool { true }
}

/// The optimisers, in the order the reference lists them.
package let networkOptimizers = Catalogue<any NetworkOptimizer.Type>(
  "optimizer",
  [
    Adam.self, AdamW.self, GradientDescent.self, Momentum.self, Nesterov.self, RMSProp.self,
  ]
) { $0.name }

extension FieldReader {
  mutating func learningRate(_ usual: Double) -> Double {
    number("lr", in: .above(0), default: usual, "The learning rate: the size of the steps.")
  }

  mutating func weightDecay(_ usual: Double = 0) -> Double {
    number(
      "weight_decay",
      in: .atLeast(0),
      default: usual,
      "How strongly all weights are pulled towards 0."
    )
  }
}
