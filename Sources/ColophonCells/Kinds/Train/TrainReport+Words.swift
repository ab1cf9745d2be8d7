import ColophonCore
import ColophonLearning
import ColophonReport

/// How many words a table and a chart show, and how many neighbours each has.
private let (tableLimit, chartLimit, neighbours) = (30, 40, 5)

extension TrainReport {
  /// Word vectors: the nearest words to the most frequent ones, and these on a plane.
  func wordExhibits(_ vectors: WordVectors) -> [Exhibit] {
    [.chart(.scatter(plane(vectors))), .table(nearest(vectors))]
  }

  private func nearest(_ vectors: WordVectors) -> TableExhibit {
    let rows = vectors.words.prefix(tableLimit).indices.map { place -> [TableCell] in
      let near = vectors.nearest(to: place, count: neighbours).map {
        "\($0.word) \(DecimalText.fixed($0.cosine, decimals: 2))"
      }
      return [
        .code(vectors.words[place]), .count(vectors.counts[place]),
        .text(near.joined(separator: ", ")),
      ]
    }
    return TableExhibit(
      caption: "The nearest words to the most frequent ones, with the cosine of their vectors",
      columns: [
        TableColumn("word"), TableColumn("occurrences", .numeric), TableColumn("nearest words"),
      ],
      rows: rows,
      visibleRows: 12
    )
  }

  private func plane(_ vectors: WordVectors) -> ScatterChart {
    let plane = vectors.plane(of: chartLimit)
    let words = vectors.words.prefix(plane.x.count)
    let share = DecimalText.fixed(plane.share * 100, decimals: 0)
    return ScatterChart(
      ChartText(
        "The most frequent words",
        "The \(words.count) most frequent words on the two directions in which their vectors differ "
          + "most, which have \(share) % of the variance.",
        note: "Words that stand among the same words lie near each other."
      ),
      x: ChartAxis("first principal component"),
      y: ChartAxis("second principal component"),
      series: [ScatterChart.Series("words", x: plane.x, y: plane.y)],
      marks: words.indices.map { ChartMark(x: plane.x[$0], y: plane.y[$0], words[$0]) }
    )
  }
}
