import ColophonCore
import ColophonMath
import ColophonTuning
import Testing

@Suite struct EveryStrategy {
  /// Numbers on a curved scale, whole numbers, categories, a condition and a range of one value.
  static let mixed = SearchSpace([
    ParameterRange("rate", .continuous(lower: 1e-4, upper: 1, .automatic)),
    ParameterRange("depth", .integer(lower: 2, upper: 9, .linear)),
    ParameterRange("kind", .categorical([.string("a"), .string("b"), .string("c")])),
    ParameterRange(
      "degree",
      .integer(lower: 1, upper: 3, .linear),
      when: RangeCondition("kind", in: [.string("c")])
    ),
    ParameterRange("fixed", .continuous(lower: 0.5, upper: 0.5, .linear)),
  ])

  static func objective(_ configuration: Configuration, _ resource: Int?) -> Double {
    let rate = configuration["rate"]?.asNumber ?? 0
    let depth = configuration["depth"]?.asNumber ?? 0
    let kind = configuration["kind"] == .string("b") ? 0.0 : 1.0
    let rest = 1 / Double(resource ?? 9)
    return (rate - 0.1) * (rate - 0.1) + (depth - 5) * (depth - 5) / 10 + kind + rest
  }

  static func strategy(_ name: String, _ space: SearchSpace) throws -> any Strategy {
    var options = StrategyOptions()
    options.maximumResource = 9
    options.usesModel = true
    return try #require(strategies[name]).make(space, options)
  }

  func run(_ name: String, jobs: Int, parallel: Int = 1, sign: Double = 1) throws -> History {
    try Rehearsal(
      space: Self.mixed,
      direction: sign > 0 ? .minimize : .maximize,
      jobs: jobs,
      parallel: parallel
    ).run(Self.strategy(name, Self.mixed)) { sign * Self.objective($0, $1) }.history
  }

  @Test(arguments: strategies.names, [1, 4])
  func staysInsideAndRepeatsNothing(name: String, parallel: Int) throws {
    let history = try run(name, jobs: 40, parallel: parallel)
    #expect(history.trials.count == 40)
    let starts = history.trials.filter { $0.resumes == nil }
    #expect(Set(starts.map { $0.configuration }).count == starts.count)
    for trial in history.trials {
      #expect(Self.mixed.point(of: trial.configuration) != nil)
      #expect(
        (trial.configuration["degree"] != nil) == (trial.configuration["kind"] == .string("c"))
      )
      #expect(trial.configuration["fixed"] == .number(0.5))
    }
  }

  @Test(arguments: strategies.names)
  func proposesTheSameAgain(name: String) throws {
    #expect(try run(name, jobs: 30, parallel: 3).trials == run(name, jobs: 30, parallel: 3).trials)
  }

  /// The vectors' width must not show in a proposal.
  @Test(arguments: strategies.names)
  func proposesTheSameOnEveryCodePath(name: String) throws {
    let plain = try CodePath.withPath(.scalar) { try run(name, jobs: 30).trials }
    #expect(try run(name, jobs: 30).trials == plain)
  }

  @Test(arguments: strategies.names)
  func survivesFailuresAndEqualObjectives(name: String) throws {
    let strategy = try Self.strategy(name, Self.mixed)
    let half = Rehearsal(space: Self.mixed, jobs: 30, fails: { $0 % 2 == 0 })
    #expect(half.run(strategy, Self.objective).history.trials.count == 30)
    let all = Rehearsal(space: Self.mixed, jobs: 30, fails: { _ in true })
    #expect(all.run(strategy, Self.objective).history.trials.count == 30)
    let plain = Rehearsal(space: Self.mixed, jobs: 30)
    for value in [1.0, .nan, .infinity, -.infinity] {
      #expect(plain.run(strategy) { _, _ in value }.history.trials.count == 30)
    }
  }

  @Test(arguments: strategies.names)
  func maximisesTheNegativeAlike(name: String) throws {
    let down = try run(name, jobs: 30).trials.map { $0.configuration }
    let up = try run(name, jobs: 30, sign: -1).trials.map { $0.configuration }
    #expect(down == up)
  }

  /// Six configurations, then four, then one.
  @Test(arguments: strategies.names)
  func endsASmallSpaceWithAReason(name: String) throws {
    let a = ParameterRange("a", .categorical([.integer(1), .integer(2)]))
    let b = ParameterRange("b", .integer(lower: 1, upper: 3, .linear))
    let one = ParameterRange("one", .integer(lower: 7, upper: 7, .linear))
    let hidden = ParameterRange(
      "b",
      .integer(lower: 1, upper: 3, .linear),
      when: RangeCondition("a", in: [.integer(2)])
    )
    for (ranges, count) in [([a, b], 6), ([a, hidden], 4), ([one], 1)] {
      let space = SearchSpace(ranges)
      let played = Rehearsal(space: space, jobs: 50).run(try Self.strategy(name, space)) {
        configuration,
        _ in configuration["b"]?.asNumber ?? 0
      }
      let starts = played.history.trials.filter { $0.resumes == nil }
      #expect(starts.count == count, "\(name), \(count) configurations")
      #expect(played.reason?.isEmpty == false)
    }
  }

  /// A proposal depends on the history alone, so a tuning that was killed goes on with the same.
  @Test(arguments: strategies.names)
  func goesOnFromAnyHistory(name: String) throws {
    let whole = try run(name, jobs: 24)
    var again = History(Self.mixed, .minimize, seed: 5)
    for trial in whole.trials {
      var random = RandomStream(root: 5, cell: "t", purpose: "p", index: trial.index)
      let proposal = try Self.strategy(name, Self.mixed).propose(again, drawing: &random)
      #expect(
        proposal
          == .job(trial.configuration, resource: trial.resource, resumes: trial.resumes)
      )
      again.add(trial)
    }
  }
}
