import ColophonData
import ColophonMath

/// The difference of two areas under the ROC curve on the same rows (DeLong, DeLong and
/// Clarke-Pearson, 1988).
///
/// With d the difference of a row's placements in the two models, the variance of the difference of
/// the areas is S²(d over positives) / m + S²(d over negatives) / n, which is their equation 5 with
/// the contrast (1, −1) carried out on the rows: equal models have a variance of exactly 0.
///
/// - Complexity: O(*n* log *n*) (Sun and Xu, 2014).
package struct DeLongTest: ComparisonTest {
  package static let name = "delong"
  package static let summary = "DeLong's test of two areas under the ROC curve on the same rows."
  package static let compares = ComparisonSubject.Kind.rows

  private let options: ComparisonOptions

  package init(_ options: ComparisonOptions) { self.options = options }

  package var words: String { "DeLong's test of paired areas" }

  package static func objection(to metric: Metric) -> String? {
    metric.task == .binary && ["roc_auc", "gini"].contains(metric.name)
      ? nil : "is no area under the ROC curve of two classes, which is what DeLong's test compares"
  }

  package func evidence(
    for challengers: [ComparisonSubject],
    beside baseline: ComparisonSubject,
    in metric: Metric
  ) throws(ComparisonFault) -> [PairedEvidence] {
    let samples = try samples([baseline] + challengers)
    if samples[0].cases.weights != nil {
      throw ComparisonFault(
        "DeLong's test has no weighted form, and the rows have weights",
        hint: "take 'test: bootstrap'"
      )
    }
    let scale = metric.name == "gini" ? 2.0 : 1.0
    let analyses = samples.map { DeLong($0) }
    guard let first = analyses[0] else { return challengers.map { _ in .undefined } }
    return analyses.dropFirst().map { analysis in
      guard let analysis, let error = first.standardError(ofDifferenceTo: analysis, samples[0])
      else { return .undefined }
      return PairedEvidence(
        difference: scale * (analysis.area - first.area),
        standardError: scale * error,
        under: Normal(),
        sense: 1,
        options: options
      )
    }
  }
}

extension DeLong {
  /// The standard error of the difference of two areas on the same rows.
  package func standardError(ofDifferenceTo other: DeLong, _ sample: Sample) -> Double? {
    guard case .binary(_, let positives) = sample.cases.body else { return nil }
    let shift = other.area - area
    let squares = placements.indices.map { row in
      let distance = other.placements[row] - placements[row] - shift
      return distance * distance
    }
    let positive = Double(positives.count { $0 })
    let negative = Double(positives.count) - positive
    let variance =
      BlockSum.sum(squares.count) { positives[$0] ? squares[$0] : 0 } / (positive - 1) / positive
      + BlockSum.sum(squares.count) { positives[$0] ? 0 : squares[$0] } / (negative - 1) / negative
    return variance.squareRoot()
  }
}
