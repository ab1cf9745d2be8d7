import ColophonData
package import ColophonEvaluation

extension LinearModel: Explainable {
  /// The margins: sums of features by their coefficients.
  package func additiveModel() throws -> AdditiveModel {
    let form = LinearForm(
      features: linear.features.count,
      coefficients: linear.values,
      intercepts: linear.intercepts
    )
    switch task {
    case .binary: return AdditiveModel(.linear(form), .logOdds)
    case .multiclass: return AdditiveModel(.linear(form), .classMargin, classes: present)
    default: return AdditiveModel(.linear(form), .number)
    }
  }
}
