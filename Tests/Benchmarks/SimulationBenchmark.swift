import ColophonCluster
import ColophonCore

extension Benchmark {
  /// What the simulator takes of one core, beside the limits that it is built for.
  static let simulation = Benchmark(name: "simulation") {
    guard let device = accelerators["A100-SXM4-80GB"] else { return }
    let model = Workload.transformer(
      Transformer(layers: 128, hidden: 12_288, heads: 96, sequence: 2048, vocabulary: 51_200)
    )
    let cluster = Cluster(accelerator: device, devices: 1024, networkBandwidth: 200e9)
    let settings = StepSettings(globalBatch: 1024, microBatch: 1, attention: .flash)
    let plan = Plan(data: 2, tensor: 8, pipeline: 64, sharesSequence: true)
    guard let simulator = StepSimulator(model, on: cluster, settings) else { return }
    var sink = 0.0

    let times = Stopwatch.best(
      { sink += simulator.closedFormSeconds(plan) },
      // 64 stages, 512 micro-batches: 65,536 events.
      { sink += simulator.estimate(plan)?.seconds ?? 0 }
    )
    show("a plan by its closed form", times[0], limit: 0.3e6)
    show("a step event by event, 64 stages, 512 micro-batches", times[1], limit: 20e6)

    var space = PlanSpace(on: cluster, maximumContext: 4)
    space.microBatches = [1, 2, 4, 8, 16, 32]
    var examined = 0
    let search = Stopwatch.best(
      rounds: 2,
      {
        examined = PlanSearch(model, settings, on: cluster, in: space).examined
      }
    )
    show(
      "10,000 plans searched (of \(examined))",
      search[0] * 10_000 / Double(max(1, examined)),
      limit: 3e9
    )

    let month = RunPlan(
      steps: 518_400,
      stepSeconds: 5,
      nodes: 2048,
      checkpointEvery: 600,
      checkpointSeconds: 10,
      spares: 32,
      failures: FailureModel(deviceMeanTime: 45_500 * 3600, correlatedShare: 0.1)
    )
    let run = Stopwatch.best(
      rounds: 3,
      {
        var random = RandomStream(root: 1, cell: "bench", purpose: "failures", index: 0)
        sink += RunSimulation(month, drawing: &random).wall
      }
    )
    show("30 days on 16,384 devices with failures", run[0], limit: 1e9)
    if sink == 0 { print("nothing was simulated") }
  }

  private static func show(_ what: String, _ nanoseconds: Double, limit: Double) {
    print(
      "\(what): \((nanoseconds / 1e6).short) ms, \((nanoseconds / limit).short) of the limit of "
        + "\((limit / 1e6).short) ms"
    )
  }
}
