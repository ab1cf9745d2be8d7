import ColophonCore
import ColophonEvaluation
import ColophonReport

extension EvaluationExhibits {
  /// Points beyond which a scatter is thinned to every n-th row.
  private static let points = 600

  /// Predictions against the truth, and where and how large the errors are.
  static func regression(_ evaluation: Evaluation) -> [Exhibit] {
    guard case .regression(let predicted, let actual) = evaluation.rows.cases.body,
      let summary = ResidualSummary(evaluation.sample)
    else { return [] }
    let every = (actual.count + points - 1) / points
    let shown = Array(stride(from: 0, to: actual.count, by: max(every, 1)))
    let note = every > 1 ? "Every \(every)th row is drawn." : nil
    return [
      .group(
        [
          fit(shown.map { actual[$0] }, shown.map { predicted[$0] }, note),
          errors(
            shown.map { predicted[$0] },
            shown.map { predicted[$0] - actual[$0] },
            summary,
            note
          ),
          histogram(summary),
          QuantilePlot(evaluation.sample).map { quantiles($0) },
        ].compactMap { $0 }
      )
    ]
  }

  private static func fit(_ actual: [Double], _ predicted: [Double], _ note: String?) -> Exhibit {
    .chart(
      .scatter(
        ScatterChart(
          ChartText(
            "Predicted against actual",
            "Each point is a row; on the line it is predicted exactly.",
            note: note
          ),
          x: ChartAxis("actual"),
          y: ChartAxis("predicted"),
          series: [ScatterChart.Series("rows", x: actual, y: predicted)],
          identity: "perfect"
        )
      )
    )
  }

  private static func errors(
    _ predicted: [Double],
    _ errors: [Double],
    _ summary: ResidualSummary,
    _ note: String?
  ) -> Exhibit {
    let mean = NumberFormat.standard(.number(summary.mean))
    return .chart(
      .scatter(
        ScatterChart(
          ChartText(
            "Residuals",
            "Prediction less actual value, over the prediction; the mean is \(mean).",
            note: note
          ),
          x: ChartAxis("predicted"),
          y: ChartAxis("predicted − actual"),
          series: [ScatterChart.Series("rows", x: predicted, y: errors)],
          rules: [ChartRule(.horizontal, at: 0)]
        )
      )
    )
  }

  /// Residuals against what normal ones would be.
  private static func quantiles(_ plot: QuantilePlot) -> Exhibit {
    let correlation = NumberFormat.fixed(3).written(plot.correlation)
    return .chart(
      .scatter(
        ScatterChart(
          ChartText(
            "Quantiles of residuals",
            "Against those of a normal distribution of the same mean and spread; the correlation is "
              + "\(correlation).",
            note: "On the line the residuals are normal; ends that bend away are heavy tails."
          ),
          x: ChartAxis("normal quantile"),
          y: ChartAxis("predicted − actual"),
          series: [
            ScatterChart.Series(
              "residuals",
              x: plot.points.map { $0.expected },
              y: plot.points.map { $0.error }
            )
          ],
          identity: "normal"
        )
      )
    )
  }

  private static func histogram(_ summary: ResidualSummary) -> Exhibit {
    let quartiles = [1, 3].map { NumberFormat.standard(.number(summary.quantiles[$0])) }
    return .chart(
      .histogram(
        HistogramChart(
          ChartText(
            "Distribution of residuals",
            "Half of the residuals lie between \(quartiles[0]) and \(quartiles[1])."
          ),
          x: ChartAxis("predicted − actual"),
          series: [
            HistogramChart.Series("residuals", edges: summary.edges, counts: summary.weights)
          ],
          rules: [ChartRule(.vertical, at: 0)]
        )
      )
    )
  }
}
