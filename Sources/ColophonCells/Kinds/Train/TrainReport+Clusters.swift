import ColophonCore
import ColophonEvaluation
import ColophonLearning
import ColophonReport

extension TrainReport {
  /// Curves that the fit found beside its rounds.
  var foundCurves: [Exhibit] {
    job.result.curves.filter { $0.x.count > 1 }.map { curve in
      let ends = [curve.y.first, curve.y.last].compactMap { $0 }.map { short($0) }
      return .chart(
        .line(
          LineChart(
            ChartText(
              curve.title,
              "\(curve.yLabel) for \(curve.x.count) values of \(curve.xLabel), from "
                + ends.joined(separator: " to ") + "."
            ),
            x: ChartAxis(curve.xLabel),
            y: ChartAxis(curve.yLabel, lower: 0),
            series: [
              LineChart.Series(curve.yLabel, x: curve.x, y: curve.y, shape: .markedLine)
            ],
            marks: curve.chosen.map {
              [
                ChartMark(
                  x: curve.x[$0],
                  y: curve.y[$0],
                  "\(short(curve.x[$0])), as chosen",
                  drops: true
                )
              ]
            } ?? []
          )
        )
      )
    }
  }

  /// How many rows each cluster has, and where its centre lies.
  func clusterExhibits(_ clusters: ClusterCentres) -> [Exhibit] {
    let names = (0..<clusters.count).map { String($0) }
    var exhibits = [
      ClusterPictures.sizes(names, clusters.sizes),
      .table(
        ClusterPictures.centres(
          names,
          clusters.values,
          features: clusters.features,
          caption: "Centres on the features' own scale"
        )
      ),
    ]
    let isCounted = metrics.contains { $0.isQuadratic }
    if !isCounted, !shown.allSatisfy({ name in metrics.contains { $0.name == name } }) {
      exhibits.append(
        .text(
          "The silhouette is left out of splits of more than "
            + DecimalText.grouped(String(Metric.quadraticLimit))
            + " rows, since it compares each with all; name it under 'metrics' to have it."
        )
      )
    }
    return exhibits
  }
}
