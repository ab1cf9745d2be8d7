package import ColophonData

/// Sums of features, each times a coefficient.
package struct LinearForm: Sendable {
  package let features: Int
  /// Row-major: outputs × features.
  package let coefficients: [Double]
  /// One for each output.
  package let intercepts: [Double]
  /// Whether a missing value is left out of the sums; else rows have none.
  package let skipsMissing: Bool

  package init(
    features: Int,
    coefficients: [Double],
    intercepts: [Double],
    skipsMissing: Bool = false
  ) {
    precondition(
      coefficients.count == features * intercepts.count,
      "\(coefficients.count) coefficients for \(features) features"
    )
    self.features = features
    self.coefficients = coefficients
    self.intercepts = intercepts
    self.skipsMissing = skipsMissing
  }

  /// What each feature adds, beside the background's mean: exactly the Shapley values of a sum where
  /// features are taken to vary independently.
  ///
  /// φ of feature j is w_j (x_j − mean of x_j over the background). Correlated features share nothing
  /// here: a variant that lets them (Lundberg and Lee's "correlation-dependent" one) answers another
  /// question and is not provided.
  ///
  /// - SeeAlso: Štrumbelj and Kononenko, "Explaining prediction models and individual predictions
  ///   with feature contributions", 2014, section 3.2.
  package func attributions(
    _ rows: FeatureMatrix,
    background: FeatureMatrix
  ) -> Attributions {
    precondition(rows.columns == features && background.columns == features, "another width")
    let means = means(of: background)
    var values: [Double] = []
    values.reserveCapacity(rows.rows * intercepts.count * features)
    for row in 0..<rows.rows {
      for output in intercepts.indices {
        for feature in 0..<features {
          let weight = coefficients[output * features + feature]
          values.append(weight * (taken(rows[row, feature]) - means[feature]))
        }
      }
    }
    let base = intercepts.indices.map { output in
      (0..<features).reduce(intercepts[output]) {
        $0 + coefficients[output * features + $1] * means[$1]
      }
    }
    return Attributions(
      rows: rows.rows,
      outputs: intercepts.count,
      features: features,
      base: base,
      values: values
    )
  }

  private func taken(_ value: Double) -> Double { skipsMissing && value.isNaN ? 0 : value }

  /// The mean of each feature, rows ascending; 0 for no rows.
  private func means(of background: FeatureMatrix) -> [Double] {
    let count = Double(max(1, background.rows))
    return (0..<features).map { feature in
      (0..<background.rows).reduce(0) { $0 + taken(background[$1, feature]) } / count
    }
  }
}
