import ColophonCore
import ColophonReport
import ColophonTuning

/// What it cost to look in parallel: the same search on the model of the objective, side by side and
/// one job at a time, over a few seeds.
struct TuneParallelism {
  /// Seeds that are averaged over.
  static let seeds = 3
  /// The most jobs that are searched again.
  static let jobLimit = 120

  let workers: Int
  /// Mean best objective after each job, in parallel and one at a time.
  let parallel: [Double]
  let sequential: [Double]
  /// How much worse the parallel search ends on average, on the objective's scale.
  let loss: Double
  let direction: Direction

  /// Nil where there is nothing to compare: one worker, or a strategy that learns nothing.
  init?(_ result: TuneResult) throws {
    let run = result.run
    let kind = run.kind
    let jobs = result.jobs.count
    guard kind.parallelJobs > 1, kind.strategy.learns, !kind.strategy.usesResources,
      jobs <= TuneParallelism.jobLimit, let view = result.view
    else { return nil }
    workers = min(kind.parallelJobs, jobs)
    direction = run.objective.direction
    let seconds = result.record.spans.sorted { $0.trial < $1.trial }.map { $0.end - $0.start }
    func searches(_ workers: Int) throws -> [BestSoFar] {
      try (0..<TuneParallelism.seeds).map { seed in
        try view.replay(
          run.strategy,
          plan: VirtualTuning.Plan(jobs: jobs, workers: workers),
          seconds: seconds,
          seed: UInt64(seed + 1)
        )
      }
    }
    let (many, one) = (try searches(workers), try searches(1))
    parallel = TuneParallelism.mean(many)
    sequential = TuneParallelism.mean(one)
    let costs = zip(many, one).compactMap { ParallelismCost(parallel: $0, sequential: $1)?.loss }
    guard costs.count == TuneParallelism.seeds, !parallel.isEmpty else { return nil }
    loss = costs.reduce(0, +) / Double(costs.count)
  }

  private static func mean(_ searches: [BestSoFar]) -> [Double] {
    let length = searches.map { $0.objectives.count }.min() ?? 0
    return (0..<length).map { place in
      let values = searches.map { $0.objectives[place] ?? .nan }
      return values.reduce(0, +) / Double(values.count)
    }
  }

  /// The two searches as curves.
  func exhibit(_ objective: String) -> Exhibit {
    let ends = [sequential.last, parallel.last].map { $0.map { shortestText($0) } ?? "nothing" }
    let x = parallel.indices.map { Double($0 + 1) }
    return .chart(
      .line(
        LineChart(
          ChartText(
            "What \(workers) at a time cost",
            "The best so far of the same search on the model of the jobs, the mean of "
              + "\(TuneParallelism.seeds) seeds: one at a time it ends at \(ends[0]), \(workers) at a "
              + "time at \(ends[1]).",
            note: "On the model of the jobs, \(TuneParallelism.seeds) seeds."
          ),
          x: ChartAxis("jobs"),
          y: ChartAxis(objective),
          series: [
            LineChart.Series(
              "one at a time",
              x: Array(x.prefix(sequential.count)),
              y: sequential,
              shape: .step
            ),
            LineChart.Series("\(workers) at a time", x: x, y: parallel, shape: .step),
          ]
        )
      )
    )
  }
}
