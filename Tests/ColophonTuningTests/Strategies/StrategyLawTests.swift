import ColophonCore
import ColophonTuning
import Testing

@Suite struct EveryStrategy {
  static let names = ["Random", "Bayesian", "Grid"]

  func strategy(_ name: String, _ space: SearchSpace) -> any Strategy {
    switch name {
    case "Grid": GridSearch(space)
    case "Bayesian": BayesianSearch()
    default: RandomSearch()
    }
  }

  static let mixed = SearchSpace([
    ParameterRange("rate", .continuous(lower: 1e-4, upper: 1, .automatic)),
    ParameterRange("depth", .integer(lower: 2, upper: 9, .linear)),
    ParameterRange("kind", .categorical([.string("a"), .string("b"), .string("c")])),
    ParameterRange(
      "degree",
      .integer(lower: 1, upper: 3, .linear),
      when: RangeCondition("kind", in: [.string("c")])
    ),
  ])

  func objective(_ configuration: Configuration) -> Double {
    let rate = configuration["rate"]?.asNumber ?? 0
    let depth = configuration["depth"]?.asNumber ?? 0
    let kind = configuration["kind"] == .string("b") ? 0.0 : 1.0
    return (rate - 0.1) * (rate - 0.1) + (depth - 5) * (depth - 5) / 10 + kind
  }

  func run(
    _ name: String,
    jobs: Int,
    failing: Int = 0,
    sign: Double = 1,
    value: ((Configuration) -> Double)? = nil
  ) -> History {
    var history = History(Self.mixed, sign > 0 ? .minimize : .maximize, seed: 5)
    let strategy = strategy(name, Self.mixed)
    while history.trials.count < jobs {
      let index = history.trials.count
      var random = RandomStream(root: 5, cell: "t", purpose: "p", index: index)
      guard case .job(let configuration, _, _) = strategy.propose(history, drawing: &random)
      else { break }
      var trial = Trial(index: index, configuration: configuration)
      history.add(trial)
      if failing > 0, index % failing == 0 {
        trial.state = .failed
      } else {
        trial.state = .completed
        trial.objective = sign * (value ?? objective)(configuration)
      }
      history.tell(trial)
    }
    return history
  }

  @Test(arguments: names)
  func staysInsideAndRepeatsNothing(name: String) {
    let history = run(name, jobs: 40)
    #expect(history.trials.count == 40)
    #expect(Set(history.trials.map { $0.configuration }).count == 40)
    for trial in history.trials {
      #expect(Self.mixed.point(of: trial.configuration) != nil)
      #expect(
        (trial.configuration["degree"] != nil) == (trial.configuration["kind"] == .string("c"))
      )
    }
  }

  @Test(arguments: names)
  func proposesTheSameAgain(name: String) {
    #expect(run(name, jobs: 25).trials == run(name, jobs: 25).trials)
  }

  @Test(arguments: names)
  func survivesFailuresAndEqualObjectives(name: String) {
    #expect(run(name, jobs: 30, failing: 2).trials.count == 30)
    #expect(run(name, jobs: 30) { _ in 1 }.trials.count == 30)
    #expect(run(name, jobs: 30) { _ in .nan }.trials.count == 30)
  }

  @Test(arguments: names)
  func maximisesTheNegativeAlike(name: String) {
    let down = run(name, jobs: 25).trials.map { $0.configuration }
    let up = run(name, jobs: 25, sign: -1).trials.map { $0.configuration }
    #expect(down == up)
  }

  @Test(arguments: names)
  func endsASmallSpaceWithAReason(name: String) {
    let space = SearchSpace([
      ParameterRange("a", .categorical([.integer(1), .integer(2)])),
      ParameterRange("b", .integer(lower: 1, upper: 3, .linear)),
    ])
    var history = History(space, .minimize)
    let strategy = strategy(name, space)
    var reason: String?
    for index in 0..<20 {
      var random = RandomStream(root: 1, cell: "t", purpose: "p", index: index)
      switch strategy.propose(history, drawing: &random) {
      case .job(let configuration, _, _):
        var trial = Trial(index: index, configuration: configuration)
        history.add(trial)
        trial.state = .completed
        trial.objective = Double(index)
        history.tell(trial)
      case .exhausted(let text): reason = text
      case .wait: break
      }
      if reason != nil { break }
    }
    #expect(history.trials.count == 6)
    #expect(reason != nil)
  }
}
