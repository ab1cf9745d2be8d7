import ColophonCluster
import ColophonCore
import Testing

@Suite struct TheSearchForAPlan {
  let model = Transformer(
    layers: 40,
    hidden: 6144,
    heads: 48,
    sequence: 2048,
    vocabulary: 51_200
  )

  func cluster(_ devices: Int) throws -> Cluster {
    Cluster(
      accelerator: try #require(accelerators["A100-SXM4-80GB"]),
      devices: devices,
      networkBandwidth: 200e9
    )
  }

  @Test func ranksOnlyPlansThatFitByTheirTime() throws {
    let cluster = try cluster(64)
    let settings = StepSettings(globalBatch: 256, microBatch: 1, attention: .flash)
    let search = PlanSearch(
      .transformer(model),
      settings,
      on: cluster,
      in: PlanSpace(on: cluster)
    )
    #expect(search.examined > 500)
    #expect(search.unfit > 0)
    let seconds = search.ranked.map { $0.estimate.seconds }
    #expect(seconds == seconds.sorted())
    #expect(search.ranked.allSatisfy { $0.estimate.memory.total <= cluster.accelerator.memory })
  }

  /// The closed form is what the events give where all stages are alike and messages are free.
  @Test(arguments: [ScheduleKind.gpipe, .oneForwardOneBackward, .interleaved])
  func estimatesLikeTheEvents(schedule: ScheduleKind) throws {
    let cluster = try cluster(64)
    let settings = StepSettings(globalBatch: 256, microBatch: 1, attention: .flash)
    let plan = Plan(
      data: 2,
      tensor: 8,
      pipeline: 4,
      sharesSequence: true,
      schedule: schedule,
      interleave: 2
    )
    let simulator = try #require(StepSimulator(.transformer(model), on: cluster, settings))
    let events = try #require(simulator.estimate(plan)).seconds
    let closed = simulator.closedFormSeconds(plan)
    #expect(abs(closed / events - 1) < 0.03)
  }

  @Test func saysWhatWouldFit() throws {
    let cluster = try cluster(8)
    let settings = StepSettings(globalBatch: 64, microBatch: 4)
    let plan = Plan(data: 4, tensor: 2)
    let remedies = try #require(
      Remedies(.transformer(model), plan, settings, on: cluster)
    )
    #expect(remedies.sentence.hasPrefix("does not fit: "))
    #expect(!remedies.changes.isEmpty)
  }

  @Test func namesTheResourceThatBinds() throws {
    let cluster = try cluster(8)
    let settings = StepSettings(globalBatch: 64, microBatch: 8, attention: .flash)
    let plan = Plan(tensor: 8, sharesSequence: true)
    let what = try #require(Sensitivity(.transformer(model), plan, settings, on: cluster))
    #expect(what.binding == "compute")
    #expect(what.gains.allSatisfy { $0.saving >= 0 && $0.saving < 0.1 })
    // Twice the copies do at most half of the work each; eight copies of eight rows can't be sixteen.
    let twice = try #require(what.twiceTheCopies)
    #expect(twice > 0.3 && twice < 0.5)
    let full = Plan(data: 8)
    let none = try #require(Sensitivity(.transformer(model), full, settings, on: cluster))
    #expect(none.twiceTheCopies == nil)
  }

  @Test func reportsAllThatIsWrongWithAPlan() throws {
    let settings = StepSettings(globalBatch: 10, microBatch: 4)
    let plan = Plan(data: 3, tensor: 7, pipeline: 50)
    let faults = plan.faults(for: .transformer(model), settings, on: try cluster(8))
    #expect(
      faults.map { $0.field } == [
        "parallelism", "parallelism.pipeline", "batch", "parallelism.tensor",
      ]
    )
  }
}
