import ColophonCore
import ColophonReport

/// One chart of every family and form, as the gallery shows them.
enum SampleCharts {
  static let all: [(name: String, chart: Chart)] = [
    ("learning", .line(learning)), ("roc", .line(roc)), ("scaling", .line(scaling)),
    ("best so far", .line(bestSoFar)), ("calibration", .line(calibration)),
    ("residuals", .scatter(residuals)), ("predicted", .scatter(predicted)),
    ("clusters", .scatter(clusters)), ("coefficients", .bar(coefficients)),
    ("importance", .bar(importance)), ("histogram", .histogram(histogram)), ("box", .box(box)),
    ("confusion", .heatmap(confusion)), ("correlation", .heatmap(correlation)),
    ("slices", .interval(slices)), ("lineage", .graph(lineage)), ("timeline", .timeline(timeline)),
    ("tree", .tree(tree)),
  ]

  static var learning: LineChart {
    let rounds = (1...160).map { Double($0) }
    let training = rounds.map { 0.19 + 0.66 / (1 + $0 / 14) }
    let validation = rounds.map { 0.255 + 0.62 / (1 + $0 / 12) + $0 * $0 * 0.0000045 }
    let best = validation.indices.min { validation[$0] < validation[$1] } ?? 0
    return LineChart(
      ChartText(
        "Learning curves of baseline",
        "Training loss falls throughout; validation loss is lowest at round 86 and then rises slowly.",
        note: "After its best round the model memorises: the debugger’s overfit rule fired at 131."
      ),
      x: ChartAxis("round"),
      y: ChartAxis("log loss"),
      series: [
        LineChart.Series("training", x: rounds, y: training),
        LineChart.Series("validation", x: rounds, y: validation),
      ],
      marks: [
        ChartMark(
          x: rounds[best],
          y: validation[best],
          "best round \(best + 1), \(DecimalText.fixed(validation[best], decimals: 3))",
          drops: true
        )
      ],
      rules: [ChartRule(.vertical, at: 131, "overfit")]
    )
  }

  static var roc: LineChart {
    let x = (0...50).map { Double($0) / 50 }
    let y = x.map { 1 - (1 - $0) * (1 - $0) * (1 - $0) * (1 - $0) * (1 - $0) }
    return LineChart(
      ChartText("ROC of final", "The curve rises steeply; the area under it is 0.846."),
      x: .fraction("false positive rate"),
      y: .fraction("true positive rate"),
      series: [LineChart.Series("AUC 0.846 [0.823, 0.867]", x: x, y: y)],
      bands: [
        LineChart.Band(
          "95 % band",
          x: x,
          low: zip(x, y).map { $1 - 0.35 * $0 * (1 - $0) * (1 - $1) - 0.03 * (1 - $0) * $0 },
          high: zip(x, y).map { $1 + 0.5 * (1 - $1) * $0 }
        )
      ],
      marks: [ChartMark(x: 0.24, y: 0.7464, "threshold 0.31")],
      diagonal: "chance"
    )
  }

  static var scaling: LineChart {
    let devices = (0...7).map { Double(1 << $0) }
    return LineChart(
      ChartText("Throughput by devices", "Throughput stays near the ideal up to 32 devices."),
      x: ChartAxis("devices", scale: .logarithmic),
      y: ChartAxis("throughput", unit: "tokens/s", scale: .logarithmic, format: .si),
      series: [
        LineChart.Series("ideal", x: devices, y: devices.map { $0 * 3200 }),
        LineChart.Series(
          "simulated",
          x: devices,
          y: devices.map { $0 * 3200 / (1 + 0.012 * $0) },
          shape: .markedLine
        ),
      ]
    )
  }

  static var bestSoFar: LineChart {
    var numbers = SampleNumbers(seed: 3)
    let jobs = (1...40).map { Double($0) }
    let values = jobs.map { 0.815 + 0.06 * (1 - 1 / (1 + $0 / 12)) + 0.02 * numbers.bell() }
    var best = -Double.infinity
    let bests = values.map { value in
      best = max(best, value)
      return best
    }
    return LineChart(
      ChartText(
        "Best so far of search",
        "The best objective rises from 0.81 to 0.89 by the last jobs.",
        note: "Rings are jobs that were stopped early."
      ),
      x: ChartAxis("job"),
      y: ChartAxis("validation AUC"),
      series: [
        LineChart.Series("job", x: jobs, y: values, shape: .points),
        LineChart.Series("best so far", x: jobs, y: bests, shape: .step),
        LineChart.Series(
          "stopped",
          x: [7, 14, 21, 28, 36],
          y: [0.805, 0.812, 0.828, 0.835, 0.83],
          shape: .hollowPoints
        ),
      ]
    )
  }

  static var calibration: LineChart {
    LineChart(
      ChartText("Calibration of final", "Predicted shares above 0.6 are a little too high."),
      x: .fraction("predicted probability"),
      y: .fraction("observed share"),
      series: [
        LineChart.Series(
          "final",
          x: [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95],
          y: [0.04, 0.16, 0.27, 0.36, 0.44, .nan, 0.6, 0.68, 0.77, 0.88],
          shape: .markedLine
        )
      ],
      diagonal: "perfect"
    )
  }

  static var residuals: ScatterChart {
    var numbers = SampleNumbers(seed: 5)
    let x = numbers.bells(10_000).map { 50 + 14 * $0 }
    let y = x.map { numbers.bell() * (0.5 + $0 / 60) }
    return ScatterChart(
      ChartText("Residuals of final", "Residuals lie about zero and spread with the prediction."),
      x: ChartAxis("predicted", unit: "USD"),
      y: ChartAxis("residual", unit: "USD"),
      series: [ScatterChart.Series("test rows", x: x, y: y)],
      rules: [ChartRule(.horizontal, at: 0)]
    )
  }

  static var predicted: ScatterChart {
    var numbers = SampleNumbers(seed: 6)
    let x = (0..<150).map { _ in 10 + 40 * numbers.even() }
    return ScatterChart(
      ChartText("Predicted against actual", "Points lie close to the line."),
      x: ChartAxis("actual", unit: "kWh"),
      y: ChartAxis("predicted", unit: "kWh"),
      series: [ScatterChart.Series("test", x: x, y: x.map { $0 + 3 * numbers.bell() })],
      identity: "perfect"
    )
  }

  static var clusters: ScatterChart {
    var numbers = SampleNumbers(seed: 7)
    let centres: [(String, Double, Double)] = [
      ("setosa", 1.5, 0.25), ("versicolor", 4.3, 1.3), ("virginica", 5.6, 2.0),
      ("unknown", 2.9, 2.2),
    ]
    return ScatterChart(
      ChartText("Petals", "Three species and a few unknown flowers, well apart."),
      x: ChartAxis("petal length", unit: "cm"),
      y: ChartAxis("petal width", unit: "cm"),
      series: centres.map { name, x, y in
        ScatterChart.Series(
          name,
          x: numbers.bells(40).map { x + 0.35 * $0 },
          y: numbers.bells(40).map { y + 0.15 * $0 }
        )
      }
    )
  }

  static var coefficients: BarChart {
    BarChart(
      ChartText("Coefficients of linear", "Tenure lowers the risk most; fibre optic raises it."),
      axis: ChartAxis("coefficient"),
      bars: [
        BarChart.Bar("tenure", -1.31, low: -1.5, high: -1.12),
        BarChart.Bar("Contract: two years, paid by bank transfer", -0.84, low: -1.1, high: -0.6),
        BarChart.Bar("InternetService: fibre optic", 0.77, low: 0.6, high: 0.95),
        BarChart.Bar("TotalCharges", 0.63, low: 0.3, high: 0.9),
        BarChart.Bar("PaperlessBilling", 0.21, low: 0.1, high: 0.3),
      ],
      showsSign: true
    )
  }

  static var importance: BarChart {
    BarChart(
      ChartText("Importance", "Contract matters most."),
      axis: ChartAxis("share of gain", format: .percent(0)),
      bars: [
        BarChart.Bar("Contract", 0.41), BarChart.Bar("tenure", 0.22),
        BarChart.Bar("MonthlyCharges", 0.12), BarChart.Bar("OnlineSecurity", 0.08),
      ]
    )
  }

  static var histogram: HistogramChart {
    let edges = (0...20).map { Double($0) * 5 }
    func hill(_ centre: Double, _ width: Double, _ total: Double) -> [Double] {
      edges.dropLast().map { x in
        let z = (x + 2.5 - centre) / width
        return (total / (1 + z * z * z * z)).rounded()
      }
    }
    return HistogramChart(
      ChartText("Monthly charges, then and now", "Charges have moved up by about ten dollars."),
      x: ChartAxis("monthly charges", unit: "USD"),
      y: ChartAxis("customers", lower: 0),
      series: [
        HistogramChart.Series("reference", edges: edges, counts: hill(40, 16, 620)),
        HistogramChart.Series("current", edges: edges, counts: hill(58, 14, 540)),
      ],
      rules: [ChartRule(.vertical, at: 50, "median")]
    )
  }

  static var box: BoxChart {
    BoxChart(
      ChartText("Error by region", "The north has the widest spread."),
      axis: ChartAxis("absolute error", unit: "s"),
      boxes: [
        BoxChart.Box(
          "north",
          low: 0.2,
          lowerQuartile: 1.1,
          median: 2.2,
          upperQuartile: 4.1,
          high: 7.9,
          outliers: [9.2, 11.4, 12]
        ),
        BoxChart.Box(
          "south",
          low: 0.1,
          lowerQuartile: 0.7,
          median: 1.2,
          upperQuartile: 1.9,
          high: 3.6
        ),
        BoxChart.Box(
          "west",
          low: 0.3,
          lowerQuartile: 0.9,
          median: 1.6,
          upperQuartile: 2.4,
          high: 4.4,
          outliers: [6.1]
        ),
      ]
    )
  }

  static var confusion: HeatmapChart {
    .confusion(
      ChartText("Confusion of final", "Of 280 customers who left, 221 were found."),
      labels: ["churned", "not churned"],
      counts: [[221, 59], [188, 588]]
    )
  }

  static var correlation: HeatmapChart {
    HeatmapChart(
      ChartText("Correlations", "Tenure and total charges go together."),
      rowTitle: "",
      columnTitle: "",
      rows: ["tenure", "monthly", "total"],
      columns: ["tenure", "monthly", "total"],
      values: [[1, 0.25, 0.83], [0.25, 1, -0.65], [0.83, -0.65, nil]],
      shading: .diverging,
      format: .fixed(2)
    )
  }

  static var slices: IntervalChart {
    IntervalChart(
      ChartText("AUC by slice", "Senior customers are judged worse than the rest."),
      axis: ChartAxis("AUC"),
      items: [
        IntervalChart.Item("all", 0.846, low: 0.823, high: 0.867, note: "1,056"),
        IntervalChart.Item("senior", 0.792, low: 0.73, high: 0.85, note: "171"),
        IntervalChart.Item("not senior", 0.853, low: 0.83, high: 0.876, note: "885"),
        IntervalChart.Item("no phone", 0.81, low: 0.71, high: 0.9, note: "104"),
      ],
      rules: [ChartRule(.vertical, at: 0.8, "required")]
    )
  }

  static var lineage: GraphChart {
    let cells: [(String, String, Bool)] = [
      ("churn", "dataset", false), ("features", "prepare", false), ("linear", "train", false),
      ("baseline", "train", true), ("search", "tune", true), ("final", "evaluate", true),
      ("duel", "compare", true), ("why", "explain", true), ("audit", "bias", true),
      ("release", "register", true),
    ]
    let edges = [
      ("churn", "features"), ("features", "linear"), ("churn", "baseline"), ("baseline", "search"),
      ("search", "final"), ("search", "duel"), ("linear", "duel"), ("search", "why"),
      ("search", "audit"), ("final", "release"), ("duel", "release"), ("audit", "release"),
    ]
    return GraphChart(
      ChartText(
        "Lineage",
        "churn feeds features and baseline; search comes from baseline; final, duel, why and audit from "
          + "search; release from final, duel and audit.",
        note: "Shaded cells repeat with the same libxgboost; the others on any machine."
      ),
      nodes: cells.map {
        GraphChart.Node($0.0, detail: $0.1, anchor: "cell-\($0.0)", isShaded: $0.2)
      },
      edges: edges.map { GraphChart.Edge(from: $0.0, to: $0.1) }
    )
  }

  static var timeline: TimelineChart {
    let lanes = (0..<4).map { device in
      TimelineChart.Lane(
        "device \(device)",
        (0..<6).flatMap { micro -> [TimelineChart.Span] in
          let start = Double(device + micro)
          let back = 12 + Double(3 - device) + Double(micro) * 2
          return [
            TimelineChart.Span(from: start, to: start + 1, "\(micro)", kind: 0),
            TimelineChart.Span(from: back, to: back + 2, "\(micro)", kind: 1),
          ]
        }
      )
    }
    return TimelineChart(
      ChartText("Pipeline", "Four devices work on six micro-batches; the bubbles are a third."),
      axis: ChartAxis("time", unit: "ms"),
      lanes: lanes,
      kinds: ["forward", "backward"]
    )
  }
}
