import ColophonCore
import ColophonEvaluation
import ColophonReport

extension EvaluationExhibits {
  /// What share of the positives the highest scores hold.
  static func gain(_ sweep: ThresholdSweep) -> Exhibit? {
    guard let curve = GainCurve(sweep) else { return nil }
    let points = curve.thinned(steps: steps)
    let tenth = NumberFormat.percent(1).written(curve.found(taking: 0.1))
    return .chart(
      .line(
        LineChart(
          ChartText(
            "Cumulative gain",
            "Taking the highest scores first, a tenth of the rows holds \(tenth) of the positives."
          ),
          x: .fraction("share of rows taken"),
          y: .fraction("share of positives found"),
          series: [
            LineChart.Series("gain", x: points.map { $0.taken }, y: points.map { $0.found })
          ],
          diagonal: "chance"
        )
      )
    )
  }

  /// How many times more positives the highest scores hold than chance would.
  static func lift(_ sweep: ThresholdSweep) -> Exhibit? {
    guard let curve = GainCurve(sweep) else { return nil }
    // Where next to nothing is taken, the lift of a single row says nothing.
    let points = curve.thinned(steps: steps).filter { $0.taken >= 0.01 }
    guard points.count > 1 else { return nil }
    let tenth = NumberFormat.general(3).written(curve.found(taking: 0.1) / 0.1)
    return .chart(
      .line(
        LineChart(
          ChartText(
            "Lift",
            "A tenth of the rows, taken by the highest scores, holds \(tenth) times the positives of "
              + "a tenth taken blindly."
          ),
          x: .fraction("share of rows taken"),
          y: ChartAxis("lift", lower: 0),
          series: [
            LineChart.Series("lift", x: points.map { $0.taken }, y: points.map { $0.lift })
          ],
          rules: [ChartRule(.horizontal, at: 1, "chance")]
        )
      )
    )
  }
}
