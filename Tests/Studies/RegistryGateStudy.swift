import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonMath
import Foundation

extension Study {
  /// How often each kind of gate lets in a challenger that is no better than the champion.
  ///
  /// Two equally good models answer the same rows, thousands of times over; every approval is an
  /// error.
  ///
  /// Scores are equal-variance normals (the binormal model): a row's score in a model is a mean of
  /// `shift` for positives plus noise, of which the two models share a part. The areas are equal by
  /// construction, or the challenger is worse by exactly the margin.
  static let registryGates = Study(name: "registry-gates") {
    var table = StudyTable(
      "registry-gates",
      columns: [
        "gate", "truth", "rows", "shared", "stated", "approved", "low", "high", "rounds",
      ]
    )
    for rows in [200, 1000] {
      for shared in [0.0, 0.8] {
        for row in try GateSimulation(rows: rows, shared: shared).run() { table.add(row) }
      }
    }
    try table.write()
  }
}

private struct GateSimulation {
  let rows: Int
  /// The share of a score's noise that both models have in common.
  let shared: Double
  private let rounds = 2_000
  private let margin = 0.02

  /// A gate, the error that it states (nil where it states none), and how often it approved.
  private struct Count {
    var gate: String
    var truth: String
    var stated: Double?
    var approved = 0
  }

  func run() throws -> [[String]] {
    var counts = [
      Count(gate: "larger number", truth: "equal"),
      Count(gate: "own interval above the champion's number", truth: "equal"),
      Count(gate: "duel.significant and best (two-sided 5 %)", truth: "equal", stated: 0.025),
      Count(
        gate: "best of 5 challengers, each at 5 %",
        truth: "equal"
      ),
      Count(
        gate: "best of 5 challengers, corrected (Holm)",
        truth: "equal",
        stated: 0.05
      ),
      Count(gate: "non_inferior by 0.02", truth: "worse by 0.02", stated: 0.025),
    ]
    for round in 0..<rounds {
      let hits = try play(round)
      for (index, isHit) in hits.enumerated() where isHit { counts[index].approved += 1 }
    }
    return counts.map { count in
      let share = Double(count.approved) / Double(rounds)
      // A normal interval of three standard errors, wide enough for all rows of the table at once.
      let reach = 3 * (max(share, 1 / Double(rounds)) * (1 - share) / Double(rounds)).squareRoot()
      return [
        count.gate, count.truth, String(rows), text(shared, 1),
        count.stated.map { text($0, 3) } ?? "", text(share, 4), text(max(0, share - reach), 4),
        text(share + reach, 4), String(rounds),
      ]
    }
  }

  private func text(_ number: Double, _ decimals: Int) -> String {
    DecimalText.fixed(number, decimals: decimals)
  }

  /// One draw of rows and models; which gates approve.
  private func play(_ round: Int) throws -> [Bool] {
    var random = RandomStream(
      root: 20,
      cell: "gates-\(rows)-\(shared)",
      purpose: "rows",
      index: round
    )
    let positives = (0..<rows).map { $0 < rows * 2 / 5 }
    let common = (0..<rows).map { _ in random.standardNormal() }
    func model(area: Double) throws -> (Sample, Double) {
      let shift = 2.0.squareRoot() * Normal().quantile(area)
      let scores = positives.indices.map { i in
        let noise =
          shared.squareRoot() * common[i] + (1 - shared).squareRoot() * random.standardNormal()
        return 1 / (1 + exp(-((positives[i] ? shift : 0) + noise)))
      }
      let cases = try Cases(
        labels: .classes(positives.map { $0 ? 1 : 0 }),
        predictions: .binary(scores: scores)
      )
      let sample = Sample(cases)
      guard let delong = DeLong(sample) else { preconditionFailure("no area") }
      return (sample, delong.area)
    }
    let champion = try model(area: 0.9)
    let challengers = try (0..<5).map { _ in try model(area: 0.9) }
    let worse = try model(area: 0.9 - margin)
    let first = try evidence(challengers[0].0, champion.0)
    let all = try challengers.map { try evidence($0.0, champion.0) }
    let plain = all.filter { ($0.difference ?? 0) > 0 }.compactMap { $0.pValue }
    let interval = DeLong(challengers[0].0)?.plain(level: 0.95)
    // Holm's step-down at the family's 5 % starts with the smallest p-value times the family's size.
    let smallest = plain.min() ?? 1
    let noninferior = try evidence(worse.0, champion.0).nonInferiority ?? 1
    return [
      challengers[0].1 > champion.1, (interval?.low ?? 0) > champion.1,
      (first.difference ?? 0) > 0 && (first.pValue ?? 1) < 0.05, smallest < 0.05,
      smallest * 5 < 0.05, noninferior < 0.025,
    ]
  }

  private func evidence(_ challenger: Sample, _ champion: Sample) throws -> PairedEvidence {
    let options = ComparisonOptions(margin: margin) { index in
      RandomStream(root: 20, cell: "gates", purpose: "bootstrap", index: index)
    }
    guard let metric = Metric.named("roc_auc", task: .binary) else {
      preconditionFailure("no metric")
    }
    return try DeLongTest(options).evidence(
      for: [.rows(challenger)],
      beside: .rows(champion),
      in: metric
    )[0]
  }
}
