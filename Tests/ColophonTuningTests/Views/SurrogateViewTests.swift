import ColophonCore
import ColophonMath
import ColophonTuning
import Testing

@Suite struct ASurrogateView {
  static let space = SearchSpace([
    ParameterRange("a", .continuous(lower: 0, upper: 1, .linear)),
    ParameterRange("b", .continuous(lower: 0, upper: 1, .linear)),
    ParameterRange("c", .continuous(lower: 0, upper: 1, .linear)),
    ParameterRange("idle", .continuous(lower: 0, upper: 1, .linear)),
  ])

  /// a counts by itself; b and c only together.
  static func value(_ configuration: Configuration) -> Double {
    func x(_ name: String) -> Double { configuration[name]?.asNumber ?? 0 }
    return 2 * x("a") + 4 * (x("b") - 0.5) * (x("c") - 0.5)
  }

  static func history(_ direction: Direction = .minimize) -> History {
    Rehearsal(space: space, direction: direction, jobs: 120).run(RandomSearch()) {
      configuration,
      _ in value(configuration)
    }.history
  }

  /// Variances over the cube: 4/12 of a, and 16/144 of b and c together, so 3/4 and 1/4 of the whole.
  @Test func sharesTheVariance() throws {
    let importance = try #require(SurrogateView(Self.history())).importance()
    let shares = importance.effects.map { $0.share }
    #expect(importance.effects.map { $0.names } == [["a"], ["b"], ["c"], ["idle"]])
    for (share, expected) in zip(shares, [0.75, 0, 0, 0]) { #expect(abs(share - expected) < 0.05) }
    let pair = try #require(importance.interactions.first)
    #expect(pair.names == ["b", "c"])
    #expect(abs(pair.share - 0.25) < 0.05)
    let totals = importance.totals.map { $0.share }
    for (total, expected) in zip(totals, [0.75, 0.25, 0.25, 0]) {
      #expect(abs(total - expected) < 0.05)
    }
  }

  @Test(arguments: Direction.allCases)
  func slicesOnTheObjectivesScale(direction: Direction) throws {
    let view = try #require(SurrogateView(Self.history(direction)))
    let effect = try #require(view.mainEffect("a", points: 5))
    for (value, estimate) in zip(effect.values, effect.estimates) {
      #expect(abs(estimate.objective - 2 * (value.asNumber ?? 0)) < 0.1)
      #expect(estimate.lower <= estimate.objective && estimate.objective <= estimate.upper)
    }
    let slice = try #require(view.slice("b", points: 9))
    #expect(slice.values.first == .number(0) && slice.values.last == .number(1))
    let contour = try #require(view.contour("b", "c", points: 4))
    #expect(contour.estimates.count == 4 && contour.estimates.allSatisfy { $0.count == 4 })
    #expect(view.slice("nothing") == nil)
  }

  @Test func seesNothingInTooLittle() {
    let short = Rehearsal(space: Self.space, jobs: 3).run(RandomSearch()) { _, _ in 1 }.history
    #expect(SurrogateView(short) == nil)
  }

  @Test func drawsTheBestLineLast() {
    let lines = ParallelCoordinates(Self.history()).lines
    #expect(lines.count == 120)
    #expect(lines.last?.rank == 0 && lines.first?.rank == 1)
    let objectives = lines.map { $0.objective }
    #expect(objectives == objectives.sorted(by: >))
  }

  @Test func measuresWhatParallelismCost() throws {
    func curve(_ objectives: [Double]) -> BestSoFar {
      var history = History(Self.space, .minimize)
      for (index, objective) in objectives.enumerated() {
        history.add(
          Trial(
            index: index,
            configuration: Configuration(["a": .number(objective)]),
            state: .completed,
            objective: objective
          )
        )
      }
      return BestSoFar(history)
    }
    let cost = try #require(
      ParallelismCost(parallel: curve([5, 4, 4, 3]), sequential: curve([5, 2, 3, 1]))
    )
    #expect(cost.loss == 2)
    #expect(cost.parallelJobs == 4 && cost.sequentialJobs == 2)
  }
}
