import ColophonCore
import ColophonReport

extension SamplePages {
  /// A report as a reader meets it: prose, cells, advice and a colophon.
  ///
  /// Its numbers are invented.
  static var churn: PageContent {
    var content = PageContent(
      title: "Who will leave?",
      colophon: churnColophon,
      manifest: #"{"format":"colophon/1","source":"</script><!-- <script>"}"#
    )
    content.subtitle = "A churn model, from baseline to an approved version"
    content.authors = ["Research desk", "Ada Example"]
    content.abstract = Prose(
      text:
        "A boosted baseline, a tuned challenger, an audit, and a promotion that rests on evidence."
    )
    content.keywords = ["churn", "gradient boosting"]
    content.parameters = [
      Fact("rounds", "300"), Fact("budget", "40"), Fact("cost_of_missing", "8"),
    ]
    content.verdict = PageContent.Verdict(held: 2, total: 2, anchor: "cell-gate")
    content.advice = [advice]
    content.body = opening + evidence
    return content
  }

  private static var opening: [PageContent.Part] {
    [
      heading(2, "Question"),
      .prose(
        text(
          "Every tenth customer who leaves costs us a year of margin. Can we see it coming from what we "
            + "know on the day of the bill, early enough to make an offer, and without offering one to "
            + "everybody?"
        )
      ),
      heading(2, "Data"),
      .cell(
        CellSection(
          kind: "dataset",
          name: "churn",
          stamp: "b81c 02d4",
          stampClass: .exact,
          configuration: "source: data/telco.csv\ntarget: Churn\npositive: \"Yes\"\n",
          exhibits: [.table(columns)]
        )
      ),
      .prose(
        .paragraph([
          .text("There are "), .value("7,043", anchor: "cell-churn", path: "churn.rows"),
          .text(" customers; "),
          .value("26.5\u{202F}%", anchor: "cell-churn", path: "churn.classes.Yes / churn.rows"),
          .text(" of them left."),
        ])
      ),
      heading(2, "Baseline"),
      .cell(
        CellSection(
          kind: "train",
          name: "baseline",
          stamp: "3f9a 2c1d",
          stampClass: .library,
          configuration: yaml,
          exhibits: [
            .facts([
              Fact("best round", "86"), Fact("validation AUC", "0.851"), Fact("trees", "160"),
            ]),
            .chart(.line(SampleCharts.learning)),
          ]
        )
      ),
      .prose(
        .paragraph([
          .text("The linear model reaches "),
          .value("0.838", anchor: "cell-baseline", path: "linear.validation.roc_auc"),
          .text(", the boosted one "),
          .value("0.851", anchor: "cell-baseline", path: "baseline.validation.roc_auc"),
          .text(". Worth tuning?"),
        ])
      ),
      heading(3, "Tuning"),
      .cell(
        CellSection(
          kind: "tune",
          name: "search",
          stamp: "91d7 aa30",
          stampClass: .library,
          configuration: "train: baseline\nstrategy: Bayesian\nmax_jobs: 40\n",
          caption: [.text("Forty jobs, two at a time in virtual time.")],
          exhibits: [.group([.chart(.line(SampleCharts.bestSoFar)), .table(long)])]
        )
      ),
    ]
  }

  private static var evidence: [PageContent.Part] {
    [
      heading(2, "Evidence"),
      .cell(
        CellSection(
          kind: "evaluate",
          name: "final",
          stamp: "5e02 c7f9",
          stampClass: .library,
          configuration: "model: search\ndata: churn\nsplit: test\n",
          exhibits: [
            .group([.chart(.line(SampleCharts.roc)), .table(metrics)]),
            .group([
              .chart(.heatmap(SampleCharts.confusion)), .chart(.line(SampleCharts.calibration)),
            ]),
            .chart(.interval(SampleCharts.slices)),
          ],
          advice: [advice]
        )
      ),
      heading(2, "Release"),
      .cell(
        CellSection(
          kind: "require",
          name: "gate",
          stamp: "c00d 41b2",
          stampClass: .library,
          configuration: "- final.ci.roc_auc.low > 0.80\n",
          exhibits: [.requirements([requirements[0], requirements[0]])]
        )
      ),
    ]
  }

  private static var churnColophon: Colophon {
    var made = colophon("churn.md")
    made.data = [
      Colophon.File(
        path: "data/telco.csv",
        digest: "sha256:" + String(repeating: "b81c02d4", count: 8)
      )
    ]
    made.libraries = [Fact("libxgboost", "1.7.4"), Fact("swift", "6.3.1")]
    made.graph = SampleCharts.lineage
    made.graph?.nodes = SampleCharts.lineage.nodes.map { node in
      var node = node
      if !["churn", "baseline", "search", "final"].contains(node.id) { node.anchor = nil }
      return node
    }
    made.stamps = [
      Colophon.StampRow(
        name: "churn",
        anchor: "cell-churn",
        kind: "dataset",
        stamp: "b81c 02d4",
        inputs: ["data/telco.csv"],
        stampClass: .exact
      ),
      Colophon.StampRow(
        name: "baseline",
        anchor: "cell-baseline",
        kind: "train",
        stamp: "3f9a 2c1d",
        inputs: ["churn"],
        stampClass: .library
      ),
      Colophon.StampRow(
        name: "final",
        anchor: "cell-final",
        kind: "evaluate",
        stamp: "5e02 c7f9",
        inputs: ["search", "churn"],
        stampClass: .library
      ),
    ]
    made.source =
      "---\ntitle: Who will leave?\n---\n\n## Question\n\nEvery tenth customer …\n"
      + String(repeating: "\n", count: 6) + "```yaml dataset churn\nsource: data/telco.csv\n```\n"
    return made
  }
}
