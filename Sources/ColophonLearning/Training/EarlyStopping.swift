package import ColophonData

/// Ends a job whose metric no longer gets better, and goes back to its best round.
package struct EarlyStopping: Hashable, Sendable {
  package var split: Split
  package var metric: String
  /// How many rounds may pass without a gain.
  package var patience: Int
  /// What counts as a gain: more than this, in the metric's own unit.
  package var minimumGain: Double

  package init(split: Split, metric: String, patience: Int, minimumGain: Double = 0) {
    self.split = split
    self.metric = metric
    self.patience = patience
    self.minimumGain = minimumGain
  }
}

/// Remembers the best round so far.
struct BestRound: Sendable {
  let rule: EarlyStopping
  let measure: Scorer.Measure
  private(set) var round = 0
  private(set) var value = Double.nan

  /// Takes in a round, which counts from 1; tells whether it is the best so far.
  mutating func take(_ value: Double, round: Int) -> Bool {
    let gain = measure.merit(value) - measure.merit(self.value)
    guard self.round == 0 || gain > rule.minimumGain else { return false }
    self.round = round
    self.value = value
    return true
  }

  /// Goes back to the best round of a checkpoint.
  mutating func resume(round: Int, value: Double) {
    self.round = round
    self.value = value
  }

  /// Whether the job's patience has run out after a round.
  func isOver(after round: Int) -> Bool { round - self.round >= rule.patience }
}
