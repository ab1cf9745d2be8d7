import ColophonMath

/// Student's t over the folds of a cross-validation, corrected for folds that learn from the same
/// rows (Nadeau and Bengio, "Inference for the generalization error", 2003).
///
/// With s² the variance of the k differences, the variance of their mean is taken as
/// (1/k + held / trained) · s² instead of s² / k, which is far too small since training sets overlap;
/// the statistic has k − 1 degrees of freedom. Held and trained are the folds' mean sizes.
package struct ResampledTTest: ComparisonTest {
  package static let name = "paired_t"
  package static let summary =
    "The corrected resampled t-test of any metric over the folds of crossvalidate cells."
  package static let compares = ComparisonSubject.Kind.folds

  private let options: ComparisonOptions

  package init(_ options: ComparisonOptions) { self.options = options }

  package var words: String { "corrected resampled t-test over folds" }

  package static func objection(to metric: Metric) -> String? { nil }

  package func evidence(
    for challengers: [ComparisonSubject],
    beside baseline: ComparisonSubject,
    in metric: Metric
  ) throws(ComparisonFault) -> [PairedEvidence] {
    var results: [PairedEvidence] = []
    for challenger in challengers {
      guard let a = baseline.scores, let b = challenger.scores else {
        throw ComparisonFault("'\(Self.name)' compares models by their folds")
      }
      guard a.trained == b.trained, a.held == b.held else {
        throw ComparisonFault("the models went through different folds")
      }
      results.append(evidence(a, b, sense: metric.sense ?? 1))
    }
    return results
  }

  private func evidence(_ a: FoldScores, _ b: FoldScores, sense: Double) -> PairedEvidence {
    let places = a.values.indices.filter { place in
      guard let x = a.values[place], let y = b.values[place] else { return false }
      return (y - x).isFinite
    }
    let differences = places.map { (b.values[$0] ?? 0) - (a.values[$0] ?? 0) }
    guard let first = differences.first else { return .undefined }
    let count = Double(differences.count)
    let isConstant = differences.allSatisfy { $0 == first }
    let mean = isConstant ? first : differences.reduce(0, +) / count
    guard differences.count > 1 else { return PairedEvidence(difference: mean) }
    let squares =
      isConstant ? 0 : differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let trained = places.reduce(0) { $0 + a.trained[$1] }
    let held = places.reduce(0) { $0 + a.held[$1] }
    guard trained > 0 else { return PairedEvidence(difference: mean) }
    let variance = squares / (count - 1) * (1 / count + Double(held) / Double(trained))
    return PairedEvidence(
      difference: mean,
      standardError: variance.squareRoot(),
      under: StudentT(degreesOfFreedom: count - 1),
      sense: sense,
      options: options
    )
  }
}
