import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonReport

extension EvaluationExhibits {
  /// The curves over thresholds with the chosen one marked, the confusion matrix, calibration.
  static func binary(_ evaluation: Evaluation) -> [Exhibit] {
    guard let sweep = ThresholdSweep(evaluation.sample) else { return [] }
    var exhibits: [Exhibit] = []
    if !evaluation.rows.isHard {
      exhibits += [
        receiver(evaluation, sweep), precision(evaluation, sweep), gain(sweep), lift(sweep),
      ].compactMap { $0 }
    }
    exhibits += [confusion(evaluation)].compactMap { $0 }
    exhibits += [
      calibration(evaluation, "predicted probability", "observed share")
    ].compactMap { $0 }
    return [.group(exhibits)]
  }

  private static func value(_ name: String, _ evaluation: Evaluation) -> String {
    let value = Metric.named(name, task: .binary)?.value(evaluation.sample)
    return value.map { NumberFormat.fixed(3).written($0) } ?? "undefined"
  }

  private static func receiver(_ evaluation: Evaluation, _ sweep: ThresholdSweep) -> Exhibit? {
    guard let curve = ROCCurve(sweep), let counts = evaluation.sample.counts else { return nil }
    let points = curve.thinned(steps: steps)
    let area = value("roc_auc", evaluation)
    return .chart(
      .line(
        LineChart(
          ChartText(
            "ROC curve",
            "Positives found over negatives alarmed; the area under it is \(area)."
          ),
          x: .fraction("false positive rate"),
          y: .fraction("true positive rate"),
          series: [
            LineChart.Series(
              "area \(area)",
              x: points.map { $0.falsePositiveRate },
              y: points.map { $0.truePositiveRate }
            )
          ],
          marks: [
            mark(
              evaluation,
              x: counts.falsePositive / counts.negative,
              y: counts.truePositive / counts.positive
            )
          ],
          diagonal: "chance"
        )
      )
    )
  }

  private static func precision(_ evaluation: Evaluation, _ sweep: ThresholdSweep) -> Exhibit? {
    guard let curve = PrecisionRecallCurve(sweep), let counts = evaluation.sample.counts
    else { return nil }
    let points = curve.thinned(steps: steps)
    let average = value("pr_auc", evaluation)
    let share = sweep.positive / (sweep.positive + sweep.negative)
    let alarms = counts.predictedPositive
    return .chart(
      .line(
        LineChart(
          ChartText(
            "Precision and recall",
            "Right alarms over positives found; average precision \(average)."
          ),
          x: .fraction("recall"),
          y: .fraction("precision"),
          series: [
            LineChart.Series(
              "average \(average)",
              x: points.map { $0.recall },
              y: points.map { $0.precision }
            )
          ],
          marks: alarms > 0
            ? [
              mark(
                evaluation,
                x: counts.truePositive / counts.positive,
                y: counts.truePositive / alarms
              )
            ] : [],
          rules: [ChartRule(.horizontal, at: share, "chance")]
        )
      )
    )
  }

  private static func mark(_ evaluation: Evaluation, x: Double, y: Double) -> ChartMark {
    ChartMark(
      x: x,
      y: y,
      "threshold \(NumberFormat.general(3).written(evaluation.sample.threshold))"
    )
  }
}

extension NumberFormat {
  /// A number in this format; every format takes a number.
  func written(_ number: Double) -> String {
    (try? text(of: .number(number))) ?? NumberFormat.standard(.number(number))
  }
}
