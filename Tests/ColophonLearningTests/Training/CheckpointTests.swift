import ColophonCore
import ColophonData
import ColophonLearning
import Testing

@Suite struct Checkpoints {
  private func checkpoint(_ round: Int = 3) -> Checkpoint {
    var history = MetricHistory(metrics: ["a", "b"], splits: [.train, .validation])
    for r in 0..<round {
      history.append([[0.1 * Double(r), nil], [.infinity, -0.0]])
    }
    return Checkpoint(
      job: Digest(of: [1]),
      round: round,
      rounds: 9,
      history: history,
      best: Checkpoint.Best(round: 2, value: 1.0 / 3),
      learner: [1, 2, 3],
      observer: [4]
    )
  }

  @Test func areReadBackToTheLastBit() throws {
    let written = checkpoint()
    let read = try #require(Checkpoint(decoding: try written.encoded()))
    #expect(read == written)
    #expect(try read.encoded() == written.encoded())
    #expect(read.history.rounds[0][1][1]?.sign == .minus)
    var plain = written
    plain.best = nil
    #expect(try Checkpoint(decoding: plain.encoded()) == plain)
  }

  @Test func areNotReadFromOtherBytes() throws {
    let bytes = try checkpoint().encoded()
    #expect(Checkpoint(decoding: []) == nil)
    for end in stride(from: 0, to: bytes.count - 4, by: 7) {
      #expect(Checkpoint(decoding: Array(bytes[..<end])) == nil, "\(end)")
    }
    var random = RandomStream(root: 1, cell: "c", purpose: "bytes")
    for length in [1, 8, 40, 400] {
      #expect(
        Checkpoint(decoding: (0..<length).map { _ in UInt8(random.integer(below: 256)) }) == nil
      )
    }
  }

  /// Two jobs that share a keeper by mistake never take each other's state.
  @Test func ofAnotherJobAreLeftAlone() throws {
    struct End: TrainingInterruption { var leavesTime: Bool { true } }
    struct EndAt: TrainingObserver {
      func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws { throw End() }
    }
    let keeper = MemoryKeeper()
    let recipe = read(XGBoost.self, [("num_round", .integer(5))]).recipe
    var job = try SampleData("cancer").job(.binary)
    job.keeper = keeper
    #expect(throws: End.self) { try recipe.fit(job, observer: EndAt()) }
    var other = try SampleData("diabetes").job(.regression)
    let expected = try recipe.fit(other, observer: SilentObserver())
    other.keeper = keeper
    let found = try recipe.fit(other, observer: SilentObserver())
    #expect(try found.model.encoded() == expected.model.encoded())
  }

  @Test func ofPartsAreApart() throws {
    let keeper = MemoryKeeper()
    keeper.part("a").keepAll([checkpoint(1), checkpoint(2)])
    #expect(keeper.newest() == nil)
    #expect(try keeper.part("a").newest()?.round == 2)
    #expect(try keeper.part("b").newest() == nil)
  }
}

extension CheckpointKeeper {
  fileprivate func keepAll(_ checkpoints: [Checkpoint]) {
    for checkpoint in checkpoints { try? keep(checkpoint) }
  }
}
