import ColophonCore
import ColophonData
import ColophonMath

/// A text classifier in the middle of its epochs.
struct TextClassifierLearner: RoundLearner {
  private let recipe: BlazingText
  private let job: TrainingJob
  private let vocabulary: TextVocabulary
  private let classCounts: [Int]
  private let labels: [Int32]
  private let weights: [Double]?
  /// The rows of each split's texts.
  private let texts: [Split: [[Int32]]]
  private var network: TextNetwork
  /// The best epoch's vectors, under early stopping.
  private var remembered: TextNetwork?

  init(_ recipe: BlazingText, _ job: TrainingJob) throws {
    let rows = try job.trainingRows()
    guard case .classes(let labels) = rows.labels else {
      throw TrainingFault.labelsOfOtherKind(job.task)
    }
    guard job.classes.count > 1, labels.allSatisfy({ job.classes.indices.contains(Int($0)) })
    else { throw TrainingFault.labelsOfOtherKind(job.task) }
    try BlazingText.checkWeights(rows.weights)
    let words = try job.splits.mapValues { try BlazingText.words($0.features) }
    let kept = (words[.train] ?? []).indices.filter { rows.weights?[$0] != 0 }
    let training = kept.map { words[.train]?[$0] ?? [] }
    let vocabulary = TextVocabulary(training, recipe, wordNgrams: recipe.wordNgrams)
    guard !vocabulary.words.isEmpty else { throw TrainingFault.noWords(minCount: recipe.minCount) }
    let index = vocabulary.index
    texts = words.mapValues { $0.map { index.rows(of: $0) } }
    var counts = job.classes.map { _ in 0 }
    for row in kept { counts[Int(labels[row])] += 1 }
    var random = job.random("vectors")
    network = TextNetwork(
      rows: vocabulary.rows,
      dimension: recipe.dimension,
      classCounts: counts,
      isHierarchical: recipe.loss == .hierarchicalSoftmax,
      drawing: &random
    )
    self.recipe = recipe
    self.job = job
    self.vocabulary = vocabulary
    classCounts = counts
    self.labels = labels
    weights = rows.weights
  }

  mutating func train(round: Int) throws {
    guard let texts = texts[.train] else { return }
    var random = job.random("epoch \(round)")
    let order = random.permutation(texts.count)
    let total = Double(recipe.epochs) * Double(texts.count)
    for (i, row) in order.enumerated() {
      let done = Double(round - 1) * Double(texts.count) + Double(i)
      let rate = recipe.learningRate * (1 - done / total) * (weights?[row] ?? 1)
      if rate > 0 { network.learn(texts[row], label: Int(labels[row]), rate: Float(rate)) }
    }
    let isFinite = network.output.elements.allSatisfy { $0.isFinite }
    if !isFinite { throw TrainingFault.diverged(round: round) }
  }

  func predictions(for split: Split) throws -> Predictions {
    TextClassifier.predictions(texts[split] ?? [], network, job.task, threads: job.threads)
  }

  mutating func remember(round: Int) throws { remembered = network }

  func checkpoint() throws -> [UInt8] {
    let kept = remembered.map { $0.input.bytes + $0.output.bytes } ?? []
    let header = Value.object(["kept": .boolean(remembered != nil)])
    return HeadedBytes(header: header, body: network.input.bytes + network.output.bytes + kept)
      .encoded()
  }

  mutating func restore(_ checkpoint: [UInt8]) throws {
    let size = 4 * (network.input.elements.count + network.output.elements.count)
    guard let parts = HeadedBytes(decoding: checkpoint),
      parts.body.count == (parts.header["kept"] == .boolean(true) ? 2 : 1) * size
    else { throw TrainingFault.damagedModel(BlazingText.name) }
    network = try read(parts.body[..<size])
    remembered = parts.body.count > size ? try read(parts.body[size...]) : nil
  }

  private func read(_ bytes: ArraySlice<UInt8>) throws -> TextNetwork {
    let split = bytes.startIndex + 4 * network.input.elements.count
    guard let input = FloatRows(bytes: bytes[..<split], dimension: recipe.dimension),
      let output = FloatRows(bytes: bytes[split...], dimension: recipe.dimension)
    else { throw TrainingFault.damagedModel(BlazingText.name) }
    return TextNetwork(
      input: input,
      output: output,
      classes: network.classes,
      tree: network.tree
    )
  }

  /// The model of the remembered epoch, else of the last.
  var model: TextClassifier {
    TextClassifier(
      task: job.task,
      vocabulary: vocabulary,
      classCounts: classCounts,
      isHierarchical: recipe.loss == .hierarchicalSoftmax,
      network: remembered ?? network
    )
  }

  var notes: [TrainingNote] {
    [
      TrainingNote("words", DecimalText.grouped(String(vocabulary.words.count))),
      TrainingNote(
        "runs and parts of words",
        DecimalText.grouped(String(vocabulary.rows - vocabulary.words.count))
      ),
    ]
  }
}
