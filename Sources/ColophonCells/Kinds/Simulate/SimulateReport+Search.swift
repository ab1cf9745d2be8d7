import ColophonCluster
import ColophonCore
import ColophonReport

extension SimulateReport {
  /// What a search found: the best plans, a map of them, and what a smaller cluster would take.
  func searchExhibits(_ search: PlanSearch) -> [Exhibit] {
    var parts: [Exhibit] = [.table(searchTable(search))]
    if search.map.tensors.count * search.map.pipelines.count > 1 {
      parts.append(.chart(.heatmap(planMap(search.map))))
    }
    if sizes.count > 1 {
      if sizes.allSatisfy({ $0.best.cost != nil }) { parts.append(.chart(.scatter(costChart))) }
      parts.append(.table(sizeTable))
    }
    return parts
  }

  private func planMap(_ map: PlanMap) -> HeatmapChart {
    HeatmapChart(
      ChartText(
        "The map of plans",
        "The least seconds of a step for each tensor and pipeline degree, over all other choices; empty "
          + "where nothing fits."
      ),
      rowTitle: "tensor",
      columnTitle: "pipeline",
      rows: map.tensors.map { "\($0)" },
      columns: map.pipelines.map { "\($0)" },
      values: map.seconds
    )
  }

  /// Seconds against USD for a step on the whole cluster and on its halves.
  private var costChart: ScatterChart {
    let front = Set(
      PlanSearch.front(sizes.map { $0.best }).map { $0.candidate.plan.devices }
    )
    func series(_ name: String, _ isFront: Bool) -> ScatterChart.Series {
      let shown = sizes.filter { front.contains($0.cluster.devices) == isFront }
      return ScatterChart.Series(
        name,
        x: shown.map { $0.best.estimate.seconds },
        y: shown.map { $0.best.cost ?? .nan },
        opacity: 1
      )
    }
    let all = [series("best in time or cost", true), series("beaten in both", false)]
    return ScatterChart(
      ChartText(
        "Time against cost",
        "A step on \(sizes.map { "\($0.cluster.devices)" }.joined(separator: ", ")) devices, each with its "
          + "best plan."
      ),
      x: ChartAxis("step", unit: "s", scale: .logarithmic),
      y: ChartAxis("cost of a step", unit: "USD"),
      series: all.filter { !$0.x.isEmpty }
    )
  }

  private var sizeTable: TableExhibit {
    TableExhibit(
      caption: "The best plan of smaller clusters",
      columns: [
        TableColumn("devices", .numeric), TableColumn("layout"),
        TableColumn("step", unit: "s", .numeric), TableColumn("MFU", .numeric),
        TableColumn("cost of a step", unit: "USD", .numeric),
      ],
      rows: sizes.map { size in
        [
          .number(Double(size.cluster.devices), .thousands),
          .code(SimulateReport.symbols(size.best.candidate)),
          .number(size.best.estimate.seconds), .number(size.best.estimate.mfu, .percent(1)),
          size.best.cost.map { .number($0, .usd) } ?? .text("–"),
        ]
      }
    )
  }
}
