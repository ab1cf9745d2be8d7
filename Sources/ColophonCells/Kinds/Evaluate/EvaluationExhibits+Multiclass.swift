import ColophonCore
import ColophonEvaluation
import ColophonReport

extension EvaluationExhibits {
  /// The confusion matrix, calibration of the predicted class, and a row for each class.
  static func multiclass(_ evaluation: Evaluation) -> [Exhibit] {
    let pictures = [
      confusion(evaluation),
      calibration(evaluation, "probability of the predicted class", "share predicted rightly"),
    ].compactMap { $0 }
    return [.group(pictures)]
      + (evaluation.classMeasures.isEmpty ? [] : [.table(classes(evaluation))])
  }

  private static func classes(_ evaluation: Evaluation) -> TableExhibit {
    let labels = evaluation.rows.cases.classes
    let names = (evaluation.classMeasures.first ?? []).map {
      MetricRequest.segments($0.metric.name).last ?? ""
    }
    let rows = labels.indices.map { position in
      let weight = evaluation.sample.matrix?.actual(position) ?? 0
      return [TableCell.text(labels[position]), .number(weight, .thousands)]
        + evaluation.classMeasures[position].map { number($0.value) }
    }
    return TableExhibit(
      caption: "Each class against the rest",
      columns: [TableColumn("class"), TableColumn("rows", .numeric)]
        + names.map { TableColumn($0, .numeric) },
      rows: rows,
      visibleRows: 30
    )
  }
}
