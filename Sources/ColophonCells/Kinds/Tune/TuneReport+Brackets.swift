import ColophonCore
import ColophonReport
import ColophonTuning

extension TuneReport {
  /// Configurations that the picture of brackets shows.
  private static let shownConfigurations = 40

  /// Hyperband's brackets: how far each configuration came, and what became of it at each rung.
  var brackets: [Exhibit] {
    guard kind.strategy.usesResources else { return [] }
    let resources = Set(record.history.trials.compactMap { $0.resource }).sorted()
    guard resources.count > 1 else { return [] }
    return [bracketChart, rungTable(resources)]
  }

  /// The trials that another one goes on from.
  private var promoted: Set<Int> { Set(record.history.trials.compactMap { $0.resumes }) }

  private var bracketChart: Exhibit {
    let direction = run.objective.direction
    let climbs = record.jobs.filter { !$0.isEmpty }.sorted { a, b in
      func place(_ trials: [Trial]) -> (Int, Int, Double, Int) {
        let last = trials[trials.count - 1]
        let loss = last.objective.map { direction.loss($0) } ?? .infinity
        return (trials[0].resource ?? 0, -trials.count, loss, trials[0].index)
      }
      return place(a) < place(b)
    }
    let shown = spread(climbs)
    let promoted = promoted
    let isFailing = climbs.contains { $0[$0.count - 1].state == .failed }
    let kinds = ["went on", "stopped", "ran to the end"] + (isFailing ? ["failed"] : [])
    let lanes = shown.map { trials -> TimelineChart.Lane in
      var done = 0
      let spans = trials.map { trial -> TimelineChart.Span in
        defer { done = trial.curve.count }
        return TimelineChart.Span(
          from: Double(done),
          to: Double(trial.curve.count),
          trial.objective.map { short($0) },
          kind: fate(trial, promoted)
        )
      }
      let name = "from \(trials[0].resource ?? 0): job \(record.number(of: trials[0]))"
      return TimelineChart.Lane(name, spans)
    }
    let starts = Set(climbs.compactMap { $0[0].resource }).count
    let ends = climbs.count { fate($0[$0.count - 1], promoted) == 2 }
    return .chart(
      .timeline(
        TimelineChart(
          ChartText(
            "Hyperband's brackets, configuration by configuration",
            "\(climbs.count) configurations in \(starts) brackets; \(ends) of them ran to the end.",
            note: "A bar's number is \(objectiveName) at that rung."
              + (shown.count < climbs.count
                ? " \(shown.count) of \(climbs.count) configurations, the furthest of each bracket."
                : "")
          ),
          axis: ChartAxis("epochs", format: .thousands),
          lanes: lanes,
          kinds: kinds
        )
      )
    )
  }

  /// The furthest configurations of each bracket, where all are too many.
  private func spread(_ climbs: [[Trial]]) -> [[Trial]] {
    guard climbs.count > TuneReport.shownConfigurations else { return climbs }
    let starts = Set(climbs.map { $0[0].resource ?? 0 }).sorted()
    let each = max(1, TuneReport.shownConfigurations / starts.count)
    return starts.flatMap { start in
      climbs.filter { ($0[0].resource ?? 0) == start }.prefix(each)
    }
  }

  /// By position among the kinds.
  private func fate(_ trial: Trial, _ promoted: Set<Int>) -> Int {
    if promoted.contains(trial.index) { return 0 }
    switch trial.state {
    case .failed: return 3
    case .stopped, .pending: return 1
    case .completed:
      return trial.resource.map { $0 < run.topResource && trial.curve.count >= $0 } == true ? 1 : 2
    }
  }

  /// How many jobs came to each rung, and the best of them there.
  private func rungTable(_ resources: [Int]) -> Exhibit {
    let trials = record.history.trials.filter { $0.resource != nil }
    let starts = record.jobs.compactMap { $0.first?.resource }
    let promoted = promoted
    let rows = resources.map { resource -> [TableCell] in
      let here = trials.filter { $0.resource == resource }
      let losses = here.compactMap { $0.objective }.map { run.objective.direction.loss($0) }
      return [
        .count(resource), .count(starts.count { $0 == resource }), .count(here.count),
        .count(here.count { promoted.contains($0.index) }),
        losses.min().map { .number(run.objective.direction.objective($0), .general(5)) }
          ?? .missing,
      ]
    }
    return .table(
      TableExhibit(
        caption: "Hyperband's rungs",
        columns: [
          TableColumn("epochs", .numeric), TableColumn("started here", .numeric),
          TableColumn("came here", .numeric), TableColumn("went on", .numeric),
          TableColumn("best \(objectiveName)", .numeric),
        ],
        rows: rows
      )
    )
  }
}
