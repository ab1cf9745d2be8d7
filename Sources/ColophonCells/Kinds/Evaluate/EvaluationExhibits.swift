import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonReport

/// What an evaluation shows: facts, the task's pictures, the metrics, the slices.
enum EvaluationExhibits {
  /// Steps of an axis beyond which more points can't be seen.
  static let steps = 200

  static func exhibits(_ evaluation: Evaluation) -> [Exhibit] {
    var exhibits: [Exhibit] = [.facts(facts(evaluation))]
    switch evaluation.rows.cases.body {
    case .binary: exhibits += binary(evaluation)
    case .multiclass: exhibits += multiclass(evaluation)
    case .regression:
      exhibits += evaluation.rows.cases.forecasts.map { forecasts(evaluation, $0) } ?? []
      exhibits += regression(evaluation)
    case .clusters(let cases): exhibits += clusters(evaluation, cases)
    case .ranking: exhibits += ranking(evaluation)
    }
    exhibits.append(.table(metrics(evaluation)))
    exhibits += [pointNote(evaluation), distanceNote(evaluation)].compactMap { $0 }
      .map { .text($0) }
    return exhibits + sliced(evaluation)
  }

  /// Says why an interval of no width is no certainty.
  private static func pointNote(_ evaluation: Evaluation) -> String? {
    let points = evaluation.measures.filter { measure in
      measure.interval.map { $0.low == $0.high } ?? false
    }
    guard !points.isEmpty else { return nil }
    let names = points.map { $0.metric.name }.joined(separator: ", ")
    return "Where low equals high (\(names)), every resample gave the same value. The bootstrap "
      + "can't tell how uncertain such a value is; it is not certain."
  }

  /// Says why a metric of distances between rows has no interval, and what clusters' intervals mean.
  private static func distanceNote(_ evaluation: Evaluation) -> String? {
    guard evaluation.confidence != nil, evaluation.rows.cases.task == .clustering else {
      return nil
    }
    let without = evaluation.measures.filter { $0.metric.isQuadratic }.map { $0.metric.name }
    let reason = without.first.map { " " + Diagnostic.noInterval(of: $0) + "." } ?? ""
    return
      "The intervals tell how the values change with the rows, the clusters being what they are."
      + reason
  }

  private static func facts(_ evaluation: Evaluation) -> [Fact] {
    let cases = evaluation.rows.cases
    var facts = [
      Fact("rows", NumberFormat.standard(.integer(cases.count)), note: evaluation.rows.origin)
    ]
    if cases.weights != nil {
      facts.append(
        Fact("weight", NumberFormat.standard(.number(evaluation.sample.totalWeight)))
      )
    }
    if cases.task == .ranking { facts += queries(cases, evaluation.sample.options) }
    if cases.forecasts != nil {
      facts.append(Fact("series", NumberFormat.standard(.integer(evaluation.rows.series.count))))
    }
    if let choice = evaluation.threshold {
      let value = NumberFormat.standard(.number(choice.threshold))
      facts.append(Fact("threshold", value, note: note(evaluation.rule, choice)))
    }
    return facts
  }

  private static func note(_ rule: ThresholdRule, _ choice: ThresholdChoice) -> String? {
    let value = choice.value.map { NumberFormat.standard(.number($0)) } ?? ""
    switch rule {
    case .fixed: return nil
    case .maximize(let metric): return "chosen on these rows for the best \(metric), \(value)"
    case .cost: return "chosen on these rows for the lowest cost, \(value) a row"
    }
  }

  /// The metrics, undefined ones with their reason.
  private static func metrics(_ evaluation: Evaluation) -> TableExhibit {
    let measures = evaluation.measures
    let hasIntervals = measures.contains { $0.interval != nil }
    let hasNotes = measures.contains { $0.value == nil }
    var columns = [TableColumn("metric"), TableColumn("value", .numeric)]
    if hasIntervals { columns += [TableColumn("low", .numeric), TableColumn("high", .numeric)] }
    if hasNotes { columns.append(TableColumn("undefined where")) }
    let rows = measures.map { measure in
      let format = measure.metric.format
      var cells = [TableCell.code(measure.metric.name), number(measure.value, format)]
      if hasIntervals {
        cells += [number(measure.interval?.low, format), number(measure.interval?.high, format)]
      }
      if hasNotes { cells.append(.text(measure.value == nil ? measure.metric.undefined : "")) }
      return cells
    }
    return TableExhibit(
      caption: evaluation.confidence?.words,
      columns: columns,
      rows: rows,
      visibleRows: 14
    )
  }

  static func number(_ value: Double?, _ format: NumberFormat = .general(4)) -> TableCell {
    value.map { .number($0, format) } ?? .missing
  }

  /// The confusion matrix, of up to 30 classes.
  static func confusion(_ evaluation: Evaluation) -> Exhibit? {
    guard let matrix = evaluation.sample.matrix, matrix.classes <= 30 else { return nil }
    let classes = evaluation.rows.cases.classes
    let counts = (0..<matrix.classes).map { i in (0..<matrix.classes).map { matrix[i, $0] } }
    let right = NumberFormat.standard(.number(matrix.correct))
    let all = NumberFormat.standard(.number(matrix.total))
    return .chart(
      .heatmap(
        .confusion(
          ChartText("Confusion matrix", "Of \(all) rows \(right) were predicted rightly."),
          labels: classes,
          counts: counts
        )
      )
    )
  }

  /// "10 bins of equal width".
  private static func binning(_ evaluation: Evaluation) -> String {
    let options = evaluation.sample.options
    return "\(options.bins) bins of equal \(options.binning == .equalWidth ? "width" : "mass")"
  }

  /// Predicted probability against what came true.
  static func calibration(_ evaluation: Evaluation, _ x: String, _ y: String) -> Exhibit? {
    guard evaluation.rows.cases.probabilityProblem == nil, !evaluation.rows.isHard else {
      return nil
    }
    let bins = evaluation.sample.reliabilityBins.filter { $0.weight > 0 }
    let worst = bins.max { $0.gap < $1.gap }
    let words = worst.map {
      "The largest distance from the diagonal is \(NumberFormat.standard(.number($0.gap))), at "
        + "\(NumberFormat.standard(.number($0.predicted)))."
    }
    return .chart(
      .line(
        LineChart(
          ChartText(
            "Calibration",
            words ?? "",
            note:
              "\(binning(evaluation)); on the diagonal, probabilities can be taken at their word."
          ),
          x: .fraction(x),
          y: .fraction(y),
          series: [
            LineChart.Series(
              "observed",
              x: bins.map { $0.predicted },
              y: bins.map { $0.observed },
              shape: .markedLine
            )
          ],
          diagonal: "perfect"
        )
      )
    )
  }
}
