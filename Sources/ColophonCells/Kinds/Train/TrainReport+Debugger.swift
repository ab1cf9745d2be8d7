import ColophonCore
import ColophonData
import ColophonLearning
import ColophonReport

extension TrainReport {
  /// The rule that ended the job, where one did.
  var stoppingRule: RuleReport? {
    guard job.result.stoppedEarly else { return nil }
    return job.rules.first { $0.action == .stop && $0.round == job.result.rounds }
  }

  /// `debugger.RULE.fired` and `debugger.RULE.round`.
  var watchingValues: [String: Value] {
    guard !job.rules.isEmpty else { return [:] }
    let rules = job.rules.map { report in
      (
        report.rule,
        Value.object([
          "fired": .boolean(report.status == .issuesFound),
          "round": report.round.map { .integer($0) } ?? .null,
        ])
      )
    }
    return ["debugger": .object(Dictionary(rules) { first, _ in first })]
  }

  /// What fired, as advice at the field that names the rules.
  var watchingAdvice: [Advice] {
    job.rules.filter { $0.status == .issuesFound }.map { report in
      let round = report.round.map { " after round \($0)" } ?? ""
      let ended = report.rule == stoppingRule?.rule ? ", and the job was ended there" : ""
      return Advice(
        report.code,
        "\(report.rule)\(isIterative ? round : ""): \(report.message ?? "")\(ended)",
        hint: report.remedy,
        field: "debugger"
      )
    }
  }

  private var isIterative: Bool { algorithms[job.trained.algorithm]?.isIterative == true }

  /// The rules with how they ended.
  var ruleTable: Exhibit? {
    guard !job.rules.isEmpty else { return nil }
    let rows = job.rules.map { report -> [TableCell] in
      [
        .code(report.rule), .text(report.status.rawValue),
        report.round.map { .count($0) } ?? .missing,
        .text(report.action.rawValue), .text(report.message ?? ""),
      ]
    }
    return .table(
      TableExhibit(
        caption: "Rules of the debugger",
        columns: [
          TableColumn("rule"), TableColumn("status"), TableColumn("round", .numeric),
          TableColumn("action"), TableColumn("what was found"),
        ],
        rows: rows,
        isSortable: false
      )
    )
  }

  /// The metrics whose curves are shown: the cell's, and those on which a rule fired.
  func shownCurves(_ history: MetricHistory) -> [String] {
    guard let curved else { return history.metrics }
    let fired = Set(job.rules.filter { $0.round != nil }.compactMap { $0.metric })
    return history.metrics.filter { curved.contains($0) || fired.contains($0) }
  }

  /// Where rules fired, on the split that the report shows last: the validation rows, else the
  /// training rows.
  ///
  /// A rule that looks at no metric is marked on the first curve.
  func ruleMarks(_ metric: String, _ history: MetricHistory) -> [ChartMark] {
    let shown = shownCurves(history)
    return job.rules.compactMap { report in
      guard let round = report.round,
        metric == (report.metric.flatMap { shown.contains($0) ? $0 : nil } ?? shown.first),
        let value = height(metric, after: round, history)
      else { return nil }
      return ChartMark(
        x: Double(round),
        y: value,
        "\(report.rule) fired at \(round)",
        drops: true
      )
    }
  }

  /// Where a curve is after a round; where it is not finite, where it last was.
  private func height(_ metric: String, after round: Int, _ history: MetricHistory) -> Double? {
    let splits = shownSplits.contains(.validation) ? [Split.validation, .train] : [.train]
    for split in splits {
      for earlier in stride(from: round, through: 1, by: -1) {
        if let value = history.value(metric, on: split, after: earlier), value.isFinite {
          return value
        }
      }
    }
    return nil
  }
}
