import ColophonCore
package import ColophonData
import ColophonMath

/// Word vectors: what a word means, by the words around it.
package struct WordVectors: Model, Hashable {
  package static var algorithm: String { BlazingText.name }

  let vocabulary: TextVocabulary
  /// The vectors of words and parts of words as they were learned, which unseen words are made of.
  let parts: FloatRows
  /// Each word's own vector, in the vocabulary's order.
  let vectors: FloatRows

  package var parameterCount: Int { parts.elements.count }
  package var predictsRows: Bool { false }
  package var wordVectors: WordVectors? { self }

  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    throw TrainingFault.predictsNothing
  }

  /// The words by descending count.
  package var words: [String] { vocabulary.words }
  /// How often each word occurs in the training texts.
  package var counts: [Int] { vocabulary.counts }
  package var dimension: Int { vectors.dimension }

  /// A word's vector; of an unseen word the mean of its parts', nil where none is known.
  package func vector(_ word: String) -> [Float]? {
    let index = vocabulary.index
    if let place = index.place(word) { return Array(vectors.row(Int(place))) }
    let rows = index.rows(ofWord: word)
    if rows.isEmpty { return nil }
    return WordVectorNetwork(input: parts, output: vectors).mean(rows)
  }

  /// The words whose vectors point most nearly the same way, with the cosine; ties by count.
  package func nearest(to place: Int, count: Int) -> [(word: String, cosine: Double)] {
    let own = Array(vectors.row(place))
    let length = norm(own)
    let scored = words.indices.filter { $0 != place }.map { other -> (Int, Double) in
      let vector = Array(vectors.row(other))
      let size = length * norm(vector)
      return (other, size > 0 ? dot(own, vector) / size : 0)
    }
    return scored.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(count).map { (words[$0.0], $0.1) }
  }

  /// The first words' places on the two directions in which they differ most (PCA), and what share
  /// of their variance these have.
  package func plane(of count: Int) -> (x: [Double], y: [Double], share: Double) {
    let count = min(count, words.count)
    var rows = (0..<count).map { vectors.row($0).map { Double($0) } }
    for j in 0..<dimension {
      let mean = rows.reduce(0) { $0 + $1[j] } / Double(max(count, 1))
      for i in rows.indices { rows[i][j] -= mean }
    }
    // Rows × rows, which has the same directions and is smaller than dimension × dimension.
    var products = Matrix(rows: count, columns: count)
    for i in 0..<count {
      for j in 0...i {
        products[i, j] = Reduction.dot(rows[i], rows[j])
        products[j, i] = products[i, j]
      }
    }
    let total = (0..<count).reduce(0) { $0 + products[$1, $1] }
    guard count > 2, total > 0 else {
      return ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count), 0)
    }
    let eigen = SymmetricEigen(products)
    let order = eigen.values.indices.sorted { (eigen.values[$1], $0) < (eigen.values[$0], $1) }
    let axes = order.prefix(2).map { k -> [Double] in
      let scale = max(0, eigen.values[k]).squareRoot()
      let axis = (0..<count).map { eigen.vectors[$0, k] * scale }
      // The larger side points up, so that the sign is one.
      let turn = (axis.max() ?? 0) < -(axis.min() ?? 0) ? -1.0 : 1
      return axis.map { turn * $0 }
    }
    let share = order.prefix(2).reduce(0) { $0 + max(0, eigen.values[$1]) } / total
    return (axes[0], axes[1], share)
  }

  private func norm(_ vector: [Float]) -> Double { dot(vector, vector).squareRoot() }

  private func dot(_ a: [Float], _ b: [Float]) -> Double {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        guard let first = a.baseAddress, let second = b.baseAddress else { return 0 }
        return Double(FloatVector.dot(first, second, a.count))
      }
    }
  }

  private struct Header: Codable {
    var kind: String
    var dimension: Int
    var vocabulary: TextVocabulary
  }

  private static let kind = "word-vectors"

  package func encoded() throws -> [UInt8] {
    let header = Header(kind: WordVectors.kind, dimension: dimension, vocabulary: vocabulary)
    return HeadedBytes(header: try Value(encoding: header), body: parts.bytes + vectors.bytes)
      .encoded()
  }

  /// Reads back what `encoded` wrote; nil for anything else.
  init?(decoding bytes: [UInt8]) {
    guard let read = HeadedBytes(decoding: bytes),
      let header = try? read.header.decode(Header.self), header.kind == WordVectors.kind,
      header.dimension > 0
    else { return nil }
    let split = header.vocabulary.rows * header.dimension * 4
    guard read.body.count == split + header.vocabulary.words.count * header.dimension * 4,
      let parts = FloatRows(bytes: read.body[..<split], dimension: header.dimension),
      let vectors = FloatRows(bytes: read.body[split...], dimension: header.dimension)
    else { return nil }
    self.init(vocabulary: header.vocabulary, parts: parts, vectors: vectors)
  }

  init(vocabulary: TextVocabulary, parts: FloatRows, vectors: FloatRows) {
    self.vocabulary = vocabulary
    self.parts = parts
    self.vectors = vectors
  }
}

extension TrainingFault {
  static let predictsNothing = TrainingFault(
    "train.word-vectors",
    "word vectors say nothing about a row",
    hint: "train blazingtext with the mode 'supervised' to predict labels",
    field: "model"
  )
}
