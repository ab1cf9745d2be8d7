import ColophonCore
import ColophonReport

/// A model card with everything, one with next to nothing, and the charts of an audit and of drift.
enum SampleCard {
  static let card = ModelCard(
    ModelCard.Identity(
      name: "churn",
      digest: "sha256:" + String(repeating: "5e", count: 32),
      version: "3",
      algorithm: "linear_learner",
      task: "binary",
      target: "left",
      classes: ["no", "yes"],
      parameters: 12
    ),
    statement: ModelCard.Statement(
      description: "Who of a phone company’s customers leaves within a month.",
      intendedUse: "Ranking customers for a call from the retention desk.",
      limitations: "Learned from one spring <six months>; not for prices.",
      owner: "Retention desk"
    ),
    data: ModelCard.DataFacts(
      name: "launch",
      digest: "sha256:" + String(repeating: "a1", count: 32),
      rows: 1_920,
      parts: [.init("train", rows: 1_344), .init("test", rows: 576)],
      columns: [
        .init("tenure", type: "numeric", role: "feature"),
        .init("age", type: "numeric", role: "feature", missing: 71),
        .init("date", type: "time", role: "time"), .init("left", type: "category", role: "target"),
        .init("note", type: "ignore", role: nil),
      ]
    ),
    training: [.init("hyperparameters.alpha", 0.01), .init("seed", 11)],
    evaluations: [
      ModelCard.EvaluationFacts(
        "final",
        data: "the test part of launch",
        rows: 576,
        threshold: 0.5,
        measures: [.init("roc_auc", 0.7812, low: 0.74, high: 0.82), .init("ks", nil)],
        slices: [
          .init("plan", "basic", rows: 240, measures: [.init("roc_auc", 0.8)]),
          .init("plan", "plus", rows: 190, measures: [.init("roc_auc", nil)]),
          .init("plan", "pro", rows: 90, measures: [.init("roc_auc", 0.7, low: 0.6, high: 0.8)]),
        ]
      )
    ],
    audits: [
      ModelCard.AuditFacts(
        "audit",
        rows: 576,
        meetsFourFifths: false,
        labels: [.init("DPL", 0.1, low: 0.02, high: 0.19)],
        predictions: [.init("DI", 0.71, low: 0.6, high: 0.83), .init("FT", nil)]
      )
    ],
    findings: [
      .init("duel", kind: "compare", settings: [.init("best", "churn"), .init("p_value", 0.004)])
    ]
  )

  static let bare = ModelCard(
    ModelCard.Identity(name: "bare", digest: "sha256:00", algorithm: "knn", task: "regression")
  )

  static let rates = GroupedBarChart(
    ChartText(
      "How often each group is accepted",
      "Women are accepted in 30.6 % of all cases, men in 39.8 %.",
      note: "The four-fifths line stands at 0.8 of the others’ rate."
    ),
    axis: ChartAxis("share accepted", lower: 0, format: .percent(0)),
    series: ["accepted"],
    groups: [.init("F", [0.306], note: "1,020 rows"), .init("M", [0.398], note: "2,040 rows")],
    rules: [ChartRule(.vertical, at: 0.3184, "four fifths of the others’ rate")]
  )

  static let plans = GroupedBarChart(
    ChartText("plan: drifted", "“unlimited” moved most, from 0 to 21.6 %."),
    axis: ChartAxis("share of rows", lower: 0, format: .percent(0)),
    series: ["reference", "now"],
    groups: [
      .init("basic", [0.42, 0.36]), .init("plus", [0.33, 0.25]), .init("unlimited", [0, 0.216]),
      .init("missing", [nil, 0.02]),
    ]
  )

  static var page: PageContent {
    var content = PageContent(
      title: "A card",
      colophon: SamplePages.colophon("card.md"),
      manifest: #"{"format":"colophon/1"}"#
    )
    content.body = [
      SamplePages.heading(2, "Release"),
      .cell(
        CellSection(
          kind: "register",
          name: "release",
          configuration: "model: churn\n",
          exhibits: [.card(card), .card(bare)]
        )
      ),
      .cell(
        CellSection(
          kind: "bias",
          name: "audit",
          configuration: "model: churn\n",
          exhibits: [.group([.chart(.groupedBar(rates)), .chart(.groupedBar(plans))])]
        )
      ),
    ]
    return content
  }
}
