package import ColophonCore
package import ColophonData

/// What a network of any family is told: layers, loss, optimiser and the rest.
package struct NetworkRecipe: Sendable {
  /// What a family reads.
  package enum Family: String, Hashable, Sendable {
    case flat, image, sequence
  }

  package var family: Family
  package var layers: [LayerRecipe]
  /// Nil takes what fits the task.
  package var loss: (any NetworkLoss)?
  package var optimizer: any NetworkOptimizer
  package var schedule: any LearningSchedule
  package var epochs: Int
  package var batchSize: Int
  package var augmentations: [any ImageAugmentation]
  package var classWeights: ClassWeights
  /// The strength of the penalty on weights, and the share of it that is absolute.
  package var alpha: Double
  package var l1Ratio: Double
  /// Where the slope is cut off: its length, and each of its numbers; nil for nowhere.
  package var clipNorm: Double?
  package var clipValue: Double?
  package var standardize: Bool
  package var standardizeTarget: Bool
  // Images: what the author wrote.
  package var imageHeight: Int?
  package var imageWidth: Int?
  package var imageChannels: Int
  // Sequences.
  package var stepFeatures: Int
  package var maxTokens: Int
  package var minCount: Int
  package var maxLength: Int

  /// Whether the first layer reads tokens, which must not be scaled.
  var beginsWithEmbedding: Bool { layers.first?.layer is EmbeddingLayer }

  /// Rows, columns and channels of an image of so many columns: what is not written follows from
  /// the rest, an image being square where neither side is.
  func imageShape(columns: Int) throws -> [Int] {
    let pixels = columns / imageChannels
    let height: Int
    switch (imageHeight, imageWidth) {
    case (let written?, _): height = written
    case (nil, let width?): height = pixels / width
    case (nil, nil): height = Int(Double(pixels).squareRoot())
    }
    let width = imageWidth ?? (height > 0 ? pixels / height : 0)
    let shape = [height, width, imageChannels]
    guard shape.reduce(1, *) == columns, columns > 0 else {
      let sides = [imageHeight, imageWidth].map { $0.map { "\($0)" } ?? "?" }
      throw TrainingFault.imageWidth(
        columns: columns,
        (sides + ["\(imageChannels)"]).joined(separator: " × ")
      )
    }
    return shape
  }
}
