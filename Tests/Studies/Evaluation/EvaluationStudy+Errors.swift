import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonMath

extension EvaluationStudy {
  /// How often tests find a difference where there is none, at an error of 5 %.
  static func errors() throws {
    var table = StudyTable(
      "evaluation-tests",
      columns: [
        "test", "claim", "rows", "positives", "nominal", "rejected", "monte_carlo_error",
      ]
    )
    for (rows, positives) in [(50, 25), (200, 20), (200, 100), (1_000, 500)] {
      equalModels(rows, positives, &table)
    }
    for rows in [200, 1_000] { severalChallengers(rows, &table) }
    for rows in [200, 1_000] { margin(rows, &table) }
    for rows in [60, 200] { folds(rows, &table) }
    try table.write()
  }

  /// Two models whose scores are exchangeable: what both see of a row, and noise of their own.
  static func twins(
    _ stream: inout RandomStream,
    _ rows: Int,
    _ positives: Int,
    models: Int = 2,
    shifts: [Double]? = nil
  ) -> [ComparisonSubject] {
    let labels = (0..<rows).map { Int32($0 < positives ? 1 : 0) }
    let shifts = shifts ?? Array(repeating: 1.2, count: models)
    var scores = [[Double]](repeating: [], count: shifts.count)
    let (common, own) = (0.7.squareRoot(), 0.3.squareRoot())
    for label in labels {
      let shared = common * stream.standardNormal()
      for (model, shift) in shifts.enumerated() {
        scores[model].append(shift * Double(label) + shared + own * stream.standardNormal())
      }
    }
    return scores.compactMap { scores in
      (try? Cases(labels: .classes(labels), predictions: .binary(scores: scores)))
        .map { .rows(Sample($0, threshold: 0.6)) }
    }
  }

  static func options(
    _ index: Int,
    margin: Double? = nil,
    kind: Bootstrap.Kind = .bca,
    form: McNemarTest.Form = .exact
  ) -> ComparisonOptions {
    ComparisonOptions(
      margin: margin,
      bootstrap: Bootstrap(kind: kind, resamples: 500),
      form: form,
      stream: stream(index)
    )
  }

  static func evidence(
    _ test: any ComparisonTest,
    _ subjects: [ComparisonSubject],
    _ metric: String
  ) -> [PairedEvidence] {
    guard let baseline = subjects.first, let metric = Metric.named(metric, task: .binary)
    else { return [] }
    return
      (try? test.evidence(
        for: Array(subjects.dropFirst()),
        beside: baseline,
        in: metric
      )) ?? []
  }

  private static func equalModels(_ rows: Int, _ positives: Int, _ table: inout StudyTable) {
    let found = simulate("twins \(rows) \(positives)") { stream, index -> [Double?] in
      let subjects = twins(&stream, rows, positives)
      return [
        evidence(DeLongTest(options(index)), subjects, "roc_auc").first?.pValue,
        evidence(BootstrapTest(options(index, kind: .percentile)), subjects, "roc_auc").first?
          .pValue,
        evidence(BootstrapTest(options(index)), subjects, "roc_auc").first?.pValue,
      ]
        + McNemarTest.Form.allCases.map { form in
          evidence(McNemarTest(options(index, form: form)), subjects, "accuracy").first?.pValue
        }
    }
    let names =
      ["delong", "bootstrap percentile", "bootstrap bca"]
      + McNemarTest.Form.allCases.map { "mcnemar \($0.rawValue)" }
    for (place, name) in names.enumerated() {
      add(name, "equal models", rows, positives, 0.05, found.map { $0[place] }, below: 0.05, &table)
    }
  }

  /// Three challengers, none better: how often any is called different.
  private static func severalChallengers(_ rows: Int, _ table: inout StudyTable) {
    let corrections = [Multiplicity.none, .holm, .bonferroni]
    let found = simulate("challengers \(rows)") { stream, index -> [Double?] in
      let subjects = twins(&stream, rows, rows / 2, models: 4)
      let values = evidence(DeLongTest(options(index)), subjects, "roc_auc").map { $0.pValue }
      return corrections.map { $0.adjust(values).compactMap { $0 }.min() }
    }
    for (place, correction) in corrections.enumerated() {
      add(
        "delong, correction \(correction.rawValue)",
        "any of three equal challengers",
        rows,
        rows / 2,
        0.05,
        found.map { $0[place] },
        below: 0.05,
        &table
      )
    }
  }

  /// A challenger that is worse by exactly the margin must seldom be called no worse.
  private static func margin(_ rows: Int, _ table: inout StudyTable) {
    let root = 2.0.squareRoot()
    let margin = Normal().cumulative(at: 1.2 / root) - Normal().cumulative(at: 1.0 / root)
    let found = simulate("margin \(rows)") { stream, index -> [Double?] in
      let subjects = twins(&stream, rows, rows / 2, shifts: [1.2, 1.0])
      return [
        evidence(DeLongTest(options(index, margin: margin)), subjects, "roc_auc").first?
          .nonInferiority,
        evidence(BootstrapTest(options(index, margin: margin)), subjects, "roc_auc").first?
          .nonInferiority,
      ]
    }
    for (place, name) in ["delong", "bootstrap bca"].enumerated() {
      add(
        name,
        "worse by just the margin",
        rows,
        rows / 2,
        0.025,
        found.map { $0[place] },
        below: 0.025,
        &table
      )
    }
  }

  /// Two learners that are equally good, since each sees its own half of equally good features.
  private static func folds(_ rows: Int, _ table: inout StudyTable) {
    let found = simulate("folds \(rows)") { stream, index -> [Double?] in
      let scores = twoLearners(&stream, rows, folds: 10)
      guard let metric = Metric.named("accuracy", task: .binary) else { return [nil, nil] }
      let corrected =
        try? ResampledTTest(options(index)).evidence(
          for: [.folds(scores[1])],
          beside: .folds(scores[0]),
          in: metric
        ).first
      return [corrected?.pValue, plainT(scores[0], scores[1])]
    }
    for (place, name) in ["paired_t", "plain t over folds"].enumerated() {
      add(
        name,
        "equal learners, 10 folds",
        rows,
        rows / 2,
        0.05,
        found.map { $0[place] },
        below: 0.05,
        &table
      )
    }
  }

  /// Student's t as if folds were independent, which they are not.
  private static func plainT(_ a: FoldScores, _ b: FoldScores) -> Double? {
    let differences = zip(a.values, b.values).map { ($1 ?? 0) - ($0 ?? 0) }
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count
    if variance == 0 { return mean == 0 ? 1 : nil }
    return 2
      * StudentT(degreesOfFreedom: count - 1).survival(
        at: (mean / variance.squareRoot()).magnitude
      )
  }

  /// The accuracy by fold of two nearest-mean rules, on five features each.
  static func twoLearners(
    _ stream: inout RandomStream,
    _ rows: Int,
    folds: Int
  ) -> [FoldScores] {
    let labels = (0..<rows).map { $0 % 2 }
    let features = labels.map { label in
      (0..<10).map { _ in 0.5 * Double(label) + stream.standardNormal() }
    }
    let order = stream.permutation(rows)
    let foldOf = (0..<rows).map { order[$0] % folds }
    return [0..<5, 5..<10].map { columns in
      var values: [Double?] = []
      for fold in 0..<folds {
        var sums = [[Double]](repeating: [Double](repeating: 0, count: 10), count: 2)
        var counts = [0.0, 0.0]
        for row in 0..<rows where foldOf[row] != fold {
          counts[labels[row]] += 1
          for j in columns { sums[labels[row]][j] += features[row][j] }
        }
        let held = (0..<rows).filter { foldOf[$0] == fold }
        let right = held.count { row in
          let distances = (0..<2).map { label in
            columns.reduce(0.0) { sum, j in
              let distance = features[row][j] - sums[label][j] / counts[label]
              return sum + distance * distance
            }
          }
          return (distances[1] < distances[0] ? 1 : 0) == labels[row]
        }
        values.append(Double(right) / Double(held.count))
      }
      let sizes = (0..<folds).map { fold in foldOf.count { $0 == fold } }
      return FoldScores(values: values, trained: sizes.map { rows - $0 }, held: sizes)
    }
  }

  private static func add(
    _ test: String,
    _ claim: String,
    _ rows: Int,
    _ positives: Int,
    _ nominal: Double,
    _ found: [Double?],
    below error: Double,
    _ table: inout StudyTable
  ) {
    let known = found.compactMap { $0 }
    table.add(
      [test, claim, "\(rows)", "\(positives)", "\(nominal)"]
        + share(known.count { $0 < error }, of: known.count).texts
    )
  }
}
