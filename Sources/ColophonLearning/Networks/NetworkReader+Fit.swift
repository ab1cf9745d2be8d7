import ColophonCore
import ColophonData

extension NetworkReader {
  /// Fits the reader of a recipe to its training rows.
  ///
  /// - Throws: `TrainingFault` where the columns are not what the recipe says.
  init(
    _ recipe: NetworkRecipe,
    _ features: FeatureMatrix,
    kept: [Int],
    shares: [Double],
    algorithm: String,
    threads: Int
  ) throws {
    if let texts = features.texts {
      guard recipe.family == .sequence else { throw TrainingFault.noNumbers(algorithm) }
      self = NetworkReader.tokens(texts, kept, recipe)
      return
    }
    guard features.columns > 0 else { throw TrainingFault.noFeatures }
    switch recipe.family {
    case .flat:
      let moments = try ColumnMoments(features, rows: kept, shares: shares, threads: threads)
      self.init(
        .flat,
        shape: [features.columns],
        means: recipe.standardize ? moments.means : moments.means.map { _ in 0 },
        scales: moments.deviations.map { recipe.standardize && $0 > 0 ? $0 : 1 }
      )
    case .image:
      let shape = try recipe.imageShape(columns: features.columns)
      let scaling = try NetworkReader.scaling(features, kept, period: shape[2], recipe, algorithm)
      self.init(.image, shape: shape, means: scaling.means, scales: scaling.scales)
    case .sequence:
      let width = recipe.stepFeatures
      guard features.columns.isMultiple(of: width) else {
        throw TrainingFault.sequenceWidth(columns: features.columns, features: width)
      }
      let steps = features.columns / width
      let scaling = try NetworkReader.scaling(features, kept, period: width, recipe, algorithm)
      let hasLengths = kept.contains { row in
        let own = features.values[row * features.columns..<(row + 1) * features.columns]
        return NetworkReader.length(own, features: width) < steps
      }
      self.init(
        .sequence,
        shape: [steps, width],
        means: scaling.means,
        scales: scaling.scales,
        hasLengths: hasLengths
      )
    }
  }

  /// The mean and the population deviation of every channel or feature over all its columns, missing
  /// numbers left out; rows in order.
  private static func scaling(
    _ features: FeatureMatrix,
    _ kept: [Int],
    period: Int,
    _ recipe: NetworkRecipe,
    _ algorithm: String
  ) throws -> (means: [Double], scales: [Double]) {
    var (sums, counts) = ([Double](repeating: 0, count: period), [Int](repeating: 0, count: period))
    let columns = features.columns
    for row in kept {
      for j in 0..<columns {
        let value = features.values[row * columns + j]
        if value.isNaN, recipe.family == .sequence { continue }
        guard value.isFinite else {
          throw TrainingFault.notFinite(features.names[j], row: row, of: algorithm)
        }
        sums[j % period] += value
        counts[j % period] += 1
      }
    }
    guard recipe.standardize, !recipe.beginsWithEmbedding else {
      return (sums.map { _ in 0 }, sums.map { _ in 1 })
    }
    let means = zip(sums, counts).map { $1 > 0 && $0.isFinite ? $0 / Double($1) : 0 }
    var squares = [Double](repeating: 0, count: period)
    for row in kept {
      for j in 0..<columns {
        let off = features.values[row * columns + j] - means[j % period]
        if !off.isNaN { squares[j % period] += off * off }
      }
    }
    let scales = zip(squares, counts).map { square, count in
      let deviation = count > 0 ? (square / Double(count)).squareRoot() : 1
      return deviation > 0 && deviation.isFinite ? deviation : 1
    }
    return (means, scales)
  }

  /// The words that occur often enough, the most frequent first, equals in the order of their signs.
  private static func tokens(
    _ texts: [String?],
    _ kept: [Int],
    _ recipe: NetworkRecipe
  ) -> NetworkReader {
    var counts: [String: Int] = [:]
    var longest = 1
    for row in kept {
      let words = Tokens.words(texts[row] ?? "")
      longest = max(longest, words.count)
      for word in words { counts[word, default: 0] += 1 }
    }
    let known = counts.filter { $0.value >= recipe.minCount }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(recipe.maxTokens).map { $0.key }
    return NetworkReader(
      .tokens,
      shape: [min(longest, recipe.maxLength), 1],
      means: [],
      scales: [],
      hasLengths: true,
      words: Array(known)
    )
  }
}

extension TrainingFault {
  static func noNumbers(_ algorithm: String) -> TrainingFault {
    TrainingFault(
      "train.text",
      "\(algorithm) learns from numbers, and was given texts",
      hint: "rnn reads texts",
      field: "algorithm"
    )
  }

  static func sequenceWidth(columns: Int, features: Int) -> TrainingFault {
    TrainingFault(
      "train.sequence",
      "\(columns) columns are no whole number of steps of \(features) features",
      hint: "the columns stand step by step, the features of a step side by side",
      field: "sequence"
    )
  }

  static func imageWidth(columns: Int, _ words: String) -> TrainingFault {
    TrainingFault(
      "train.image",
      "\(columns) columns are no image of \(words)",
      hint: "each column is one number of one pixel: height × width × channels of them",
      field: "image"
    )
  }
}
