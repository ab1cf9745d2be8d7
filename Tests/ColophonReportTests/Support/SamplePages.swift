import ColophonCore
import ColophonReport

/// Pages that the golden files hold.
enum SamplePages {
  static let all: [(name: String, content: PageContent)] = [
    ("gallery", gallery), ("churn", churn), ("trivial", trivial), ("failed", failed),
    ("card", SampleCard.page),
  ]

  static func colophon(_ path: String) -> Colophon {
    Colophon(
      engineVersion: "0.1.0",
      notebook: Colophon.File(
        path: path,
        digest: "sha256:" + String(repeating: "9b1f77aa", count: 8)
      ),
      stampClass: .library,
      stampWords: "amber-finch-river",
      stamp: "sha256:" + String(repeating: "7c1e90ab", count: 8),
      command: "colophon verify \(path.replacing(".md", with: ".html"))"
    )
  }

  static func text(_ text: String) -> Prose.Block { .paragraph([.text(text)]) }

  static func heading(_ level: Int, _ text: String) -> PageContent.Part {
    .prose(
      .heading(
        level: level,
        anchor: text.lowercased().replacing(" ", with: "-"),
        number: nil,
        [.text(text)]
      )
    )
  }

  /// Every exhibit and every chart.
  static var gallery: PageContent {
    var content = PageContent(
      title: "Gallery",
      colophon: colophon("gallery.md"),
      manifest: #"{"format":"colophon/1"}"#
    )
    content.body = [heading(2, "Charts")]
    for (name, chart) in SampleCharts.all {
      content.body.append(
        .cell(
          CellSection(
            kind: "plot",
            name: name.replacing(" ", with: "_"),
            stamp: "91d7 aa30",
            stampClass: .exact,
            configuration: "from: \(name)\n",
            exhibits: [.chart(chart)]
          )
        )
      )
    }
    content.body += [heading(2, "Side by side")]
    content.body.append(
      .cell(
        CellSection(
          kind: "evaluate",
          name: "pair",
          configuration: "model: x\n",
          display: .hidden,
          exhibits: [.group([.chart(.line(SampleCharts.roc)), .table(metrics)])]
        )
      )
    )
    content.body += [heading(2, "Everything else")]
    content.body.append(
      .cell(
        CellSection(
          kind: "table",
          name: "others",
          configuration: yaml,
          display: .open,
          caption: [
            .text("Facts, tables and notices of "), .emphasis([.text("every")]), .text(" kind."),
          ],
          exhibits: [
            .facts([Fact("Rows", "7,043"), Fact("Trees", "112", note: "of 300")]), .table(columns),
            .table(long), .notice(kind: .info, text: "11 rows without a label were left out."),
            .notice(kind: .error, text: "A notice of the loudest kind."),
            .requirements(SamplePages.requirements), .text("A plain sentence."),
          ],
          advice: [advice]
        )
      )
    )
    content.body += proseParts
    return content
  }

  static let yaml = """
    data: churn            # the rows
    algorithm: xgboost
    hyperparameters: {max_depth: 4, eta: 0.1, num_round: 300}
    early_stopping: {metric: "validation:roc_auc", patience: 20}
    balanced: true

    """

  static let advice = AdviceItem(
    code: "eval.test-reused",
    message:
      "Two cells read the test split; a second choice made on it makes its estimate too bright.",
    hint: "Keep a further split, or choose on validation.",
    line: 14,
    anchor: "cell-final"
  )

  static let requirements = [
    Requirement(
      "final.ci.roc_auc.low > 0.80",
      holds: true,
      values: [Requirement.Reading(path: "final.ci.roc_auc.low", value: "0.823")]
    ),
    Requirement(
      "final.recall >= 0.8 and audit.post.DI >= 0.8",
      holds: false,
      values: [
        Requirement.Reading(path: "final.recall", value: "0.79"),
        Requirement.Reading(path: "audit.post.DI", value: "0.94"),
      ]
    ),
  ]

  static let metrics = TableExhibit(
    caption: "On 1,056 test customers",
    columns: [
      TableColumn("metric"), TableColumn("value", .numeric), TableColumn("95 % interval", .numeric),
    ],
    rows: [
      ["AUC", .number(0.8456, .fixed(3)), "0.823 – 0.867"],
      ["PR AUC", .number(0.655, .fixed(3)), "0.607 – 0.700"],
      ["recall", .number(0.79, .fixed(3)), "0.740 – 0.840"],
      ["precision", .number(0.54, .fixed(3)), "0.500 – 0.580"],
    ]
  )

  static var columns: TableExhibit {
    var numbers = SampleNumbers(seed: 9)
    func hill() -> TableCell { .sparkline((0..<10).map { _ in numbers.even() * 10 }) }
    return TableExhibit(
      caption: "7,043 rows, 20 columns, three splits stratified by Churn",
      columns: [
        TableColumn("column"), TableColumn("type"), TableColumn("missing", .numeric),
        TableColumn("distinct", .numeric), TableColumn("mean", .numeric),
        TableColumn("median", .numeric), TableColumn("size", .numeric), TableColumn("distribution"),
      ],
      rows: [
        [
          .code("tenure"), "number", .count(0), .count(73), .number(32.37), .number(29),
          .number(28_172, .bytes), hill(),
        ],
        [
          .code("MonthlyCharges"), "number, USD", .count(0), .count(1585), .number(64.76),
          .number(70.35), .number(56_344, .bytes), hill(),
        ],
        [
          .code("TotalCharges"), "number, USD", .count(11), .count(6530), .number(2283.3),
          .number(1397), .number(56_344, .bytes), hill(),
        ],
        [
          .code("Contract"), "category", .count(0), .count(3), .missing, .missing,
          .number(7043, .bytes), "Month-to-month 55 %",
        ],
      ]
    )
  }

  static var long: TableExhibit {
    TableExhibit(
      caption: "Leaderboard",
      columns: [
        TableColumn("job", .numeric), TableColumn("AUC", .numeric),
        TableColumn("time", unit: "s", .numeric), TableColumn("share"),
      ],
      rows: (1...30).map { i in
        [
          .count(i), .number(0.88 - Double(i) * 0.002, .fixed(3)),
          .number(Double(i * i), .fixed(1)), TableCell(.text(""), bar: Double(31 - i) / 30),
        ]
      },
      visibleRows: 5
    )
  }

  static var proseParts: [PageContent.Part] {
    let blocks: [Prose.Block] = [
      .heading(
        level: 2,
        anchor: "colophon",
        number: "2",
        [.text("A heading that wants a taken id")]
      ),
      .heading(level: 3, anchor: "prose", number: "2.1", [.text("Prose with "), .code("code")]),
      .paragraph([
        .text("There are "), .value("7,043", anchor: "cell-others", path: "churn.rows"),
        .text(" customers; "), .strong([.text("many")]), .text(" of them"), .softBreak,
        .emphasis([.text("left")]), .footnote(1), .text(", says "),
        .link([.text("the source")], url: "https://example.org/a?b=1&c=2", title: "A title"),
        .text(" and "), .missingValue(reason: "churn.cost is missing"), .text("."), .hardBreak,
        .text("A "), .link([.text("link that runs")], url: "java\nscript:alert(1)", title: nil),
        .text(" is only text; so is "), .html("<b onclick=x>"), .text(" and "), .math("x^2"),
        .text("."),
      ]),
      .list(start: nil, isTight: true, [[text("one")], [text("two")]]),
      .list(start: 3, isTight: false, [[text("three")], [text("four"), text("and more")]]),
      .quote([text("Quoted words.")]), .listing(language: "swift", "let a = [1, 2] < b && c > d\n"),
      .table(
        alignments: [.left, .right, .center],
        header: [[.text("a")], [.text("b")], [.text("c")]],
        rows: [[[.text("x")], [.text("1")], [.text("·")]], [[.text("y")], [.text("22")]]]
      ), .thematicBreak,
      .image(Prose.Image(dataURI: nil, missing: "plot.png was not found", alternative: "A plot")),
      .image(
        Prose.Image(
          dataURI: "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=",
          alternative: "A dot",
          title: "One pixel"
        )
      ), .html("<div>raw</div>"), .math("\\sum_i x_i"), .footnotes([[text("The note.")]]),
    ]
    return blocks.map { .prose($0) }
  }

  /// As small as a report can be.
  static var trivial: PageContent {
    var content = PageContent(
      title: "Hello",
      colophon: colophon("hello.md"),
      manifest: "{}"
    )
    content.body = [.prose(text("One sentence."))]
    return content
  }

  /// A run that failed still tells what it can.
  static var failed: PageContent {
    var content = PageContent(
      title: "Who will leave?",
      colophon: colophon("churn.md"),
      manifest: "{}"
    )
    content.notices = [
      PageContent.TopNotice(.error, "1 cell failed: baseline.", anchor: "cell-baseline")
    ]
    content.verdict = PageContent.Verdict(held: 1, total: 2, anchor: "cell-gate")
    content.body = [
      .cell(
        CellSection(
          kind: "train",
          name: "baseline",
          status: .failed,
          configuration: yaml,
          message: "The loss became NaN in epoch 3; the learning rate of 10 is probably too high."
        )
      ),
      .cell(
        CellSection(
          kind: "evaluate",
          name: "final",
          status: .skipped,
          configuration: "model: baseline\n",
          message: "Not run: it needs baseline, which failed."
        )
      ),
      .cell(
        CellSection(
          kind: "require",
          name: "gate",
          stamp: "aa00 11ff",
          stampClass: .exact,
          configuration: "- final.recall >= 0.8\n",
          exhibits: [.requirements(requirements)]
        )
      ),
    ]
    return content
  }
}
