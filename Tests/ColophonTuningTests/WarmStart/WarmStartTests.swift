import ColophonCore
import ColophonTuning
import Testing

@Suite struct AWarmStart {
  static let old = SearchSpace([
    ParameterRange("eta", .continuous(lower: 0.01, upper: 1, .logarithmic)),
    ParameterRange("depth", .integer(lower: 1, upper: 10, .linear)),
    ParameterRange("gone", .integer(lower: 1, upper: 2, .linear)),
  ])

  static func parent(_ trials: [Trial], fixed: [String: Value] = [:]) -> ParentTuning {
    ParentTuning(name: "first", space: old, direction: .minimize, trials: trials, fixed: fixed)
  }

  static func trial(_ index: Int, _ eta: Double, _ depth: Int, _ gone: Int) -> Trial {
    Trial(
      index: index,
      configuration: Configuration([
        "eta": .number(eta), "depth": .integer(depth), "gone": .integer(gone),
      ]),
      state: .completed,
      objective: Double(index)
    )
  }

  static let new = SearchSpace([
    ParameterRange("learning_rate", .continuous(lower: 0.1, upper: 1, .logarithmic)),
    ParameterRange("depth", .integer(lower: 1, upper: 20, .linear)),
    ParameterRange("added", .continuous(lower: 0, upper: 1, .linear)),
  ])

  @Test func mapsRenamedNarrowedAddedAndDroppedRanges() {
    var failed = Self.trial(3, 0.5, 3, 1)
    failed.state = .failed
    failed.objective = nil
    let trials = [
      Self.trial(0, 0.5, 3, 1), Self.trial(1, 0.02, 4, 1), Self.trial(2, 0.5, 5, 2), failed,
    ]
    let start = WarmStart(
      .identical,
      parents: [Self.parent(trials, fixed: ["added": .number(0.25)])],
      into: Self.new,
      renamed: ["eta": "learning_rate"],
      fixed: ["gone": .integer(1)]
    )
    #expect(
      start.parents[0].trials.map { $0.configuration } == [
        Configuration([
          "learning_rate": .number(0.5), "depth": .integer(3), "added": .number(0.25),
        ])
      ]
    )
    #expect(
      start.notes.map { $0.text } == [
        "eta is learning_rate here",
        "1 trial outside of the range of learning_rate",
        "added was not tuned there; it was 0.25 in every trial",
        "gone is 1 here: 1 trial with another value",
        "1 trial without an objective",
      ]
    )
    #expect(start.notes.map { $0.leftOut } == [0, 1, 0, 1, 1])
  }

  @Test func transfersWhatIsUnknownAtTheMiddle() {
    let start = WarmStart(
      .transfer,
      parents: [Self.parent([Self.trial(0, 0.5, 3, 1)])],
      into: Self.new,
      renamed: ["eta": "learning_rate"]
    )
    #expect(start.parents[0].trials.first?.configuration["added"] == .number(0.5))
    #expect(start.notes.map { $0.kind } == [.renamed, .added, .dropped])
  }

  @Test func takesIdenticalResultsAsItsOwn() {
    let start = WarmStart(
      .identical,
      parents: [Self.parent([Self.trial(0, 0.5, 3, 1), Self.trial(1, 0.3, 4, 2)])],
      into: Self.old
    )
    let history = History(Self.old, .minimize, warmStart: start)
    #expect(history.contains(Self.trial(0, 0.5, 3, 1).configuration))
    #expect(history.overallBest?.parent == "first")
    #expect(history.overallBest?.trial.objective == 0)
    #expect(history.best == nil)
  }

  // A bowl whose bottom is at (0.3, 0.7).
  static let square = SearchSpace([
    ParameterRange("x", .continuous(lower: 0, upper: 1, .linear)),
    ParameterRange("y", .continuous(lower: 0, upper: 1, .linear)),
    ParameterRange("z", .continuous(lower: 0, upper: 1, .linear)),
  ])

  static func bowl(_ configuration: Configuration, _ at: [Double]) -> Double {
    zip(["x", "y", "z"], at).reduce(0) { sum, pair in
      let off = (configuration[pair.0]?.asNumber ?? 0) - pair.1
      return sum + off * off
    }
  }

  /// The median over seeds of the best objective after some jobs.
  static func median(_ jobs: Int, _ warmStart: WarmStart?) -> Double {
    let finals = (0..<7).map { seed -> Double in
      Rehearsal(space: square, seed: UInt64(seed), jobs: jobs, warmStart: warmStart)
        .run(BayesianSearch()) { configuration, _ in bowl(configuration, [0.3, 0.7, 0.5]) }
        .history.best?.objective ?? .infinity
    }
    return finals.sorted()[3]
  }

  static func parent(bottom: [Double], _ mode: WarmStart.Mode, sign: Double = 1) -> WarmStart {
    let trials = Rehearsal(space: square, seed: 99, jobs: 25).run(BayesianSearch()) {
      configuration,
      _ in sign * bowl(configuration, bottom)
    }.history.trials
    let parent = ParentTuning(name: "p", space: square, direction: .minimize, trials: trials)
    return WarmStart(mode, parents: [parent], into: square)
  }

  /// A parent of nearly the same task is worth more than the jobs before the first model.
  @Test func transfersWhatIsAlike() {
    let warm = Self.median(8, Self.parent(bottom: [0.32, 0.68, 0.52], .transfer))
    #expect(warm < Self.median(8, nil) / 2)
  }

  /// A parent that says the opposite costs a little at first and nothing in the end: after 25 jobs
  /// the regret is as good as none on an objective that spans 0 to 1.
  @Test func suffersNoLastingHarmFromAWrongParent() {
    let wrong = Self.parent(bottom: [0.3, 0.7, 0.5], .transfer, sign: -1)
    #expect(Self.median(25, wrong) < 1e-3)
  }
}
