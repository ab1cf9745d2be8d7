/// A chart as it is painted: its size and its nodes, and what must be said about it.
struct ChartDrawing {
  /// The width that every chart but the widest is drawn in, so that all their texts have one size.
  static let standardWidth = 440.0

  var width = ChartDrawing.standardWidth
  var height: Double
  var sketch = Sketch()
  /// Sentences about what the picture leaves out, printed under it.
  var remarks: [String] = []
  /// Whether the picture keeps its size and scrolls on a narrow screen.
  var isWide = false
  /// Whether parts of the picture are links.
  var hasLinks = false

  init(height: Double) { self.height = height }

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}

/// What each family of charts brings: words, a picture and its numbers.
protocol ChartFamily {
  var text: ChartText { get }

  /// The picture. `clip` is an id that it may use for a clipping path.
  func draw(clip: String) -> ChartDrawing

  /// The numbers behind the picture, before they are thinned for printing.
  func data() -> TableExhibit
}

extension Chart {
  var family: any ChartFamily {
    switch self {
    case .line(let chart): chart
    case .scatter(let chart): chart
    case .bar(let chart): chart
    case .groupedBar(let chart): chart
    case .histogram(let chart): chart
    case .box(let chart): chart
    case .heatmap(let chart): chart
    case .interval(let chart): chart
    case .graph(let chart): chart
    case .timeline(let chart): chart
    case .tree(let chart): chart
    case .beeswarm(let chart): chart
    case .waterfall(let chart): chart
    case .dependence(let chart): chart
    case .force(let chart): chart
    case .partial(let chart): chart
    case .parallel(let chart): chart
    }
  }

  /// The words of the chart.
  package var text: ChartText { family.text }

  /// The numbers behind the picture.
  package func data() -> TableExhibit { family.data() }
}
