import ColophonCore
import ColophonLearning
import ColophonMath
import Testing

/// What virtual workers must have in common with one that works alone.
@Suite struct VirtualTrainings {
  static let cases: [(String, FleetCase)] = [
    ("mlp", .mlp()), ("mlp dropout", .mlp(["layers": [["dense": 7], ["dropout": 0.4]]])),
    ("mlp norm", .mlp(["layers": [["dense": 7], "layer_norm"]])), ("cnn", .cnn),
    ("lstm", .rnn("lstm")), ("gru", .rnn("gru")),
  ]

  @Test(arguments: 0..<6) func oneWorkerHasTheTrainCellsBits(index: Int) throws {
    let (name, one) = VirtualTrainings.cases[index]
    let model = try one.algorithm.init(one.network).fit(one.job, observer: SilentObserver()).model
    let alone = try one.training().alone()
    let own = try #require(model as? any FittedNetworkModel).fitted.parameters
    #expect(alone.weights == own, "\(name)")
    for method: Value in ["synchronous", "local_sgd", "asynchronous"] {
      let result = try one.run(["method": method], count: 1)
      #expect(
        result.hasSameBits(as: alone) || method == "asynchronous" && name == "cnn",
        "\(name) \(method)"
      )
    }
    let piped = try one.run(
      ["method": "pipeline", "micro_batches": 1],
      count: 1,
      stages: [Int](repeating: 0, count: 9)
    )
    #expect(piped.hasSameBits(as: alone))
  }

  @Test(arguments: 0..<6, [2, 4, 8])
  func gradientsLieWithinTheBound(index: Int, count: Int) throws {
    let (name, one) = VirtualTrainings.cases[index]
    let result = try one.run(["method": "synchronous"], count: count)
    let audit = try #require(result.audit)
    #expect(audit.holds && !audit.hasSameBits, "\(name): \(audit)")
    #expect(result.audited == result.seconds.count)
    // A bound that is far from what happens says nothing.
    #expect(audit.share > 1e-3, "\(name): \(audit)")
    #expect(try result.difference(from: one.training().alone()) < 1e-3)
  }

  /// The bound must notice a gradient that is wrong by a hundred thousandth.
  @Test func aWrongSumBreaksTheBound() throws {
    struct Biased: GradientReduction {
      static let name = "biased"
      static let summary = ""
      func sum(_ parts: [FloatStorage], perNode: Int, into target: FloatStorage) {
        RingReduction().sum(parts, perNode: perNode, into: target)
        for i in 0..<target.count { target.base[i] *= 1 + 1e-5 }
      }
    }
    let result = try FleetCase.mlp().run(["method": "synchronous"], count: 4, reduction: Biased())
    #expect(result.audit?.holds == false)
  }

  @Test func batchNormalisationClaimsNoEquality() throws {
    let one = FleetCase.mlp(["layers": [["dense": 7], "batch_norm"]])
    let two = try one.run(["method": "synchronous"], count: 2)
    #expect(try one.training().mixesRows)
    #expect(two.audit == nil)
    #expect(
      try one.run(["method": "synchronous"], count: 1).hasSameBits(as: one.training().alone())
    )
  }

  @Test(
    arguments: [
      ["method": "synchronous"], ["method": "local_sgd", "local_steps": 2],
      ["method": "asynchronous"], ["method": "synchronous", "compression": "top_k", "share": 0.1],
      ["method": "pipeline", "micro_batches": 4],
    ] as [[String: Value]]
  )
  func threadsChangeNothing(workers: [String: Value]) throws {
    var many = FleetCase.cnn
    many.threads = 3
    let stages = [0, 0, 1, 1, 1, 1]
    let one = try FleetCase.cnn.run(workers, count: 2, stages: stages)
    #expect(try many.run(workers, count: 2, stages: stages).hasSameBits(as: one))
  }

  /// Where gradients are all that a step takes, one local step is a synchronous one, but for rounding.
  @Test func localStepsOfOneAreSynchronous() throws {
    let one = FleetCase.mlp(["optimizer": ["name": "sgd", "lr": 0.1]])
    let local = try one.run(["method": "local_sgd", "local_steps": 1], count: 4)
    #expect(try local.difference(from: one.training().alone()) < 1e-5)
    let rare = try one.run(["method": "local_sgd", "local_steps": 3], count: 4)
    #expect(try rare.difference(from: one.training().alone()) > 1e-4)
  }

  @Test(arguments: [(2, 0), (4, 0), (4, 2), (3, 5)])
  func stalenessHasItsBound(count: Int, bound: Int) throws {
    var slow = [Double](repeating: 1, count: count)
    slow[count - 1] = 3.7
    let result = try FleetCase.mlp(["epochs": 12]).run(
      ["method": "asynchronous", "staleness": .integer(bound)],
      count: count,
      slowdowns: slow
    )
    let most = try #require(result.staleness.keys.max())
    #expect(most <= (count - 1) * (2 * bound + 1))
    #expect(result.staleness.values.reduce(0, +) == count * result.seconds.count)
    if bound == 0 { #expect(most == count - 1) } else { #expect(most > count - 1) }
  }

  /// Equal workers take turns, so that all but the first gradients are as old as there are others.
  @Test func equalWorkersTakeTurns() throws {
    let result = try FleetCase.mlp(["epochs": 10]).run(["method": "asynchronous"], count: 4)
    #expect(result.staleness == [0: 1, 1: 1, 2: 1, 3: 4 * 30 - 3])
  }

  @Test func stragglersCostTheSynchronousMore() throws {
    let one = FleetCase.mlp(["epochs": 8])
    func time(_ workers: [String: Value]) throws -> Double {
      try one.run(workers, count: 4, slowdowns: [1, 1, 1, 4]).seconds.reduce(0, +)
    }
    let waiting = try time(["method": "synchronous"])
    let free = try time(["method": "asynchronous", "staleness": 1000])
    // The slowest still has to take its own rows; all others are done by then.
    #expect(free < waiting * 1.2)
    let equal = try one.run(["method": "synchronous"], count: 4).seconds.reduce(0, +)
    #expect(waiting > 3 * equal)
  }

  @Test func oldWeightsInAPipelineChangeTheCourse() throws {
    let one = FleetCase.mlp(["layers": [["dense": 7], ["dense": 5]], "epochs": 6])
    let flushed = try one.run(
      ["method": "pipeline", "micro_batches": 5],
      count: 3,
      stages: [0, 1, 2]
    )
    let alone = try one.training().alone()
    #expect(flushed.audit?.holds == true)
    #expect(flushed.difference(from: alone) < 1e-3)
    let old = try one.run(["method": "pipeline", "flush": false], count: 3, stages: [0, 1, 2])
    #expect(old.difference(from: alone) > 1e-3)
    #expect(old.staleness == [2: 16, 1: 17 + 1, 0: 18 + 2])
    let single = try one.run(["method": "pipeline", "flush": false], count: 1, stages: [0, 0, 0])
    #expect(single.hasSameBits(as: alone))
  }

  @Test(
    arguments: [
      ["method": "synchronous"], ["method": "local_sgd", "local_steps": 4],
      ["method": "asynchronous"], ["method": "synchronous", "compression": "one_bit"],
      ["method": "pipeline", "flush": false],
    ] as [[String: Value]]
  )
  func anInterruptionLeavesNoTrace(workers: [String: Value]) throws {
    let one = FleetCase.mlp(["epochs": 6, "layers": [["dense": 7], ["dropout": 0.3]]])
    let stages = [0, 0, 1]
    let whole = try one.run(workers, count: 2, stages: stages)
    let cut = try one.run(
      workers,
      count: 2,
      stages: stages,
      stretches: [
        .init(0..<5, workers: 2), .init(3..<9, workers: 2), .init(3..<4, workers: 2),
        .init(4..<18, workers: 2),
      ]
    )
    #expect(cut.hasSameBits(as: whole))
    #expect(cut.repeated == 2 + 1 + 5)
    #expect(cut.losses.map { $0.loss } == whole.losses.map { $0.loss })
  }

  @Test func anElasticRunStaysWithinRounding() throws {
    let one = FleetCase.mlp()
    let whole = try one.run(["method": "synchronous"], count: 4)
    let elastic = try one.run(
      ["method": "synchronous"],
      count: 4,
      stretches: [.init(0..<5, workers: 4), .init(4..<8, workers: 2), .init(8..<12, workers: 4)]
    )
    #expect(!elastic.hasSameBits(as: whole))
    #expect(elastic.difference(from: whole) < 1e-4)
  }

  @Test(
    arguments: [
      (["method": "sync"], "'sync' is no 'method'"),
      (["local_steps": 3], "'local_steps' is for local_sgd, and this is synchronous"),
      (["share": 0.5], "'share' is for top_k, and this is compression none"),
      (["count": 0], "'count' must be from 1 to 4096, not 0"),
      (["compression": "top_k", "share": 0], "'share' must be above 0 and at most 1, not 0"),
    ] as [([String: Value], String)]
  )
  func saysWhatIsWrongWithAFleet(fields: [String: Value], message: String) {
    #expect(readFleet(fields).1.map { $0.message } == [message])
  }

  @Test func refusesWhatDoesNotDivide() throws {
    let network = try FleetCase.mlp().network
    #expect(try fleet([:]).faults(network, count: 3).map { $0.field } == ["count"])
    let pieces: [String: Value] = ["method": "pipeline", "micro_batches": 7]
    #expect(try fleet(pieces).faults(network, count: 2).map { $0.field } == ["micro_batches"])
    let sent: [String: Value] = ["method": "pipeline", "compression": "one_bit"]
    #expect(try fleet(sent).faults(network, count: 2).map { $0.field } == ["compression"])
  }
}
