import ColophonReport

/// Charts of explanations: of four features, two of which act together.
extension SampleCharts {
  static let explanations: [(name: String, chart: Chart)] = [
    ("beeswarm", .beeswarm(beeswarm)), ("waterfall", .waterfall(waterfall)),
    ("dependence", .dependence(dependence)), ("force", .force(force)),
    ("partial", .partial(partial)),
  ]

  /// Every chart, those of explanations too.
  static let everything = all + explanations

  static let explained = 400

  /// A spread from 0 to 1 that looks random and is not.
  static func share(_ index: Int, _ prime: Int) -> Double {
    Double(index * prime % 997) / 997
  }

  private static let rows: [[Double]] = (0..<explained).map { i in
    let x = [401, 577, 733, 811].map { share(i + 1, $0) }
    return [
      3 * (x[0] - 0.5), 2 * (x[1] - 0.5) * (x[2] > 0.5 ? 1 : -1), x[2] - 0.5, 0.2 - x[3] * 0.4,
    ]
  }

  static var beeswarm: BeeswarmChart {
    let names = ["tenure", "monthly charge", "contract", "age"]
    return BeeswarmChart(
      ChartText("What each feature adds", "A dot for each of 400 rows; tenure adds most."),
      axis: ChartAxis("adds to the log-odds of Yes"),
      lanes: names.indices.map { k in
        BeeswarmChart.Lane(
          names[k],
          values: rows.map { $0[k] },
          shades: k == 2
            ? []
            : (0..<explained).map { i in
              i % 41 == 0 ? nil : share(i + 1, [401, 577, 733, 811][k])
            }
        )
      },
      shadeTitle: "feature value"
    )
  }

  static var waterfall: WaterfallChart {
    WaterfallChart(
      ChartText("Row 17", "From the base to the prediction; tenure adds most."),
      axis: ChartAxis("log-odds of Yes"),
      base: -1.2,
      steps: [
        WaterfallChart.Step("tenure = 2", 1.4), WaterfallChart.Step("contract = Two year", -0.9),
        WaterfallChart.Step("age = 44", 0.25), WaterfallChart.Step("9 other features", -0.1),
      ]
    )
  }

  static var dependence: DependenceChart {
    DependenceChart(
      ChartText("What the charge adds by its value", "It rises or falls with the contract."),
      x: ChartAxis("monthly charge", unit: "USD"),
      y: ChartAxis("adds"),
      xs: (0..<explained).map { share($0 + 1, 577) * 100 },
      ys: rows.map { $0[1] },
      shades: (0..<explained).map { share($0 + 1, 733) },
      shadeTitle: "contract"
    )
  }

  static var force: ForceChart {
    let sorted = rows.sorted { $0.reduce(0, +) < $1.reduce(0, +) }
    return ForceChart(
      ChartText("What pushes each prediction", "Rows from the lowest prediction to the highest."),
      x: ChartAxis("row, by prediction"),
      y: ChartAxis("adds to the log-odds of Yes"),
      parts: ["tenure", "monthly charge", "contract", "2 others"],
      columns: sorted
    )
  }

  static var partial: PartialChart {
    let grid = (0...20).map { Double($0) * 5 }
    let curves = (0..<80).map { row in
      grid.map { 0.2 + 0.006 * $0 * (0.5 + share(row + 1, 401)) }
    }
    return PartialChart(
      ChartText("Prediction by charge", "The mean rises from 0.2 to 0.8."),
      x: ChartAxis("monthly charge", unit: "USD"),
      y: ChartAxis("probability of Yes"),
      grid: grid,
      mean: grid.indices.map { i in curves.reduce(0) { $0 + $1[i] } / 80 },
      curves: curves,
      rug: [12, 20, 31, 40, 55, 64, 70, 82, 95]
    )
  }
}
