import ColophonCore
import ColophonMath
import Foundation

/// The study's two tables, row by row.
struct ScoreTable {
  private var scores = StudyTable(
    "classical",
    columns: [
      "set", "algorithm", "settings", "metric", "ours", "ours_spread", "peer", "peer_spread",
      "difference", "noise", "verdict",
    ]
  )
  private var unique = StudyTable(
    "classical-unique",
    columns: ["set", "algorithm", "settings", "deviation"]
  )

  /// One contest on one set, seed by seed.
  struct Row {
    let set: String
    let contest: Contest
    let metric: String
    private(set) var ours: [Double] = []
    private(set) var theirs: [Double] = []
    private(set) var deviation = 0.0

    init(set: String, contest: Contest, metric: String) {
      self.set = set
      self.contest = contest
      self.metric = metric
    }

    mutating func add(ours: Double, theirs: Double, deviation: Double) {
      self.ours.append(ours)
      self.theirs.append(theirs)
      self.deviation = max(self.deviation, deviation)
    }

    /// Ours less theirs, seed by seed; of inertias as shares of theirs.
    var differences: [Double] {
      zip(ours, theirs).map { metric == "inertia" ? ($0 - $1) / $1 : $0 - $1 }
    }
  }

  mutating func add(_ row: Row) {
    let (ours, theirs) = (moments(row.ours), moments(row.theirs))
    let (difference, spread) = moments(row.differences)
    // Half the width of the 99 % interval of the mean difference, Student's t with 4 degrees.
    let count = Double(row.ours.count)
    let quantile = StudentT(degreesOfFreedom: count - 1).upperQuantile(0.005)
    let noise = quantile * spread / count.squareRoot()
    let better = row.metric == "inertia" ? -difference : difference
    let verdict =
      row.differences.allSatisfy { $0.magnitude <= 1e-9 }
      ? "equal" : difference.magnitude <= noise ? "within noise" : better > 0 ? "better" : "worse"
    scores.add(
      [row.set, row.contest.algorithm, row.contest.settings, row.metric]
        + [ours.mean, ours.spread, theirs.mean, theirs.spread, difference, noise].map { short($0) }
        + [verdict]
    )
    guard row.contest.isUnique else { return }
    unique.add([row.set, row.contest.algorithm, row.contest.settings, short(row.deviation)])
  }

  func write() throws {
    try scores.write()
    try unique.write()
  }

  /// The mean and the sample's deviation.
  private func moments(_ numbers: [Double]) -> (mean: Double, spread: Double) {
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    let square = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (square / (count - 1)).squareRoot())
  }

  /// With the minus of programs, since the table is read back.
  private func short(_ number: Double) -> String {
    DecimalText.general(number, digits: 4).replacingOccurrences(of: "\u{2212}", with: "-")
  }
}
