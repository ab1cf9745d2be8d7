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
    guard FlipTest.obstacle(rows) == nil, let features = rows.features,
      let predictions = rows.predictions
    else { return nil }
    func weight(_ row: Int) -> Double { rows.weights?[row] ?? 1 }
    let kept = rows.isDisadvantaged.indices.filter { weight($0) > 0 }
    let others = kept.filter { !rows.isDisadvantaged[$0] }
    let members = kept.filter { rows.isDisadvantaged[$0] }
    guard !others.isEmpty, !members.isEmpty else { return nil }
    let crowd = others.reduce(0) { $0 + weight($1) }
    let search = NeighbourVote(
      features,
      among: others,
      votes: others.map { predictions[$0] },
      weights: others.map(weight),
      size: crowd >= FlipTest.leastOthers ? FlipTest.neighbours : 1
    )
    let counterfactual = search.votes(of: members, in: features, threads: threads)
    var (up, down, total) = (0.0, 0.0, 0.0)
    for (row, other) in zip(members, counterfactual) {
      total += weight(row)
      if predictions[row] && !other { up += weight(row) }
      if !predictions[row] && other { down += weight(row) }
    }
    (favoured, disfavoured, self.members) = (up, down, total)
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
