import ColophonCore
import ColophonTuning
import Testing

@Suite struct AHyperband {
  /// Li and others 2018, Table 1: R = 81, η = 3.
  @Test func hasThePapersBrackets() {
    let band = Hyperband(minimum: 1, maximum: 81, reduction: 3)
    #expect(band.brackets == 5)
    #expect((0..<5).map { band.size(ofBracket: $0) } == [81, 34, 15, 8, 5])
    #expect(band.rungs(ofBracket: 0) == [1, 3, 9, 27, 81])
    #expect(band.rungs(ofBracket: 3) == [27, 81])
  }

  /// A job's loss falls with its epochs towards its own floor; the best go on from where they were.
  @Test func promotesTheBestThirdFromItsCheckpoint() {
    let space = SearchSpace([
      ParameterRange("x", .continuous(lower: 0, upper: 1, .linear))
    ])
    let band = Hyperband(minimum: 1, maximum: 9, reduction: 3)
    var history = History(space, .minimize)
    for index in 0..<60 {
      var random = RandomStream(root: 2, cell: "t", purpose: "p", index: index)
      guard
        case .job(let configuration, let resource, let resumes) = band.propose(
          history,
          drawing: &random
        )
      else { break }
      var trial = Trial(
        index: index,
        configuration: configuration,
        resource: resource,
        resumes: resumes
      )
      history.add(trial)
      let floor = configuration["x"]?.asNumber ?? 1
      trial.objective = floor + 1 / Double(resource ?? 1)
      trial.state = .completed
      history.tell(trial)
    }
    let promoted = history.trials.filter { $0.resumes != nil }
    #expect(!promoted.isEmpty)
    for trial in promoted {
      let before = history.trials[trial.resumes ?? 0]
      #expect(before.configuration == trial.configuration)
      #expect((trial.resource ?? 0) == 3 * (before.resource ?? 0))
      // Among those of its rung that had ended by then it was in the best third.
      let rivals = history.trials.prefix(trial.index).filter { $0.resource == before.resource }
      let better = rivals.filter { ($0.objective ?? 9) < (before.objective ?? 0) }
      #expect(better.count < max(1, rivals.count))
    }
    #expect(Set(promoted.compactMap { $0.resumes }).count == promoted.count)
    #expect(history.best?.resource == 9)
  }
}
