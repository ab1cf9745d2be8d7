import ColophonCore
import ColophonData
import ColophonLearning
import ColophonMath
import Testing

private struct Stop: TrainingInterruption { var leavesTime: Bool }

private struct StopAfter: TrainingObserver {
  var round: Int
  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws {
    if progress.round == round { throw Stop(leavesTime: true) }
  }
}

/// All that draws or remembers at once: dropout, augmentation, a plateau, two moments, running means.
@Suite struct NetworksThatDraw {
  private static let images: [String: Value] = [
    "layers": [
      ["conv2d": ["filters": 3, "padding": "same", "activation": "relu"]], "batch_norm",
      ["max_pool": 2], "flatten", ["dropout": 0.3], ["dense": ["units": 6, "activation": "tanh"]],
    ],
    "augment": ["flip", ["rotate": 20], ["crop": 0.7], ["shift": 1], ["noise": 0.2]],
    "schedule": ["name": "plateau", "patience": 0, "gamma": 0.5],
    "optimizer": ["name": "adamw", "lr": 0.05, "weight_decay": 0.01],
    "epochs": 7, "batch_size": 16, "clip_norm": 1,
  ]

  private func job(threads: Int = 1) -> TrainingJob {
    func rows(_ count: Int, _ purpose: String) -> TrainingRows {
      var random = RandomStream(root: 2, cell: "images", purpose: purpose)
      let values = (0..<count * 36).map { _ in random.standardNormal() }
      return TrainingRows(
        features: FeatureMatrix(
          names: (0..<36).map { "p\($0)" },
          rows: count,
          values: values
        ),
        labels: .classes((0..<count).map { values[36 * $0 + 14] > 0 ? 1 : 0 })
      )
    }
    return makeJob(
      .binary,
      splits: [.train: rows(70, "train"), .validation: rows(30, "validation")],
      early: EarlyStopping(split: .validation, metric: "log_loss", patience: 6),
      threads: threads
    )
  }

  @Test func endInTheSameBytesWhereverTheyAreInterrupted() throws {
    let recipe = network(ConvolutionalNetwork.self, Self.images).recipe
    let expected = try recipe.fit(job(), observer: SilentObserver())
    for threads in [2, 4] {
      let found = try recipe.fit(job(threads: threads), observer: SilentObserver())
      #expect(try found.model.encoded() == expected.model.encoded(), "\(threads) threads")
    }
    var job = job()
    job.keeper = MemoryKeeper(every: 1_000_000)
    for round in 1..<expected.rounds {
      #expect(throws: Stop.self) { try recipe.fit(job, observer: StopAfter(round: round)) }
    }
    let resumed = try recipe.fit(job, observer: SilentObserver())
    #expect(try resumed.model.encoded() == expected.model.encoded())
    #expect(resumed.history == expected.history)
  }
}
