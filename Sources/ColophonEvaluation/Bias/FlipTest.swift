import ColophonCore
package import ColophonData
import ColophonMath

/// What would be said of the disadvantaged group's members if their nearest neighbours among the
/// others decided.
///
/// Each member is given the majority of the predictions of its five nearest neighbours among the
/// others (of its single nearest where there are fewer than ten others), by Euclidean distance over
/// the features on their own scales. Of equal distances the earlier row is nearer. A row of weight w
/// is w rows in one place; a vote that is tied counts as a rejection.
///
/// - Complexity: O(n_d · nₐ · features).
/// - SeeAlso: Black, Yeom and Fredrikson, "FlipTest: fairness testing via optimal transport", 2020,
///   of which this is SageMaker Clarify's form.
package struct FlipTest: Hashable, Sendable {
  /// How many neighbours vote, and how many others there must be for so many.
  static let (neighbours, leastOthers) = (5.0, 10.0)
  /// Pairs of rows beyond which neighbours are not sought.
  package static let most = 1_000_000_000

  /// The weight of members who are accepted, though their neighbours among the others are not.
  package let favoured: Double
  /// The weight of members who are rejected, though their neighbours among the others are accepted.
  package let disfavoured: Double
  /// The weight of all members.
  package let members: Double

  /// Why the rows can't be tested; nil where they can.
  package static func obstacle(_ rows: BiasRows) -> String? {
    guard rows.predictions != nil else { return "nothing was predicted" }
    guard let features = rows.features, features.denseColumns > 0, features.sparse == nil,
      features.texts == nil
    else { return "no features to find neighbours by" }
    if features.values.contains(where: { !$0.isFinite }) {
      return "a feature is missing in some rows"
    }
    let members = rows.isDisadvantaged.count { $0 }
    if members.multipliedReportingOverflow(by: rows.count - members).partialValue > most {
      return "more than 1,000,000,000 pairs of rows"
    }
    return nil
  }

  /// Nil where there is an obstacle, or either group has no rows.
  package init?(_ rows: BiasRows, threads: Int = 1) {
    guard let test = FlipSearch(rows, threads: threads)?.test() else { return nil }
    self = test
  }

  fileprivate init(favoured: Double, disfavoured: Double, members: Double) {
    (self.favoured, self.disfavoured, self.members) = (favoured, disfavoured, members)
  }
}

/// The neighbours of some rows, found once for a flip test under any of their weights.
package struct FlipSearch: Sendable {
  private let predictions: [Bool]
  private let weights: [Double]
  private let others: [Int]
  private let members: [Int]
  private let search: NeighbourVote

  /// Nil where there is an obstacle, or either group has no rows.
  ///
  /// Farther neighbours are kept where the rows will be drawn anew.
  package init?(_ rows: BiasRows, forResamples: Bool = false, threads: Int = 1) {
    guard FlipTest.obstacle(rows) == nil, let features = rows.features,
      let predictions = rows.predictions
    else { return nil }
    self.predictions = predictions
    weights = rows.weights ?? Array(repeating: 1, count: rows.count)
    let (weights, isMember) = (weights, rows.isDisadvantaged)
    let kept = isMember.indices.filter { weights[$0] > 0 }
    others = kept.filter { !isMember[$0] }
    members = kept.filter { isMember[$0] }
    guard !others.isEmpty, !members.isEmpty else { return nil }
    search = NeighbourVote(
      features,
      of: members,
      among: others,
      weights: others.map { weights[$0] },
      size: FlipSearch.size(others.reduce(0) { $0 + weights[$1] }),
      forResamples: forResamples,
      threads: threads
    )
  }

  /// How much of a crowd of others votes.
  private static func size(_ crowd: Double) -> Double {
    crowd >= FlipTest.leastOthers ? FlipTest.neighbours : 1
  }

  /// The test under the rows' own weights, or under others of them; nil where either group has none.
  package func test(weights other: [Double]? = nil) -> FlipTest? {
    let weights = other ?? self.weights
    let crowd = others.reduce(0) { $0 + weights[$1] }
    guard crowd > 0 else { return nil }
    let size = FlipSearch.size(crowd)
    var (up, down, total) = (0.0, 0.0, 0.0)
    for (place, row) in members.enumerated() where weights[row] > 0 {
      total += weights[row]
      let isAccepted = search.vote(
        place,
        size: size,
        crowd: crowd,
        weigh: { weights[$0] },
        accepts: { predictions[$0] }
      )
      if predictions[row] && !isAccepted { up += weights[row] }
      if !predictions[row] && isAccepted { down += weights[row] }
    }
    return total > 0 ? FlipTest(favoured: up, disfavoured: down, members: total) : nil
  }
}

extension BiasMetric {
  static let flipTest = BiasMetric(
    "FT",
    .post,
    needs: .neighbours,
    "Counterfactual flip test",
    formula:
      "(F₊ − F₋) / n_d, F₊ those of d accepted against their nearest others, F₋ those rejected",
    range: .closed(-1, 1),
    above: "the group is treated better than its nearest others",
    below: "the group is treated worse than its nearest others",
    undefined: "there are no features to find neighbours by, or one is missing"
  ) { evidence in
    evidence.flips.flatMap { ratio($0.favoured - $0.disfavoured, $0.members) }
  }
}
