/// When a tree stops growing, as numbers of rows and weights of this training.
struct TreeLimits: Hashable, Sendable {
  var maxDepth = Int.max
  var minSplit = 2
  var minLeaf = 1
  /// The share of the whole weight that must be on either side of a split.
  var minWeightShare = 0.0
  /// How many features are looked at for a split; constant ones among them are made up for only
  /// where all were.
  var maxFeatures = Int.max
  var maxLeaves: Int?
  var minDecrease = 0.0
  /// Whether thresholds are drawn rather than searched.
  var drawsThresholds = false

  /// Whether growing draws random numbers, for a table of so many features.
  func drawsNumbers(features: Int) -> Bool { drawsThresholds || maxFeatures < features }
}
