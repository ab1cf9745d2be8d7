import CAllocations
import ColophonCore
import ColophonData
import ColophonLearning
import ColophonMath
import Synchronization
import Testing

/// Notes at the end of every epoch what the thread has asked of the allocator.
private final class AllocationLog: TrainingObserver {
  private let marks = Mutex<[(blocks: Int, bytes: Int)]>([])

  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws {
    let mark = (blocks: ca_blocks(), bytes: ca_bytes())
    marks.withLock { $0.append(mark) }
  }

  /// What an epoch asked for, the first ones left out.
  var epoch: (blocks: Int, bytes: Int) {
    marks.withLock { marks in
      let (last, before) = (marks[marks.count - 1], marks[marks.count - 2])
      return (last.blocks - before.blocks, last.bytes - before.bytes)
    }
  }
}

/// All memory of a step is planned when the learner is made: what is left is the closure that draws,
/// and the names of what is drawn.
///
/// Epochs of the same rows in more and in fewer batches tell what a
/// step costs: all else that an epoch asks for is the same.
@Suite struct NetworkStepsAllocate {
  private static let rows = 512
  /// Blocks and bytes of a step: for closures and names.
  ///
  /// The values of one layer of one batch alone would take 4 KB and more.
  private static let (blocks, bytes) = (32, 3_072)

  private func epoch(
    _ type: any NetworkAlgorithm.Type,
    _ settings: [String: Value],
    batch: Int
  ) throws -> (blocks: Int, bytes: Int) {
    var random = RandomStream(root: 5, cell: "steps", purpose: "rows")
    let values = (0..<Self.rows * 64).map { _ in random.standardNormal() }
    let job = makeJob(
      .binary,
      splits: [
        .train: TrainingRows(
          features: FeatureMatrix(
            names: (0..<64).map { "p\($0)" },
            rows: Self.rows,
            values: values
          ),
          labels: .classes((0..<Self.rows).map { values[64 * $0] > 0 ? 1 : 0 })
        )
      ]
    )
    let all = settings.merging(["epochs": 4, "batch_size": .integer(batch)]) { own, _ in own }
    let log = AllocationLog()
    _ = try network(type, all).recipe.fit(job, observer: log)
    return log.epoch
  }

  @Test(
    .enabled(if: ca_blocks() >= 0),
    arguments: [
      ("mlp", ["layers": [["dense": 64], ["dense": 32]], "optimizer": "adam"]),
      ("mlp", ["layers": [["dense": 512], "batch_norm", ["dropout": 0.2], ["dense": 32]]]),
      (
        "cnn",
        [
          "layers": [
            ["conv2d": ["filters": 8, "padding": "same", "activation": "relu"]],
            ["max_pool": 2], "flatten", ["dense": 16],
          ], "augment": ["flip", ["shift": 1]],
        ]
      ),
      ("rnn", ["layers": [["lstm": 24], ["dense": 8]], "sequence": ["features": 8]]),
      ("rnn", ["layers": [["gru": 16]], "sequence": ["features": 8], "clip_norm": 1]),
    ] as [(String, [String: Value])]
  )
  func nothingThatGrowsWithTheBatchOrTheNetwork(algorithm: String, settings: [String: Value]) throws
  {
    let type = try need(algorithms[algorithm] as? any NetworkAlgorithm.Type)
    let few = try epoch(type, settings, batch: 64)
    let many = try epoch(type, settings, batch: 16)
    let steps = Self.rows / 16 - Self.rows / 64
    let (blocks, bytes) = (many.blocks - few.blocks, many.bytes - few.bytes)
    #expect(blocks <= Self.blocks * steps, "\(blocks) blocks in \(steps) steps")
    #expect(bytes <= Self.bytes * steps, "\(bytes) bytes in \(steps) steps")
  }
}
