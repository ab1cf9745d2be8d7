import ColophonCore
import ColophonData
import ColophonMath

/// Word vectors in the middle of their epochs.
struct WordVectorLearner: RoundLearner {
  private let recipe: BlazingText
  private let job: TrainingJob
  private let vocabulary: TextVocabulary
  /// The words of each text that have a vector.
  private let texts: [[Int32]]
  /// The rows of each word and its parts.
  private let rows: [[Int32]]
  /// The chance that an occurrence of a word is kept.
  private let kept: [Double]
  private let noise: AliasTable
  private var network: WordVectorNetwork
  /// The mean loss of the last epoch.
  private var loss = Double.nan

  init(_ recipe: BlazingText, _ job: TrainingJob) throws {
    let training = try job.trainingRows()
    try BlazingText.checkWeights(training.weights)
    let words = try BlazingText.words(training.features).enumerated()
      .filter { training.weights?[$0.offset] != 0 }.map { $0.element }
    let vocabulary = TextVocabulary(words, recipe, wordNgrams: 1)
    guard vocabulary.words.count > 1 else {
      throw TrainingFault.noWords(minCount: recipe.minCount)
    }
    let index = vocabulary.index
    texts = words.map { $0.compactMap { index.place($0) } }
    rows = vocabulary.words.map { index.rows(ofWord: $0) }
    let total = Double(vocabulary.counts.reduce(0, +))
    kept = vocabulary.counts.map { count in
      let ratio = recipe.samplingThreshold * total / Double(count)
      return recipe.samplingThreshold == 0 ? 1 : min(1, ratio.squareRoot() + ratio)
    }
    // Mikolov et al., 2013: chances go with counts to the power of three quarters.
    noise = AliasTable(weights: vocabulary.counts.map { Elementary.pow(Double($0), 0.75) })
    var random = job.random("vectors")
    let bound = 1 / Double(recipe.dimension)
    let count = vocabulary.rows * recipe.dimension
    network = WordVectorNetwork(
      input: FloatRows(
        dimension: recipe.dimension,
        elements: (0..<count).map { _ in Float((2 * random.uniform() - 1) * bound) }
      ),
      output: FloatRows(count: vocabulary.words.count, dimension: recipe.dimension)
    )
    self.recipe = recipe
    self.job = job
    self.vocabulary = vocabulary
  }

  mutating func train(round: Int) throws {
    var random = job.random("epoch \(round)")
    let order = random.permutation(texts.count)
    let all = texts.reduce(0) { $0 + $1.count }
    var done = (round - 1) * all
    var (sum, pairs) = (0.0, 0)
    for text in order {
      let words = texts[text].filter { kept[Int($0)] >= 1 || random.uniform() < kept[Int($0)] }
      for place in words.indices {
        let share = Double(done) / Double(recipe.epochs * all)
        let rate = Float(recipe.learningRate * (1 - share))
        let (loss, count) = learn(words, at: place, rate: rate, drawing: &random)
        sum += loss
        pairs += count
      }
      done += texts[text].count
    }
    loss = sum / Double(max(pairs, 1))
    if !loss.isFinite || !network.input.elements.allSatisfy({ $0.isFinite }) {
      throw TrainingFault.diverged(round: round)
    }
  }

  /// Learns from the neighbours of one place; returns the loss and over how many draws it is.
  private mutating func learn(
    _ words: [Int32],
    at place: Int,
    rate: Float,
    drawing random: inout RandomStream
  ) -> (loss: Double, draws: Int) {
    let reach = 1 + random.integer(below: recipe.windowSize)
    let around = (max(0, place - reach)...min(words.count - 1, place + reach)).filter {
      $0 != place
    }
    if around.isEmpty { return (0, 0) }
    let own = words[place]
    switch recipe.mode {
    case .cbow:
      let bag = around.flatMap { rows[Int(words[$0])] }
      return (network.learn([bag], draw(own, &random), rate: rate), 1)
    case .batchSkipgram:
      var loss = 0.0
      for start in stride(from: 0, to: around.count, by: recipe.batchSize) {
        let batch = around[start..<min(start + recipe.batchSize, around.count)]
        let bags = batch.map { rows[Int(words[$0])] }
        loss += network.learn(bags, draw(own, &random), rate: rate)
      }
      return (loss, around.count)
    case .skipgram, .supervised:
      var loss = 0.0
      for neighbour in around {
        loss += network.learn(
          [rows[Int(own)]],
          draw(words[neighbour], &random),
          rate: rate
        )
      }
      return (loss, around.count)
    }
  }

  /// Words that are not the target, drawn by the noise.
  private func draw(
    _ target: Int32,
    _ random: inout RandomStream
  ) -> WordVectorNetwork.Draw {
    var negatives: [Int32] = []
    while negatives.count < recipe.negativeSamples {
      let word = Int32(noise.draw(from: &random))
      if word != target { negatives.append(word) }
    }
    return WordVectorNetwork.Draw(target: target, negatives: negatives)
  }

  func predictions(for split: Split) throws -> Predictions { .regression([loss]) }

  mutating func remember(round: Int) throws {}

  func checkpoint() throws -> [UInt8] {
    HeadedBytes(
      header: .object(["loss": .string(String(loss.bitPattern))]),
      body: network.input.bytes + network.output.bytes
    ).encoded()
  }

  mutating func restore(_ checkpoint: [UInt8]) throws {
    guard let parts = HeadedBytes(decoding: checkpoint),
      let bits = parts.header["loss"]?.asString.flatMap({ UInt64($0) }),
      parts.body.count == 4 * (network.input.elements.count + network.output.elements.count)
    else { throw TrainingFault.damagedModel(BlazingText.name) }
    let split = 4 * network.input.elements.count
    guard let input = FloatRows(bytes: parts.body[..<split], dimension: recipe.dimension),
      let output = FloatRows(bytes: parts.body[split...], dimension: recipe.dimension)
    else { throw TrainingFault.damagedModel(BlazingText.name) }
    network = WordVectorNetwork(input: input, output: output)
    loss = Double(bitPattern: bits)
  }

  /// Each word's vector is the mean of its own and its parts'.
  var model: WordVectors {
    WordVectors(
      vocabulary: vocabulary,
      parts: network.input,
      vectors: FloatRows(
        dimension: recipe.dimension,
        elements: rows.flatMap { network.mean($0) }
      )
    )
  }

  var notes: [TrainingNote] {
    [
      TrainingNote("words", DecimalText.grouped(String(vocabulary.words.count))),
      TrainingNote("mode", recipe.mode.rawValue),
    ]
  }
}
