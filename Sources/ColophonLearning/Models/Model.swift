package import ColophonData

/// What an algorithm has learned from encoded rows.
package protocol Model: Sendable {
  /// The name of the algorithm that reads the model's bytes back.
  static var algorithm: String { get }
  /// How many numbers were learned.
  var parameterCount: Int { get }
  /// The coefficients, for a linear model.
  var coefficients: LinearCoefficients? { get }
  /// What each feature is worth to the model, where the model itself says so.
  var importances: [FeatureImportance] { get throws }
  /// The centres, for a model of clusters.
  var clusters: ClusterCentres? { get }
  /// The tree to draw, for a model that is one.
  var tree: Tree? { get }
  /// What the model says about rows whose features stand in the order of the training's.
  func predict(_ features: FeatureMatrix) throws -> Predictions
  /// The same, bit for bit, on several threads.
  func predict(_ features: FeatureMatrix, threads: Int) throws -> Predictions
  /// The model's bytes; equal models have equal bytes.
  func encoded() throws -> [UInt8]
}

extension Model {
  package var coefficients: LinearCoefficients? { nil }
  package var importances: [FeatureImportance] { [] }
  package var tree: Tree? { nil }
  package var clusters: ClusterCentres? { nil }
  package func predict(_ features: FeatureMatrix, threads: Int) throws -> Predictions {
    try predict(features)
  }
}

/// The middle of each cluster on the features' own scale.
package struct ClusterCentres: Codable, Hashable, Sendable {
  package var features: [String]
  /// Row-major: clusters × features.
  package var values: [Double]
  /// The weight of each cluster's training rows.
  package var sizes: [Double]

  package var count: Int { sizes.count }

  /// A cluster's coordinate.
  package subscript(cluster: Int, feature: Int) -> Double {
    values[cluster * features.count + feature]
  }
}

/// A linear model's numbers on the features' own scale.
package struct LinearCoefficients: Codable, Hashable, Sendable {
  package var features: [String]
  /// What each output is the margin of: one entry (the positive class, or the number itself), or
  /// one for each class.
  package var outputs: [String]
  /// Row-major: outputs × features.
  package var values: [Double]
  /// One for each output.
  package var intercepts: [Double]
  /// Each feature's standard deviation in the training rows, to compare coefficients by; 0 where
  /// it does not vary.
  package var deviations: [Double]

  /// An output's coefficient of a feature.
  package subscript(output: Int, feature: Int) -> Double {
    values[output * features.count + feature]
  }
}

/// What one feature is worth to a model.
package struct FeatureImportance: Hashable, Sendable {
  package var feature: String
  /// The mean gain of the splits on the feature.
  package var gain: Double
  /// The mean cover (sum of second derivatives, or the rows' weight) of the splits on the feature.
  package var cover: Double
  /// The number of splits on the feature.
  package var splits: Double
  /// The feature's share in all that splits lower the impurity; nil where the model has no impurity.
  package var share: Double?
}
