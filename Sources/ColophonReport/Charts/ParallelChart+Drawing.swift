import ColophonCore

extension ParallelChart: ChartFamily {
  private static let lineLimit = 400
  private static let height = 250.0

  func draw(clip: String) -> ChartDrawing {
    let gap = 112.0
    let natural = 90 + gap * Double(max(axes.count - 1, 1))
    let width = max(ChartDrawing.standardWidth, natural)
    var drawing = ChartDrawing(width: width, height: ParallelChart.height)
    drawing.isWide = width > ChartDrawing.standardWidth
    let plot = Box(x: 40, y: 34, width: width - 90, height: ParallelChart.height - 50)
    let shown = lines.suffix(ParallelChart.lineLimit)
    if shown.count < lines.count {
      drawing.remarks.append("The best \(shown.count) of \(lines.count) lines are drawn.")
    }
    for line in shown { draw(line, plot, into: &drawing.sketch) }
    for (place, axis) in axes.enumerated() {
      draw(axis, at: x(place, plot), plot, into: &drawing.sketch)
    }
    return drawing
  }

  private func x(_ axis: Int, _ plot: Box) -> Double {
    axes.count < 2 ? plot.x : plot.x + plot.width * Double(axis) / Double(axes.count - 1)
  }

  /// The best line in the second colour, the best quarter in the first, the others pale.
  private func draw(_ line: Line, _ plot: Box, into sketch: inout Sketch) {
    var path = PathText()
    var isOpen = false
    for (axis, place) in line.places.prefix(axes.count).enumerated() {
      // A line passes an axis on which it has no place.
      guard let place, place.isFinite else { continue }
      let point = Place(
        x: x(axis, plot),
        y: plot.bottom - plot.height * min(max(place, 0), 1)
      )
      isOpen ? path.line(to: point) : path.move(to: point)
      isOpen = true
    }
    if line.rank <= 0 { return sketch.path(.line, .series(1), path: path) }
    if line.rank <= 0.25 { return sketch.path(.line, .series(0), path: path, opacity: 0.55) }
    sketch.path(.edge, path: path, opacity: 0.3)
  }

  private func draw(_ axis: Axis, at x: Double, _ plot: Box, into sketch: inout Sketch) {
    sketch.line(.axis, from: Place(x: x, y: plot.y), to: Place(x: x, y: plot.bottom))
    sketch.text(
      axis.label,
      fittedTo: 106,
      .direct,
      at: Place(x: x, y: plot.y - 16),
      anchor: .middle
    )
    var edge = Double.infinity
    for tick in axis.ticks.sorted(by: { $0.place < $1.place }) {
      let y = plot.bottom - plot.height * min(max(tick.place, 0), 1)
      guard y < edge - 12 else { continue }
      edge = y
      sketch.line(.axis, from: Place(x: x, y: y), to: Place(x: x + 4, y: y))
      sketch.text(tick.label, .tick, .halo, at: Place(x: x + 7, y: y + 4))
    }
  }

  func data() -> TableExhibit {
    TableExhibit(
      columns: [TableColumn("")] + axes.map { TableColumn($0.label) },
      rows: lines.reversed().map { line in
        [.text(line.name)] + line.texts.map { .text($0) }
      },
      isSortable: false
    )
  }
}
