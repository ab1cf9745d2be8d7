import ColophonCore
package import ColophonData
import ColophonMath

/// A text classifier: its vocabulary and its vectors.
package struct TextClassifier: Model, Hashable {
  package static var algorithm: String { BlazingText.name }

  let task: Task
  let vocabulary: TextVocabulary
  /// How often each class occurs in the training texts, which makes the tree.
  let classCounts: [Int]
  let isHierarchical: Bool
  let network: TextNetwork

  package var parameterCount: Int {
    network.input.elements.count + network.output.elements.count
  }

  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    guard let texts = features.texts else { throw TrainingFault.noTexts(BlazingText.name) }
    return TextClassifier.predictions(
      texts.map { $0.map { Tokens.words($0) } ?? [] },
      vocabulary.index,
      network,
      task
    )
  }

  /// What a network says about texts cut into words; one without any known word gets what the
  /// network says of nothing, which is all classes alike.
  static func predictions(
    _ texts: [[String]],
    _ index: TextVocabulary.Index,
    _ network: TextNetwork,
    _ task: Task
  ) -> Predictions {
    predictions(texts.map { index.rows(of: $0) }, network, task, threads: 1)
  }

  /// The same for texts whose rows are known.
  static func predictions(
    _ rows: [[Int32]],
    _ network: TextNetwork,
    _ task: Task,
    threads: Int
  ) -> Predictions {
    let classes = network.classes
    var all = [Double](repeating: 0, count: rows.count * classes)
    let size = 256
    all.withUnsafeMutableBufferPointer { all in
      Workers.share((rows.count + size - 1) / size, among: threads) { block in
        for row in block * size..<min((block + 1) * size, rows.count) {
          let own = network.probabilities(network.hidden(rows[row]))
          for k in 0..<classes { all[row * classes + k] = own[k] }
        }
      }
    }
    if task == .binary { return .binary(scores: rows.indices.map { all[$0 * classes + 1] }) }
    return .multiclass(probabilities: all, classes: classes)
  }

  private struct Header: Codable {
    var kind: String
    var task: Task
    var dimension: Int
    var classCounts: [Int]
    var isHierarchical: Bool
    var vocabulary: TextVocabulary
  }

  private static let kind = "text-classifier"

  package func encoded() throws -> [UInt8] {
    let header = Header(
      kind: TextClassifier.kind,
      task: task,
      dimension: network.input.dimension,
      classCounts: classCounts,
      isHierarchical: isHierarchical,
      vocabulary: vocabulary
    )
    return HeadedBytes(
      header: try Value(encoding: header),
      body: network.input.bytes + network.output.bytes
    ).encoded()
  }

  /// Reads back what `encoded` wrote; nil for anything else.
  init?(decoding bytes: [UInt8]) {
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self), header.kind == TextClassifier.kind,
      header.classCounts.count > 1, header.dimension > 0
    else { return nil }
    let split = header.vocabulary.rows * header.dimension * 4
    let nodes = header.classCounts.count - (header.isHierarchical ? 1 : 0)
    guard parts.body.count == split + nodes * header.dimension * 4,
      let input = FloatRows(bytes: parts.body[..<split], dimension: header.dimension),
      let output = FloatRows(bytes: parts.body[split...], dimension: header.dimension)
    else { return nil }
    task = header.task
    vocabulary = header.vocabulary
    classCounts = header.classCounts
    isHierarchical = header.isHierarchical
    network = TextNetwork(
      input: input,
      output: output,
      classes: classCounts.count,
      tree: isHierarchical ? ClassTree(counts: classCounts) : nil
    )
  }

  init(
    task: Task,
    vocabulary: TextVocabulary,
    classCounts: [Int],
    isHierarchical: Bool,
    network: TextNetwork
  ) {
    self.task = task
    self.vocabulary = vocabulary
    self.classCounts = classCounts
    self.isHierarchical = isHierarchical
    self.network = network
  }
}
