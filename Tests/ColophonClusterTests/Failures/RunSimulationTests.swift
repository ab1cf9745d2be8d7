import ColophonCluster
import ColophonCore
import Testing

@Suite struct ALongRun {
  func stream(_ index: Int = 0) -> RandomStream {
    RandomStream(root: 1, cell: "run", purpose: "failures", index: index)
  }

  @Test func isItsStepsWhereNothingHappens() {
    var random = stream()
    let run = RunSimulation(RunPlan(steps: 100, stepSeconds: 2, nodes: 4), drawing: &random)
    #expect(run.wall == 200)
    #expect(run.goodput == 1)
    #expect(run.ending == .completed)
  }

  /// 1,000 s of work, a checkpoint of 10 s after each 300 s but not at the end: 3 of them.
  @Test func paysForItsCheckpoints() {
    var random = stream()
    let plan = RunPlan(
      steps: 1000,
      stepSeconds: 1,
      nodes: 1,
      checkpointEvery: 300,
      checkpointSeconds: 10
    )
    let run = RunSimulation(plan, drawing: &random)
    #expect(run.wall == 1030)
    #expect(run.checkpointing == 30)
  }

  /// Taken at 500 s with 190 s of unsaved work, a checkpoint of 10 s fits into the notice: nothing is
  /// lost, and the machines are not paid for while there are none.
  @Test func savesItsWorkAtTheNotice() {
    var random = stream()
    let plan = RunPlan(
      steps: 1000,
      stepSeconds: 1,
      nodes: 1,
      checkpointEvery: 300,
      checkpointSeconds: 10,
      restartSeconds: 60,
      spot: SpotModel(interruptions: [500])
    )
    let run = RunSimulation(plan, drawing: &random)
    #expect(run.lost == 0)
    #expect(run.interruptions == 1)
    #expect(abs(run.billed - (1000 + 10 + 10 + 60 + 10)) < 1e-9)
    #expect(abs(run.wall - run.billed - run.waiting) < 1e-9)
  }

  @Test func endsWhenItHasWaitedTooLong() {
    var random = stream()
    let plan = RunPlan(
      steps: 1000,
      stepSeconds: 1,
      nodes: 1,
      checkpointEvery: 100,
      checkpointSeconds: 1,
      spot: SpotModel(interruptions: [200, 800], meanWait: 1e7, maximumWait: 2000)
    )
    let run = RunSimulation(plan, drawing: &random)
    #expect(run.ending == .maximumWaitTime)
    #expect(run.useful >= 190)
  }

  /// Llama 3's months on 16,384 devices: 2.78 h between failures.
  ///
  /// With 10 s to write a checkpoint and 5 min to restart, first order says 7.5 % of waste; the
  /// mean of 200 runs must agree within a tenth of it and their error.
  @Test func losesWhatTheFirstOrderFormulaSays() {
    let mean = 2.78 * 3600
    let interval = CheckpointInterval.young(cost: 10, meanTimeBetweenFailures: mean)
    let expected = CheckpointInterval.waste(
      interval: interval,
      cost: 10,
      restart: 300,
      meanTimeBetweenFailures: mean
    )
    #expect(abs(expected - 0.0749) < 0.0005)
    let plan = RunPlan(
      steps: 500_000,
      stepSeconds: 5,
      nodes: 2048,
      checkpointEvery: interval,
      checkpointSeconds: 10,
      restartSeconds: 300,
      spares: 100,
      failures: FailureModel(deviceMeanTime: mean * 16_384)
    )
    var sum = 0.0
    for index in 0..<200 {
      var random = stream(index)
      sum += 1 / RunSimulation(plan, drawing: &random).goodput - 1
    }
    #expect(abs(sum / 200 - expected) < 0.1 * expected)
  }

  /// √(2 · 60 · 10,008) = 1,095.9 s; Daly's adds a twelfth of a per cent and takes the cost off.
  @Test func hasYoungsAndDalysIntervals() {
    let young = CheckpointInterval.young(cost: 60, meanTimeBetweenFailures: 10_008)
    #expect(abs(young - 1095.89) < 0.01)
    let daly = CheckpointInterval.daly(cost: 60, meanTimeBetweenFailures: 10_008)
    let ratio = 60 / (2 * 10_008.0)
    #expect(abs(daly - (young * (1 + ratio.squareRoot() / 3 + ratio / 9) - 60)) < 1e-9)
    #expect(CheckpointInterval.daly(cost: 30, meanTimeBetweenFailures: 10) == 10)
  }
}

/// Runs whose capacity comes and goes.
@Suite struct AnElasticRun {
  private func play(_ plan: RunPlan) -> RunSimulation {
    var random = RandomStream(root: 1, cell: "run", purpose: "failures", index: 0)
    return RunSimulation(plan, drawing: &random)
  }

  private func plan(elastic: Bool, _ trace: [CapacityChange]) -> RunPlan {
    RunPlan(
      steps: 1000,
      stepSeconds: 1,
      nodes: 4,
      checkpointEvery: 1e6,
      checkpointSeconds: 10,
      restartSeconds: 20,
      isElastic: elastic,
      spot: SpotModel(.trace(trace, length: 1e9))
    )
  }

  /// 100 s at full speed, a checkpoint of 10 and a restart of 20, 400 s at half speed until 530, a
  /// checkpoint and a restart to grow again, then the 700 s that are left.
  @Test func goesOnWithTheNodesAtHand() {
    let trace = [
      CapacityChange(time: 100, nodes: 2), CapacityChange(time: 530, nodes: 4),
    ]
    let run = play(plan(elastic: true, trace))
    #expect(run.ending == .completed)
    #expect(abs(run.wall - (100 + 10 + 20 + 400 + 10 + 20 + 700)) < 1e-9)
    #expect(run.lost == 0)
    #expect(run.resizes == 2)
    #expect(run.interruptions == 1)
    // Half of the nodes are paid for from the end of the notice's checkpoint until there are four.
    #expect(abs(run.billed - (110 + 0.5 * 420 + 0.5 * 10 + 720)) < 5 + 1e-9)
  }

  /// The same capacity where all nodes are needed: it waits from 110 to 530, for nothing.
  @Test func waitsForAllNodesWhereItMust() {
    let trace = [
      CapacityChange(time: 100, nodes: 2), CapacityChange(time: 530, nodes: 4),
    ]
    let run = play(plan(elastic: false, trace))
    #expect(abs(run.wall - (100 + 10 + 420 + 20 + 900)) < 1e-9)
    #expect(abs(run.waiting - 420) < 1e-9)
    #expect(abs(run.billed - (110 + 20 + 900)) < 1e-9)
  }

  /// A node that fails is replaced by the spare at once; the second failure finds none.
  @Test func healsWithSparesAsLongAsThereAreSome() {
    var plan = RunPlan(
      steps: 10_000,
      stepSeconds: 1,
      nodes: 2,
      devicesPerNode: 1,
      checkpointEvery: 100,
      checkpointSeconds: 1,
      restartSeconds: 5,
      replacementSeconds: 1e5,
      failures: FailureModel(deviceMeanTime: 6000)
    )
    let alone = play(plan)
    plan.spares = 1000
    let healed = play(plan)
    #expect(alone.failures > 0 && alone.waiting > 0)
    #expect(healed.waiting == 0)
    #expect(healed.wall < alone.wall)
  }

  /// Correlated events take several nodes; independent ones of the same number of nodes an hour
  /// interrupt more often.
  @Test func isInterruptedLessByEventsThatTakeMoreAtOnce() {
    func interruptions(_ rate: Double, _ nodes: Int) -> Int {
      var plan = RunPlan(
        steps: 500_000,
        stepSeconds: 1,
        nodes: 16,
        checkpointEvery: 600,
        checkpointSeconds: 10,
        isElastic: true
      )
      plan.spot = SpotModel(.rate(rate, nodes: nodes), meanWait: 1800, horizon: 2e6)
      return play(plan).interruptions
    }
    #expect(interruptions(0.1, 8) * 3 < interruptions(0.8, 1))
  }
}
