/// What is known of the rows of a node before it is split.
struct NodeSummary {
  /// The sum of the rows' weights.
  var weight = 0.0
  /// The number of rows, each counted as its weight in the data rounded up.
  var count = 0
  var impurity = 0.0
  var value: [Double] = []
  /// What a scan starts from: the weight of each class (or of the positive one), or the sum of the
  /// weighted targets on the node's own scale.
  var totals: [Double] = []
  /// Whether all rows are of one class or have one target.
  var isPure = false
}

/// A criterion that follows the rows of a node from the lowest value of a feature to the highest.
///
/// All sums are exact, so the order of rows within a value changes nothing.
protocol SplitScan {
  /// Looks at the rows of a node, in their order, which are then ready to be scanned.
  mutating func summarise(
    _ rows: UnsafeBufferPointer<UInt32>,
    _ payloads: UnsafePointer<UInt32>
  ) -> NodeSummary
  /// Turns to a node that was summarised before.
  mutating func begin(_ node: NodeSummary)
  /// Puts all rows on the right again.
  mutating func restart()
  /// Moves a row to the left.
  mutating func take(_ payload: UInt32)
  var leftWeight: Double { get }
  var leftCount: Int { get }
  /// How good it is to split here, on a scale of the node's own: anything not above `best` where it
  /// is not better than that.
  func merit(over best: Double) -> Double
}

/// The best split that was found in a node.
struct SplitChoice {
  var merit = -Double.infinity
  var feature = -1
  /// The highest rank that goes left.
  var code: UInt32 = 0
  var threshold = 0.0
  var missingGoesLeft = false

  var isFound: Bool { feature >= 0 }

  /// Whether a merit is better; ties go to the feature that stands first.
  func yields(to merit: Double, of feature: Int) -> Bool {
    merit > self.merit || (merit == self.merit && feature < self.feature && isFound)
  }
}

/// How few rows may stand on either side of a split.
struct SplitBounds {
  var count: Int
  var weight: Double
}

extension SplitScan {
  /// Looks at every split of a node by a feature; the lowest threshold among equals is taken.
  ///
  /// Missing values are first sent right, all together as well as beside the higher numbers, and
  /// then left.
  mutating func search(
    _ keys: NodeKeys,
    _ node: NodeSummary,
    feature: Int,
    columns: RankedColumns,
    bounds: SplitBounds,
    best: inout SplitChoice
  ) {
    let start = best.merit
    var found: (merit: Double, code: UInt32, next: UInt32, count: Int, missing: Bool)?
    var bar = feature < best.feature ? start.nextDown : start
    for missingGoesLeft in keys.hasMissing ? [false, true] : [false] {
      restart()
      if missingGoesLeft {
        for i in keys.present..<keys.count { take(UInt32(truncatingIfNeeded: keys.keys[i])) }
      }
      scan(keys, node, bounds, bar: &bar, toTheEnd: keys.hasMissing && !missingGoesLeft) {
        found = ($0, $1, $2, $3, missingGoesLeft)
      }
    }
    guard let found, best.yields(to: found.merit, of: feature) else { return }
    best = SplitChoice(
      merit: found.merit,
      feature: feature,
      code: found.code,
      threshold: found.next == RankedColumns.missing
        ? .infinity : columns.threshold(column: feature, after: found.code, before: found.next),
      // Where the feature has no missing value in the node, later ones go where more rows go.
      missingGoesLeft: keys.hasMissing ? found.missing : 2 * found.count > node.count
    )
  }

  @inline(__always)
  private mutating func scan(
    _ keys: NodeKeys,
    _ node: NodeSummary,
    _ bounds: SplitBounds,
    bar: inout Double,
    toTheEnd: Bool,
    found: (Double, UInt32, UInt32, Int) -> Void
  ) {
    let (sorted, present) = (keys.keys, keys.present)
    let most = node.count - bounds.count
    let heaviest = node.weight - bounds.weight
    var i = 0
    while i < present {
      let code = UInt32(truncatingIfNeeded: sorted[i] >> 32)
      var next = code
      repeat {
        take(UInt32(truncatingIfNeeded: sorted[i]))
        i &+= 1
        next = i < present ? UInt32(truncatingIfNeeded: sorted[i] >> 32) : RankedColumns.missing
      } while next == code
      if i == present && !toTheEnd { return }
      let count = leftCount
      if count < bounds.count { continue }
      if count > most { return }
      if bounds.weight > 0, leftWeight < bounds.weight || leftWeight > heaviest { continue }
      let merit = merit(over: bar)
      guard merit > bar else { continue }
      bar = merit
      found(merit, code, next, count)
    }
  }
}
