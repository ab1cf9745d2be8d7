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
  /// construction, or the challenger is worse by exactly the margin, in area or in accuracy.
  static let registryGates = Study(name: "registry-gates") {
    var table = StudyTable(
      "registry-gates",
      columns: [
        "gate", "truth", "rows", "shared", "stated", "approved", "monte_carlo_error", "low", "high",
        "rounds",
      ]
    )
    for rows in [200, 1000] {
      for shared in [0.0, 0.8] {
        for row in GateSimulation(rows: rows, shared: shared).run() { table.add(row) }
      }
    }
    for rows in [60, 200] { table.add(FoldGateSimulation(rows: rows).run()) }
    try table.write()
  }
}

/// What a gate approved of how many tries, as a row of the table.
struct GateCount {
  var gate: String
  var truth: String
  /// The error that the gate states; nil where it states none.
  var stated: Double?

  func row(_ approved: Int, of rounds: Int, rows: Int, shared: String) -> [String] {
    let share = Double(approved) / Double(rounds)
    let error = (max(share, 1 / Double(rounds)) * (1 - share) / Double(rounds)).squareRoot()
    func text(_ number: Double, _ decimals: Int) -> String {
      DecimalText.fixed(number, decimals: decimals)
    }
    // Three standard errors either way, wide enough for all rows of the table at once.
    return [
      gate, truth, String(rows), shared, stated.map { text($0, 3) } ?? "", text(share, 4),
      text(error, 4), text(max(0, share - 3 * error), 4), text(share + 3 * error, 4),
      String(rounds),
    ]
  }
}

private struct GateSimulation {
  let rows: Int
  /// The share of a score's noise that both models have in common.
  let shared: Double
  private let rounds = 2_000
  /// A bootstrap costs a thousand times as much as the other tests; it plays fewer rounds.
  private let bootstrapRounds = 500
  private let margin = 0.02

  private static let superior = "duel.significant and best"

  private let gates = [
    GateCount(gate: "larger number", truth: "equal"),
    GateCount(gate: "own interval above the champion's number", truth: "equal"),
    GateCount(gate: "\(superior): delong", truth: "equal", stated: 0.025),
    GateCount(gate: "\(superior): bootstrap", truth: "equal", stated: 0.025),
    GateCount(gate: "\(superior): mcnemar", truth: "equal", stated: 0.025),
    GateCount(gate: "best of 5 challengers, each at 5 %: delong", truth: "equal"),
    GateCount(
      gate: "best of 5 challengers, corrected (Holm): delong",
      truth: "equal",
      stated: 0.05
    ),
    GateCount(gate: "non_inferior by 0.02: delong", truth: "worse by 0.02", stated: 0.025),
    GateCount(gate: "non_inferior by 0.02: bootstrap", truth: "worse by 0.02", stated: 0.025),
    GateCount(gate: "non_inferior by 0.02: mcnemar", truth: "worse by 0.02", stated: 0.025),
  ]

  init(rows: Int, shared: Double) {
    self.rows = rows
    self.shared = shared
  }

  func run() -> [[String]] {
    let slots = Slots<[Bool?]>(rounds)
    Workers.share(rounds, among: EvaluationStudy.threads) { slots.set($0, play($0)) }
    let played = slots.values
    return gates.indices.compactMap { place in
      let outcomes = played.compactMap { $0[place] }
      if outcomes.isEmpty { return nil }
      return gates[place].row(
        outcomes.count { $0 },
        of: outcomes.count,
        rows: rows,
        shared: DecimalText.fixed(shared, decimals: 1)
      )
    }
  }

  /// One draw of rows and models; which gates approve, nil for those that don't play.
  private func play(_ round: Int) -> [Bool?] {
    var random = RandomStream(
      root: 20,
      cell: "gates-\(rows)-\(shared)",
      purpose: "rows",
      index: round
    )
    let draw = GateDraw(rows: rows, shared: shared, &random)
    let champion = draw.model(&random)
    let challengers = (0..<5).map { _ in draw.model(&random) }
    let worse = draw.model(&random, area: GateDraw.area - margin)
    let lessAccurate = draw.model(&random, accuracyLess: margin)
    let (delong, bootstrap, mcnemar) = (
      DeLongTest(options(round)), BootstrapTest(options(round)), McNemarTest(options(round))
    )
    func evidence(_ test: any ComparisonTest, _ challenger: Sample, _ name: String = "roc_auc")
      -> PairedEvidence?
    { EvaluationStudy.evidence(test, [.rows(champion), .rows(challenger)], name).first }
    func superior(_ evidence: PairedEvidence?) -> Bool {
      (evidence?.difference ?? 0) > 0 && (evidence?.pValue ?? 1) < 0.05
    }
    func noWorse(_ evidence: PairedEvidence?) -> Bool { (evidence?.nonInferiority ?? 1) < 0.025 }
    let all = challengers.map { evidence(delong, $0) }
    // Holm's step-down at the family's 5 % starts with the smallest p-value times the family's size.
    let smallest =
      all.filter { ($0?.difference ?? 0) > 0 }.compactMap { $0?.pValue }.min() ?? 1
    let area = DeLong(champion)?.area ?? 1
    let resamples = rows <= 200 && round < bootstrapRounds
    return [
      (all[0]?.difference ?? 0) > 0,
      (DeLong(challengers[0])?.plain(level: 0.95).low ?? 0) > area,
      superior(all[0]),
      resamples ? superior(evidence(bootstrap, challengers[0])) : nil,
      superior(evidence(mcnemar, challengers[0], "accuracy")),
      smallest < 0.05, smallest * 5 < 0.05,
      noWorse(evidence(delong, worse)),
      resamples ? noWorse(evidence(bootstrap, worse)) : nil,
      noWorse(evidence(mcnemar, lessAccurate, "accuracy")),
    ]
  }

  private func options(_ round: Int) -> ComparisonOptions {
    ComparisonOptions(margin: margin, bootstrap: Bootstrap(resamples: 500)) { index in
      RandomStream(root: 20, cell: "gates-\(round)", purpose: "bootstrap", index: index)
    }
  }
}

/// The rows of one round, and models that answer them.
private struct GateDraw {
  static let area = 0.9
  /// Of the rows; the first ones.
  private static let positives = 0.4

  let labels: [Int32]
  private let shared: Double
  private let common: [Double]
  /// Where positives stand above negatives for the area.
  private let shift = 2.0.squareRoot() * Normal().quantile(GateDraw.area)

  init(rows: Int, shared: Double, _ random: inout RandomStream) {
    labels = (0..<rows).map { Double($0) < Double(rows) * GateDraw.positives ? 1 : 0 }
    self.shared = shared
    common = labels.map { _ in random.standardNormal() }
  }

  /// A model of some area, or one that is right less often by some share of the rows at the same
  /// threshold, which lies half-way.
  func model(
    _ random: inout RandomStream,
    area: Double = GateDraw.area,
    accuracyLess margin: Double = 0
  ) -> Sample {
    var shift = area == GateDraw.area ? shift : 2.0.squareRoot() * Normal().quantile(area)
    let threshold = self.shift / 2
    if margin > 0 {
      let right = Normal().cumulative(at: shift - threshold) - margin / GateDraw.positives
      shift = threshold + Normal().quantile(right)
    }
    let scores = labels.indices.map { i in
      let noise =
        shared.squareRoot() * common[i] + (1 - shared).squareRoot() * random.standardNormal()
      return 1 / (1 + exp(-(shift * Double(labels[i]) + noise)))
    }
    guard
      let cases = try? Cases(labels: .classes(labels), predictions: .binary(scores: scores))
    else { preconditionFailure("no cases") }
    return Sample(cases, threshold: 1 / (1 + exp(-threshold)))
  }
}

/// A gate over a cross-validation: two learners that see features of the same worth.
private struct FoldGateSimulation {
  let rows: Int
  private let rounds = 2_000

  init(rows: Int) { self.rows = rows }

  func run() -> [String] {
    let slots = Slots<Bool>(rounds)
    Workers.share(rounds, among: EvaluationStudy.threads) { round in
      var random = RandomStream(
        root: 20,
        cell: "gates-folds-\(rows)",
        purpose: "rows",
        index: round
      )
      let scores = EvaluationStudy.twoLearners(&random, rows, folds: 10)
      let options = ComparisonOptions { RandomStream(root: 20, cell: "t", purpose: "t", index: $0) }
      guard let metric = Metric.named("accuracy", task: .binary),
        let evidence = try? ResampledTTest(options).evidence(
          for: [.folds(scores[1])],
          beside: .folds(scores[0]),
          in: metric
        ).first
      else { preconditionFailure("no evidence") }
      slots.set(round, (evidence.difference ?? 0) > 0 && (evidence.pValue ?? 1) < 0.05)
    }
    let gate = GateCount(
      gate: "duel.significant and best: paired_t, 10 folds",
      truth: "equal",
      stated: 0.025
    )
    return gate.row(slots.values.count { $0 }, of: rounds, rows: rows, shared: "")
  }
}
