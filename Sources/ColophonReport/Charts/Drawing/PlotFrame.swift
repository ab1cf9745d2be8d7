/// The frame of a picture with two axes: where the plot lies, its scales, ticks and titles.
struct PlotFrame {
  /// How an axis treats the ends that nobody fixed.
  enum Ends {
    /// Out to whole steps.
    case whole
    /// The data from edge to edge.
    case tight
    /// Some air beside the data.
    case padded
  }

  let plot: Box
  let x: Scale
  let y: Scale
  private let xTicks: Ticks
  private let yTicks: Ticks
  private let xTitle: String
  private let yTitle: String

  /// Lays out a frame of the standard width.
  ///
  /// `rightMargin` is asked with the vertical scale, for labels that stand beside the plot.
  init(
    _ xAxis: ChartAxis,
    _ xExtent: Extent,
    _ xEnds: Ends,
    _ yAxis: ChartAxis,
    _ yExtent: Extent,
    _ yEnds: Ends,
    height: Double,
    rightMargin: (Scale) -> Double = { _ in 14 }
  ) {
    xTitle = xAxis.title
    yTitle = yAxis.title
    let top = yTitle.isEmpty ? 10.0 : 26
    let bottom = height - (xTitle.isEmpty ? 20 : 38)
    let yRange = PlotFrame.ends(yExtent, yEnds, yAxis, count: Int((bottom - top) / 34))
    yTicks = Ticks.fitting(yRange, on: yAxis, atMost: Int((bottom - top) / 30)) { _ in true }
    let left = 8 + (yTicks.texts.map { TextMeasure.width($0) }.max() ?? 0)
    y = Scale(
      lower: yRange.lower,
      upper: yRange.upper,
      start: bottom,
      end: top,
      isLogarithmic: yAxis.scale == .logarithmic
    )
    let right = ChartDrawing.standardWidth - min(rightMargin(y), 150)
    let xRange = PlotFrame.ends(xExtent, xEnds, xAxis, count: 7)
    let scale = Scale(
      lower: xRange.lower,
      upper: xRange.upper,
      start: left,
      end: right,
      isLogarithmic: xAxis.scale == .logarithmic
    )
    x = scale
    xTicks = Ticks.fitting(xRange, on: xAxis, atMost: 9) { PlotFrame.fits($0, along: scale) }
    plot = Box(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// Whether the texts of ticks stand side by side with air between them.
  static func fits(_ ticks: Ticks, along scale: Scale) -> Bool {
    var edge = -Double.infinity
    for (value, text) in zip(ticks.values, ticks.texts) {
      let width = TextMeasure.width(text)
      guard let place = scale.position(value) else { continue }
      if place - width / 2 < edge + 10 { return false }
      edge = place + width / 2
    }
    return true
  }

  private static func ends(
    _ extent: Extent,
    _ ends: Ends,
    _ axis: ChartAxis,
    count: Int
  ) -> Extent {
    switch ends {
    case .tight: extent
    case .padded: extent.padded(by: 0.04, on: axis)
    case .whole: extent.widened(to: Ticks(extent, on: axis, atMost: count), on: axis)
    }
  }

  /// Grid lines, axis, ticks and titles: what lies under the data.
  func draw(into sketch: inout Sketch, verticalGrid: Bool = false) {
    for (value, text) in zip(yTicks.values, yTicks.texts) {
      guard let place = y.position(value) else { continue }
      sketch.line(.grid, from: Place(x: plot.x, y: place), to: Place(x: plot.right, y: place))
      sketch.text(text, .tick, at: Place(x: plot.x - 6, y: place + 4), anchor: .end)
    }
    for (value, text) in zip(xTicks.values, xTicks.texts) {
      guard let place = x.position(value) else { continue }
      let foot = Place(x: place, y: plot.bottom)
      if verticalGrid {
        sketch.line(.grid, from: Place(x: place, y: plot.y), to: foot)
      }
      sketch.line(.axis, from: foot, to: Place(x: place, y: plot.bottom + 4))
      sketch.text(text, .tick, at: Place(x: place, y: plot.bottom + 17), anchor: .middle)
    }
    sketch.line(
      .axis,
      from: Place(x: plot.x, y: plot.bottom),
      to: Place(x: plot.right, y: plot.bottom)
    )
    sketch.text(yTitle, .label, at: Place(x: 0, y: 12))
    sketch.text(
      xTitle,
      .label,
      at: Place(x: plot.right, y: plot.bottom + 34),
      anchor: .end
    )
  }

  /// The place of a point; nil where it has none.
  func place(_ x: Double, _ y: Double) -> Place? {
    guard let px = self.x.position(x), let py = self.y.position(y) else { return nil }
    return Place(x: px, y: py)
  }
}

extension ChartAxis {
  /// The label, with the unit in brackets.
  var title: String { unit.map { "\(label) (\($0))" } ?? label }
}

extension LineChart {
  /// Whether both axes are shares of one, so that the plot is best square.
  static func isUnitSquare(_ x: ChartAxis, _ y: ChartAxis) -> Bool {
    x.lower == 0 && x.upper == 1 && y.lower == 0 && y.upper == 1
  }
}
