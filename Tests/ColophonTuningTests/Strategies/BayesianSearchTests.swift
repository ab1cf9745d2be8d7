import ColophonCore
import ColophonTuning
import Testing

@Suite struct ABayesianSearch {
  /// A tenth of the proposals is spread over the categories, however bad they look.
  @Test func keepsAShareForEveryCategory() {
    let space = SearchSpace([
      ParameterRange("kind", .categorical([.string("good"), .string("bad"), .string("worse")])),
      ParameterRange("x", .continuous(lower: 0, upper: 1, .linear)),
    ])
    let history = Rehearsal(space: space, jobs: 90).run(BayesianSearch()) { configuration, _ in
      let x = configuration["x"]?.asNumber ?? 0
      return (x - 0.3) * (x - 0.3) + (configuration["kind"] == .string("good") ? 0 : 50)
    }.history
    for kind in ["good", "bad", "worse"] {
      let own = history.trials.filter { $0.configuration["kind"] == .string(kind) }
      #expect(own.count >= 3, "\(kind)")
    }
  }

  /// Jobs fail for x above 0.6, which is nearly half of the space: few are wasted there once the
  /// bottom at 0.45 is in sight.
  @Test func learnsWhereJobsFail() {
    let space = SearchSpace([
      ParameterRange("x", .continuous(lower: 0, upper: 1, .linear)),
      ParameterRange("y", .continuous(lower: 0, upper: 1, .linear)),
    ])
    let history = Rehearsal(space: space, jobs: 40).run(BayesianSearch()) { configuration, _ in
      let x = (configuration["x"]?.asNumber ?? 0) - 0.45
      let y = (configuration["y"]?.asNumber ?? 0) - 0.4
      return x > 0.15 ? .nan : x * x + y * y
    }.history
    #expect(history.trials.suffix(20).filter { !$0.isObserved }.count <= 5)
    #expect((history.best?.objective ?? 1) < 1e-3)
  }

  /// Thirty hyperparameters, the most that are allowed.
  @Test func copesWithThirtyNumbers() {
    let space = SearchSpace(
      (0..<SearchSpace.limit).map {
        ParameterRange("x\($0)", .continuous(lower: 0, upper: 1, .linear))
      }
    )
    func sum(_ configuration: Configuration, _ resource: Int?) -> Double {
      space.ranges.reduce(0) { sum, range in
        let x = configuration[range.name]?.asNumber ?? 0
        return sum + (x - 0.4) * (x - 0.4)
      }
    }
    let rehearsal = Rehearsal(space: space, jobs: 70)
    let model = rehearsal.run(BayesianSearch(), sum).history.best?.objective ?? .infinity
    let chance = rehearsal.run(RandomSearch(), sum).history.best?.objective ?? 0
    #expect(model < chance / 2)
  }
}
