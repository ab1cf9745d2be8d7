import ColophonReport

extension SampleCharts {
  /// A tree of three species, one branch of which goes deeper than is drawn.
  static var tree: TreeChart {
    func leaf(_ answer: String, _ rows: String, _ shares: [Double]) -> TreeChart.Node {
      TreeChart.Node(answer: answer, rows: rows, shares: shares)
    }
    func asks(
      _ subject: String,
      _ condition: String,
      _ answer: String,
      _ rows: String,
      _ shares: [Double],
      _ children: [Int]
    ) -> TreeChart.Node {
      TreeChart.Node(
        subject: subject,
        condition: condition,
        answer: answer,
        rows: rows,
        shares: shares,
        children: children,
        missingIsYes: true
      )
    }
    return TreeChart(
      ChartText(
        "The tree",
        "Petal length parts setosa from the others; petal width parts these.",
        note: "Bars are the shares of setosa, versicolor and virginica, in this order."
      ),
      nodes: [
        asks("petal_length", "≤ 2.45", "setosa", "150 rows", [0.34, 0.33, 0.33], [1, 2]),
        leaf("setosa", "50 rows", [1, 0, 0]),
        asks("petal_width", "≤ 1.75", "versicolor", "100 rows", [0, 0.5, 0.5], [3, 4]),
        asks("petal_length", "≤ 4.95", "versicolor", "54 rows", [0, 0.91, 0.09], [5, 6]),
        leaf("virginica", "46 rows", [0, 0.02, 0.98]),
        asks("petal_width", "≤ 1.65", "versicolor", "48 rows", [0, 0.98, 0.02], [7, 8]),
        leaf("virginica", "6 rows", [0, 0.33, 0.67]), leaf("versicolor", "47 rows", [0, 1, 0]),
        leaf("virginica", "1 row", [0, 0, 1]),
      ]
    )
  }
}
