package import ColophonCore
package import ColophonData

/// What a network's outputs become: what stands between the last sums and the predictions.
package enum OutputLink: String, Hashable, Sendable, Codable {
  /// One number in, the same out.
  case identity
  /// One number in, the probability of the positive class out.
  case sigmoid
  /// A number for each class in, their probabilities out.
  case softmax

  /// The activation that an author writes for it.
  var activation: Activation {
    switch self {
    case .identity: .linear
    case .sigmoid: .sigmoid
    case .softmax: .softmax
    }
  }
}

/// The outputs of some rows and what they should have been.
package struct LossRows {
  package let rows: Int
  /// How many outputs a row has.
  package let width: Int
  /// The sums before the link, row-major; the loss may write over them.
  package let outputs: UnsafeMutablePointer<Float>
  /// Where the slope by each output goes.
  package let slopes: UnsafeMutablePointer<Float>
  /// Each row's class, or its number.
  package let targets: UnsafePointer<Float>
  /// Each row's share of the loss; they sum to 1.
  package let shares: UnsafePointer<Float>
}

/// What is minimised: the mean over rows, each by its weight.
package protocol NetworkLoss: Sendable {
  static var name: String { get }
  static var summary: String { get }
  /// Whether it is of classes, and not of numbers.
  static var isOfClasses: Bool { get }
  init(reading fields: inout FieldReader)
  /// What the last sums become, for some classes (0 for numbers).
  func link(classes: Int) -> OutputLink
  /// Writes the slopes and returns the loss, rows added in order.
  func evaluate(_ rows: LossRows) -> Double
}

extension NetworkLoss {
  /// How many numbers the network gives for a row.
  package func width(classes: Int) -> Int { link(classes: classes) == .softmax ? classes : 1 }
}

/// The losses, in the order the reference lists them.
package let networkLosses = Catalogue<any NetworkLoss.Type>(
  "loss",
  [
    BinaryCrossEntropy.self, CategoricalCrossEntropy.self, MeanSquaredError.self,
    MeanAbsoluteError.self, HuberNetworkLoss.self, FocalLoss.self,
  ]
) { $0.name }
