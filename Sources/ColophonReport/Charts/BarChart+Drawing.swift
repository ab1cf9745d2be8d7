import ColophonCore

extension BarChart: ChartFamily {
  func draw(clip: String) -> ChartDrawing {
    let values = bars.flatMap { [$0.value, $0.low ?? $0.value, $0.high ?? $0.value] }
    let frame = RowFrame(
      labels: bars.map(\.label),
      axis: axis,
      extent: Extent(of: axis.scale == .linear ? values + [0] : values, on: axis),
      rowHeight: 23
    )
    var drawing = ChartDrawing(height: frame.height)
    frame.draw(into: &drawing.sketch, zeroLine: true)
    let zero = frame.scale.clamped(0) ?? frame.plot.x
    for (i, bar) in bars.enumerated() {
      guard let end = frame.scale.clamped(bar.value) else { continue }
      let y = frame.middle(i)
      drawing.sketch.rect(
        .fill,
        .series(showsSign && bar.value < 0 ? 1 : 0),
        box: Box(x: min(zero, end), y: y - 7, width: abs(end - zero), height: 14)
      )
      guard let low = bar.low, let high = bar.high, let a = frame.scale.clamped(low),
        let b = frame.scale.clamped(high)
      else { continue }
      Whisker.draw(from: a, to: b, at: y, into: &drawing.sketch)
    }
    return drawing
  }

  func data() -> TableExhibit {
    let hasIntervals = bars.contains { $0.low != nil || $0.high != nil }
    let ends = hasIntervals ? [TableColumn("low", .numeric), TableColumn("high", .numeric)] : []
    return TableExhibit(
      columns: [TableColumn("name"), TableColumn(axis.title, .numeric)] + ends,
      rows: bars.map { bar in
        [.text(bar.label), .number(bar.value, .general(5))]
          + (hasIntervals ? [Whisker.cell(bar.low), Whisker.cell(bar.high)] : [])
      },
      isSortable: false
    )
  }
}

/// A thin line with an end at each side: an interval.
enum Whisker {
  static func draw(from a: Double, to b: Double, at y: Double, into sketch: inout Sketch) {
    var path = PathText()
    path.move(to: Place(x: a, y: y))
    path.line(to: Place(x: b, y: y))
    for end in [a, b] {
      path.move(to: Place(x: end, y: y - 3.5))
      path.line(to: Place(x: end, y: y + 3.5))
    }
    sketch.path(.whisker, path: path)
  }

  static func cell(_ value: Double?) -> TableCell {
    value.map { .number($0, .general(5)) } ?? .missing
  }
}
