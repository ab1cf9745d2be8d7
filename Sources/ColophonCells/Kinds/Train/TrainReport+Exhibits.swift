import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonReport

extension TrainReport {
  /// The job in a few labelled values.
  var facts: [Fact] {
    let result = job.result
    var facts = [Fact("algorithm", job.trained.algorithm)]
    if isIterative {
      facts.append(
        Fact("rounds", grouped(result.rounds), note: stopNote)
      )
      if rule != nil { facts.append(Fact("best round", grouped(result.keptRound))) }
    }
    facts.append(Fact("parameters", grouped(job.trained.model.parameterCount)))
    facts.append(Fact("features", grouped(job.featureNames.count)))
    let rows = splits.map { "\(grouped(job.rowCounts[$0] ?? 0)) \($0.rawValue)" }
    facts.append(Fact("rows", rows.joined(separator: ", ")))
    return facts + (continuation?.facts ?? [])
      + result.notes.map { Fact($0.label, $0.value, note: $0.note) }
      + (billing?.facts ?? [])
  }

  /// Why the job ended before its last round.
  private var stopNote: String? {
    guard job.result.stoppedEarly else { return nil }
    return stoppingRule.map { "stopped by \($0.rule)" } ?? "stopped early"
  }

  private var isIterative: Bool { algorithms[job.trained.algorithm]?.isIterative == true }

  private func grouped(_ count: Int) -> String { DecimalText.grouped(String(count)) }

  /// What must not be missed, such as a solver that did not converge.
  var notices: Exhibit? {
    let warnings = job.result.notes.filter { $0.isWarning }
    guard !warnings.isEmpty else { return nil }
    let text = warnings.map { "\($0.label) \($0.value): \($0.note ?? "")" }
    return .notice(kind: .advice, text: text.joined(separator: "; "))
  }

  /// Metrics by split.
  var scoreTable: Exhibit {
    let rows = shown.compactMap { name -> [TableCell]? in
      guard let place = metrics.firstIndex(where: { $0.name == name }) else { return nil }
      return [.code(name)]
        + shownSplits.map { split in
          job.scores[split]?[place].map { .number($0, metrics[place].format) } ?? .missing
        }
    }
    return .table(
      TableExhibit(
        caption: "Metrics of the model on each split",
        columns: [TableColumn("metric")] + shownSplits.map { TableColumn($0.rawValue, .numeric) },
        rows: rows
      )
    )
  }

  /// A learning curve for each metric that was measured after each round.
  var curves: Exhibit? {
    let history = job.result.history
    guard isIterative, history.rounds.count > 1 else { return nil }
    let charts = shownCurves(history).prefix(4).map { Exhibit.chart(.line(curve($0, history))) }
    return charts.count == 1 ? charts.first : .group(Array(charts))
  }

  private func curve(_ metric: String, _ history: MetricHistory) -> LineChart {
    let rounds = (1...history.rounds.count).map { Double($0) }
    let series = history.splits.filter { shownSplits.contains($0) }.map { split in
      LineChart.Series(
        split.rawValue,
        x: rounds,
        y: (history.curve(metric, on: split) ?? []).map { $0 ?? .nan }
      )
    }
    return LineChart(
      ChartText("\(metric) by round", description(metric, history)),
      x: ChartAxis("round", format: .thousands),
      y: ChartAxis(metric),
      series: series,
      marks: [bestMark(metric, history)].compactMap { $0 } + ruleMarks(metric, history)
    )
  }

  private func description(_ metric: String, _ history: MetricHistory) -> String {
    let ends = history.splits.filter { shownSplits.contains($0) }.compactMap { split -> String? in
      let values = (history.curve(metric, on: split) ?? []).compactMap { $0 }
      guard let first = values.first, let last = values.last else { return nil }
      return "\(split.rawValue) from \(short(first)) to \(short(last))"
    }
    return
      "\(metric) after each of \(history.rounds.count) rounds: \(ends.joined(separator: ", "))."
  }

  /// The kept round, on the split that was watched.
  private func bestMark(_ metric: String, _ history: MetricHistory) -> ChartMark? {
    guard let rule else { return nil }
    let round = job.result.keptRound
    guard let value = history.value(metric, on: rule.split, after: round), value.isFinite
    else { return nil }
    return ChartMark(
      x: Double(round),
      y: value,
      "best round \(round), \(short(value))",
      drops: true
    )
  }

  func short(_ value: Double) -> String { DecimalText.general(value, digits: 4) }

  /// What the model itself has to show.
  func modelExhibits() throws -> [Exhibit] {
    let model = job.trained.model
    if let clusters = model.clusters { return clusterExhibits(clusters) }
    if let linear = model.coefficients { return coefficientExhibits(linear) }
    if let vectors = model.wordVectors { return wordExhibits(vectors) }
    let tree = model.tree.map { [Exhibit.chart(.tree(treeChart($0)))] } ?? []
    let importances = try model.importances
    return tree + (importances.isEmpty ? [] : importanceExhibits(importances))
  }
}
