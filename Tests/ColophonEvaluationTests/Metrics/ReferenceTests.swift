import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

/// Every metric against scikit-learn, on rows that are plain, tied, weighted, rare and many.
@Suite struct MetricsBesideScikitLearn {
  static let binary: [(String, Rows)] = [
    ("clean", binaryRows(1, 300, share: 0.4)),
    ("tied", binaryRows(2, 400, share: 0.3, levels: 6)),
    ("weighted", binaryRows(3, 300, share: 0.5, levels: 20, weighted: true)),
    ("rare", binaryRows(4, 30_000, share: 0.001)),
    ("large", binaryRows(5, 200_000, share: 0.2, levels: 100_000)), ("constant", constantRows(40)),
    ("apart", apartRows(60)),
  ]
  static let multiclass: [(String, Rows)] = [
    ("clean", classRows(11, 300, classes: 4)),
    ("tied", classRows(12, 400, classes: 3, levels: 4)),
    ("weighted", classRows(13, 300, classes: 5, weighted: true)),
    ("large", classRows(14, 20_000, classes: 3)),
  ]
  static let regression: [(String, Rows)] = [
    ("clean", numberRows(21, 300, from: -2)),
    ("positive", numberRows(22, 301, from: 4)),
    ("tied", numberRows(23, 400, from: 3, levels: 1)),
    ("weighted", numberRows(24, 300, from: 5, weighted: true)),
    ("large", numberRows(25, 100_000, from: 2)),
    ("constant", numberRows(26, 80, from: 3).predicting { _ in 7.5 }),
    ("exact", numberRows(27, 80, from: 3).predicting { $0 }),
  ]
  static let forecasting: [(String, ForecastRows)] = [
    ("seasonal", ForecastRows(51, series: 5, steps: 24, past: 60, season: 4)),
    ("weighted", ForecastRows(52, series: 3, steps: 40, past: 30, season: 1, weighted: true)),
    ("large", ForecastRows(53, series: 200, steps: 100, past: 40, season: 4)),
  ]

  /// Names of the fixture that stand for a metric under other options.
  static let variants: [String: (name: String, options: MetricOptions)] = [
    "ece_15": ("ece", MetricOptions(bins: 15)),
    "ece_mass": ("ece", MetricOptions(binning: .equalMass)),
    "huber_0.3": ("huber", MetricOptions(delta: 0.3)),
    "macro_roc_auc_ovo": ("macro_roc_auc", MetricOptions(pairing: .oneVersusOne)),
    "weighted_roc_auc_ovo": ("weighted_roc_auc", MetricOptions(pairing: .oneVersusOne)),
  ]

  private func compare(_ task: Task, _ name: String, _ rows: Rows) throws {
    try compare(task, name, try rows.cases())
  }

  private func compare(_ task: Task, _ name: String, _ cases: Cases) throws {
    let expected = try Fixture.section(task.rawValue, name)
    let threshold = expected["threshold"]?.asNumber ?? 0.5
    for (key, value) in expected.sorted(by: { $0.key < $1.key }) where key != "threshold" {
      let variant = Self.variants[key] ?? (key, MetricOptions())
      let metric = try #require(
        Metric.named(variant.name, task: task, classes: cases.classes),
        "\(key)"
      )
      let found = metric.value(Sample(cases, threshold: threshold, options: variant.options))
      #expect(
        agree(found, value.asNumber),
        "\(key): \(String(describing: found)), not \(value)"
      )
    }
    let covered = Set(expected.keys)
    for plain in Metric.catalogue(for: task).names { #expect(covered.contains(plain), "\(plain)") }
  }

  @Test(arguments: binary.map { $0.0 })
  func agreesForTwoClasses(name: String) throws {
    try compare(.binary, name, try #require(Self.binary.first { $0.0 == name }).1)
  }

  @Test(arguments: multiclass.map { $0.0 })
  func agreesForSeveralClasses(name: String) throws {
    try compare(.multiclass, name, try #require(Self.multiclass.first { $0.0 == name }).1)
  }

  @Test(arguments: regression.map { $0.0 })
  func agreesForNumbers(name: String) throws {
    try compare(.regression, name, try #require(Self.regression.first { $0.0 == name }).1)
  }

  @Test(arguments: forecasting.map { $0.0 })
  func agreesForForecasts(name: String) throws {
    let rows = try #require(Self.forecasting.first { $0.0 == name }).1
    try compare(.forecasting, name, try rows.cases())
  }

  /// A metric that is added without a reference fails here: its name must stand in one of the files
  /// that peers made, or among those whose definition is tested by hand and said where.
  @Test(arguments: [
    Task.binary, .multiclass, .regression, .forecasting, .clustering, .ranking,
  ])
  func everyMetricHasAReference(task: Task) throws {
    var known: Set<String> = []
    switch task {
    case .clustering:
      let measures = try #require(try Fixture.value(in: "clusters.json", ["measures"]).asArray)
      for measure in measures { known.formUnion(measure.asObject?.keys.map { $0 } ?? []) }
    case .ranking:
      // ndcg and map by scikit-learn; the others are counts, tested by definition and by every
      // order of the ties (RankingMetricTests).
      known = Set(
        ["ndcg", "map", "precision", "recall", "hit"].flatMap { family in
          ["1", "3", "5", "10", "all"].map { "\(family)_\($0)" }
        } + ["mrr"]
      )
    default:
      for (_, section) in try Fixture.section(task.rawValue) {
        known.formUnion(section.asObject?.keys.map { $0 } ?? [])
      }
    }
    for name in Metric.catalogue(for: task).names {
      #expect(known.contains(name), "\(task.rawValue) metric '\(name)' has no reference")
    }
  }
}
