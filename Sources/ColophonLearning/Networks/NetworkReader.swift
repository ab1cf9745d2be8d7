package import ColophonData
import ColophonMath

/// How rows of a table become what a network reads, fitted on the training rows.
package struct NetworkReader: Codable, Hashable, Sendable {
  /// What the columns are.
  package enum Form: String, Codable, Hashable, Sendable {
    /// One row of numbers.
    case flat
    /// The pixels of an image, row by row, the channels of a pixel side by side.
    case image
    /// The steps of a sequence, the features of a step side by side; steps that are missing at the
    /// end are not part of it.
    case sequence
    /// The words of a text.
    case tokens
  }

  package let form: Form
  /// What an example is: numbers; rows × columns × channels; steps × features.
  package let shape: [Int]
  /// By column, by channel, or by feature of a step: what is taken off, and what it is divided by.
  let means: [Double]
  let scales: [Double]
  /// Whether sequences have different lengths.
  package let hasLengths: Bool
  /// The words that have a token of their own, from 1 on; 0 is every other word.
  let words: [String]?

  /// How many tokens there are.
  package var vocabulary: Int? { words.map { $0.count + 1 } }
  /// How many numbers an example has.
  package var count: Int { shape.reduce(1, *) }

  init(
    _ form: Form,
    shape: [Int],
    means: [Double],
    scales: [Double],
    hasLengths: Bool = false,
    words: [String]? = nil
  ) {
    self.form = form
    self.shape = shape
    self.means = means
    self.scales = scales
    self.hasLengths = hasLengths
    self.words = words
  }

  /// What 0 becomes, by channel: the background of images.
  var background: [Float] { zip(means, scales).map { Float((0 - $0) / $1) } }
}

/// Rows as a network reads them.
struct NetworkRows: Sendable {
  /// Row-major.
  let values: FloatStorage
  let rows: Int
  let width: Int
  /// How many steps each sequence has; nil where all have the same.
  let lengths: [Int32]?
}

extension NetworkReader {
  /// Rows as the network reads them.
  ///
  /// - Throws: `TrainingFault` where they are of another width, or a number is not finite.
  func read(_ features: FeatureMatrix, for algorithm: String) throws -> NetworkRows {
    if form == .tokens { return try readTokens(features, algorithm) }
    guard features.texts == nil, features.columns == count else {
      throw TrainingFault.width(expected: count, found: features.columns)
    }
    let target = FloatStorage(count: features.rows * count)
    var lengths: [Int32] = []
    let period = means.count
    for row in 0..<features.rows {
      let from = features.values[row * count..<(row + 1) * count]
      let length = form == .sequence ? NetworkReader.length(from, features: period) : shape[0]
      if form == .sequence { lengths.append(Int32(length)) }
      let to = target.base + row * count
      for (j, value) in from.enumerated() {
        guard value.isFinite else {
          // Within a sequence a missing number is the mean, behind its end it is nothing.
          if form == .sequence, value.isNaN { continue }
          throw TrainingFault.notFinite(features.names[j], row: row, of: algorithm)
        }
        let scaled = (value - means[j % period]) / scales[j % period]
        // What lies beyond all measure is as far as a float may safely go.
        to[j] = Float(min(max(scaled, -1e15), 1e15))
      }
    }
    return NetworkRows(
      values: target,
      rows: features.rows,
      width: count,
      lengths: hasLengths ? lengths : nil
    )
  }

  /// The steps up to the last that has a number, at least one.
  static func length(_ row: ArraySlice<Double>, features: Int) -> Int {
    guard let last = row.lastIndex(where: { !$0.isNaN }) else { return 1 }
    return (last - row.startIndex) / features + 1
  }

  private func readTokens(_ features: FeatureMatrix, _ algorithm: String) throws -> NetworkRows {
    guard let texts = features.texts else { throw TrainingFault.noTexts(algorithm) }
    let places = Dictionary(uniqueKeysWithValues: zip(words ?? [], 1...))
    let target = FloatStorage(count: texts.count * count)
    var lengths: [Int32] = []
    for (row, text) in texts.enumerated() {
      let found = Tokens.words(text ?? "").prefix(count)
      for j in 0..<count { target.base[row * count + j] = -1 }
      for (j, word) in found.enumerated() {
        target.base[row * count + j] = Float(places[word] ?? 0)
      }
      lengths.append(Int32(max(1, found.count)))
    }
    return NetworkRows(values: target, rows: texts.count, width: count, lengths: lengths)
  }
}
