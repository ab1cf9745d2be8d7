import ColophonCluster
import ColophonCore
import ColophonReport

extension SimulateReport {
  /// What more of each resource would save.
  func gainTable(_ sensitivity: Sensitivity) -> TableExhibit {
    let copies = sensitivity.twiceTheCopies.map { saving -> [TableCell] in
      [.text("twice the copies, same batch"), .number(saving, .percent(1))]
    }
    return TableExhibit(
      caption: "What more of each would save; \(sensitivity.binding) binds",
      columns: [TableColumn("a tenth more of"), TableColumn("of the step's time", .numeric)],
      rows: sensitivity.gains.map { [.text($0.resource), .number($0.saving, .percent(1))] }
        + (copies.map { [$0] } ?? [])
    )
  }

  /// The cell's plan beside its variants.
  var variantTable: TableExhibit {
    let own = [(name: "this cell", answer: answer)]
    return TableExhibit(
      caption: "Plans side by side",
      columns: SimulateReport.planColumns,
      rows: (own + variants).map { planRow($0.name, $0.answer.candidate, $0.answer.estimate) }
    )
  }

  /// The best plans of a search.
  func searchTable(_ search: PlanSearch) -> TableExhibit {
    let front = PlanSearch.front(search.ranked).count
    let count = text(Double(search.examined), .thousands)
    return TableExhibit(
      caption: "The best of \(count) plans, of which \(text(Double(search.unfit), .thousands)) "
        + "don't fit" + (front > 1 ? "; \(front) are best in time or cost" : ""),
      columns: SimulateReport.planColumns,
      rows: search.ranked.prefix(40).enumerated().map { index, ranked in
        planRow("\(index + 1)", ranked.candidate, ranked.estimate)
      },
      visibleRows: 10
    )
  }

  private static var planColumns: [TableColumn] {
    [
      TableColumn("plan"), TableColumn("layout"), TableColumn("step", unit: "s", .numeric),
      TableColumn("MFU", .numeric), TableColumn("memory", .numeric), TableColumn("fits"),
    ]
  }

  private func planRow(
    _ name: String,
    _ candidate: PlanSpace.Candidate,
    _ estimate: StepEstimate
  ) -> [TableCell] {
    [
      .text(name), .code(SimulateReport.symbols(candidate)), .number(estimate.seconds),
      .number(estimate.mfu, .percent(1)), .number(estimate.memory.total, .bytes),
      .text(estimate.memory.total <= capacity ? "yes" : "no"),
    ]
  }

  /// A whole run: what it comes to, and what happened when.
  func runExhibits(_ run: SimulateLength) -> [Exhibit] {
    let outcome = run.outcome
    var facts = [
      Fact("steps", text(Double(run.plan.steps), .thousands)),
      Fact("wall time", text(outcome.wall, .seconds), note: outcome.ending.rawValue),
      Fact("goodput", text(outcome.goodput, .percent(1)), note: "useful time over wall time"),
      Fact("lost work", text(outcome.lost, .seconds)),
      Fact("checkpoints", text(outcome.checkpointing, .seconds), note: checkpointNote(run.plan)),
      Fact("restarts", text(outcome.restarting, .seconds)),
      Fact("waiting for machines", text(outcome.waiting, .seconds)),
      Fact(
        "events",
        "\(outcome.failures) failures, \(outcome.interruptions) interruptions"
      ),
    ]
    if let cost = cost(outcome.billed) { facts.append(Fact("cost", text(cost, .usd))) }
    return [.facts(facts), runChart(outcome), nodesChart(outcome)].compactMap { $0 }
  }

  private func checkpointNote(_ plan: RunPlan) -> String? {
    plan.checkpointEvery.map { "one after each \(text($0, .seconds)) of work" }
  }

  private func runChart(_ outcome: RunSimulation) -> Exhibit? {
    guard outcome.spans.count > 1, outcome.spans.count <= 3000 else { return nil }
    let kinds: [RunSimulation.Span.Kind] = [.working, .lost, .restarting, .waiting]
    let hour = 3600.0
    let lanes = kinds.enumerated().map { index, kind in
      TimelineChart.Lane(
        kind.rawValue,
        outcome.spans.filter { $0.kind == kind }.map {
          TimelineChart.Span(from: $0.start / hour, to: $0.end / hour, kind: index)
        }
      )
    }.filter { !$0.spans.isEmpty }
    return .chart(
      .timeline(
        TimelineChart(
          ChartText(
            "The run, event by event",
            "\(outcome.failures) failures and \(outcome.interruptions) interruptions in "
              + "\(text(outcome.wall, .seconds))."
          ),
          axis: ChartAxis("time", unit: "h"),
          lanes: lanes,
          kinds: kinds.map { $0.rawValue }
        )
      )
    )
  }

  /// The nodes at work over time, where they are not always the same.
  func nodesChart(_ outcome: RunSimulation) -> Exhibit? {
    guard outcome.resizes > 0, outcome.spans.count <= 3000 else { return nil }
    let points = outcome.spans.flatMap { span in
      [(span.start / 3600, Double(span.nodes)), (span.end / 3600, Double(span.nodes))]
    }
    return .chart(
      .line(
        LineChart(
          ChartText(
            "Nodes at work",
            "The run goes on with fewer nodes while some are away, and has changed their number "
              + "\(outcome.resizes) times."
          ),
          x: ChartAxis("time", unit: "h"),
          y: ChartAxis("nodes", lower: 0),
          series: [LineChart.Series("nodes", x: points.map { $0.0 }, y: points.map { $0.1 })]
        )
      )
    )
  }
}
