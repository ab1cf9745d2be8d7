/// The frame of a picture whose rows are named at the left and measured along the foot.
struct RowFrame {
  let plot: Box
  let scale: Scale
  let height: Double
  private let labels: [String]
  private let labelRoom: Double
  private let rowHeight: Double
  private let ticks: Ticks
  private let title: String

  init(
    labels: [String],
    axis: ChartAxis,
    extent: Extent,
    rowHeight: Double = 24,
    rules: [ChartRule] = [],
    head: Double = 0,
    width: Double = ChartDrawing.standardWidth
  ) {
    // Names take what they need, up to a good third of the picture.
    let widest = labels.map { TextMeasure.width($0) }.max() ?? 0
    let room = min(widest, width * 0.42)
    self.labels = labels
    labelRoom = room
    self.rowHeight = rowHeight
    title = axis.title
    // Labels of reference lines stand above the rows, in as many lines as they may need.
    let named = rules.count { $0.label != nil }
    let top = head + (named == 0 ? 6 : 8 + 14 * Double(min(named, 3)))
    let bottom = top + rowHeight * Double(labels.count)
    height = bottom + (title.isEmpty ? 22 : 40)
    let left = room + 10
    let candidates = Ticks(extent, on: axis, atMost: 6)
    let range = extent.widened(to: candidates, on: axis)
    let scale = Scale(
      lower: range.lower,
      upper: range.upper,
      start: left,
      end: width - 16,
      isLogarithmic: axis.scale == .logarithmic
    )
    self.scale = scale
    ticks = Ticks.fitting(range, on: axis, atMost: 8) { PlotFrame.fits($0, along: scale) }
    plot = Box(x: left, y: top, width: width - 16 - left, height: bottom - top)
  }

  /// The height of a row's middle.
  func middle(_ row: Int) -> Double { plot.y + rowHeight * (Double(row) + 0.5) }

  func draw(into sketch: inout Sketch, zeroLine: Bool = false) {
    for (value, text) in zip(ticks.values, ticks.texts) {
      guard let place = scale.position(value) else { continue }
      let style: CSSClass = zeroLine && value == 0 ? .axis : .grid
      sketch.line(style, from: Place(x: place, y: plot.y), to: Place(x: place, y: plot.bottom))
      sketch.text(text, .tick, at: Place(x: place, y: plot.bottom + 16), anchor: .middle)
    }
    for (row, label) in labels.enumerated() {
      let place = Place(x: plot.x - 10, y: middle(row) + 4)
      sketch.text(label, fittedTo: labelRoom, .direct, at: place, anchor: .end)
    }
    sketch.text(title, .label, at: Place(x: plot.right, y: plot.bottom + 34), anchor: .end)
  }

  /// Vertical lines of reference, their labels above each other at the top where they would touch.
  func draw(_ rules: [ChartRule], into sketch: inout Sketch) {
    let head = Box(x: 0, y: -20, width: plot.right + 16, height: plot.y + 20)
    var placer = LabelPlacer(bounds: head)
    for rule in rules where rule.direction == .vertical && scale.contains(rule.value) {
      guard let x = scale.position(rule.value) else { continue }
      sketch.line(.rule, from: Place(x: x, y: plot.y), to: Place(x: x, y: plot.bottom))
      guard let label = rule.label else { continue }
      let spots = [0.0, -14, -28, -42].enumerated().map { step, dy in
        LabelPlacer.Candidate(
          place: Place(x: x, y: plot.y - 5 + dy),
          anchor: x > plot.right - 60 ? .end : .middle,
          cost: Double(step)
        )
      }
      guard let spot = placer.place(label, spots) else { continue }
      sketch.text(label, .label, at: spot.place, anchor: spot.anchor)
    }
  }
}
