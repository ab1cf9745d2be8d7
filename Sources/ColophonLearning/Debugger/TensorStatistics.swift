/// What a network tells of one of its tensors after a round, for the rules that look inside.
package struct TensorStatistics: Codable, Hashable, Sendable {
  /// What the tensor is.
  package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    case weight, gradient
    /// The outputs of an activation that may die: rectified linear units.
    case relu
    /// The inputs of an activation that may saturate.
    case tanh, sigmoid
  }

  /// The layer's name, such as `dense_1.weights`.
  package var name: String
  package var kind: Kind
  /// The mean of the absolute values; NaN where any is.
  package var meanAbsolute: Double
  /// The largest absolute value; NaN where any is.
  package var maxAbsolute: Double
  /// How many values are NaN, and how many are infinite.
  package var nans: Int
  package var infinities: Int
  /// For activations, of each unit the percentage of the round's rows for which it is active: its
  /// output above 0 (relu), or its input within (-9.4999, 9.4999) (tanh) or (-23, 16.99999)
  /// (sigmoid), outside of which the slope is below 1e-7.
  package var activity: [Double]

  package init(
    _ name: String,
    _ kind: Kind,
    meanAbsolute: Double = 0,
    maxAbsolute: Double = 0,
    nans: Int = 0,
    infinities: Int = 0,
    activity: [Double] = []
  ) {
    self.name = name
    self.kind = kind
    self.meanAbsolute = meanAbsolute
    self.maxAbsolute = maxAbsolute
    self.nans = nans
    self.infinities = infinities
    self.activity = activity
  }

  /// The percentage of units that are active for less than a percentage of the rows.
  func idleUnits(below threshold: Double) -> Double {
    guard !activity.isEmpty else { return 0 }
    let idle = activity.count { $0 < threshold }
    return 100 * Double(idle) / Double(activity.count)
  }
}
