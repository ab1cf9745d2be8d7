/// A picture of numbers: a closed set of families, one file each.
package enum Chart: Codable, Hashable, Sendable {
  case line(LineChart)
  case scatter(ScatterChart)
  case bar(BarChart)
  case groupedBar(GroupedBarChart)
  case histogram(HistogramChart)
  case box(BoxChart)
  case heatmap(HeatmapChart)
  case interval(IntervalChart)
  case graph(GraphChart)
  case timeline(TimelineChart)
  case tree(TreeChart)
  case beeswarm(BeeswarmChart)
  case waterfall(WaterfallChart)
  case dependence(DependenceChart)
  case force(ForceChart)
  case partial(PartialChart)
  case parallel(ParallelChart)
}

/// What every chart says in words.
package struct ChartText: Codable, Hashable, Sendable {
  /// The chart's name, printed above it.
  package var title: String
  /// What there is to see, in a sentence or two, for who doesn't see the picture.
  package var description: String
  /// A sentence printed under the picture, such as how to read it.
  package var note: String?

  package init(_ title: String, _ description: String, note: String? = nil) {
    self.title = title
    self.description = description
    self.note = note
  }
}
