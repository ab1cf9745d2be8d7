import ColophonData

/// Each training row's mean prediction by the members that did not see it.
package struct UnseenPredictions: Sendable {
  private let training: TrainingRows
  private let scorer: Scorer
  private var sum: PredictionGrid
  private var votes: [Double]
  /// The metrics after each round, in the scorer's order; nil where undefined.
  package private(set) var history: [[Double?]] = []

  init(_ training: TrainingRows, task: Task, classes: Int, scorer: Scorer) {
    self.training = training
    self.scorer = scorer
    sum = PredictionGrid(rows: training.features.rows, task: task, classes: classes)
    votes = [Double](repeating: 0, count: training.features.rows)
  }

  /// How many rows every member has seen, so that nothing is known of them.
  var uncovered: Int { votes.reduce(0) { $0 + ($1 == 0 ? 1 : 0) } }

  /// Takes in the next member.
  ///
  /// - Returns: The member's own metrics on the rows that it did not see.
  mutating func take(_ member: BaggingModel.Member, unseen: [Int]) throws -> [Double?] {
    let rows = training.taking(unseen)
    let predictions = try member.predict(rows.features)
    try sum.add(predictions, to: unseen)
    for row in unseen { votes[row] += 1 }
    history.append(try score())
    return unseen.isEmpty ? scorer.measures.map { _ in nil } : try scorer.score(rows, predictions)
  }

  private func score() throws -> [Double?] {
    let covered = votes.indices.filter { votes[$0] > 0 }
    guard !covered.isEmpty else { return scorer.measures.map { _ in nil } }
    return try scorer.score(training.taking(covered), sum.divided(covered, by: votes))
  }
}
