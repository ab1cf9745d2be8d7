import ColophonCore

extension WaterfallChart: ChartFamily {
  private static let rowHeight = 23.0

  /// Where each step begins and ends.
  private var spans: [(from: Double, to: Double)] {
    var level = base
    return steps.map { step in
      let from = level
      level += step.amount
      return (from, level)
    }
  }

  func draw(clip: String) -> ChartDrawing {
    let spans = spans
    let levels = [base, total] + spans.flatMap { [$0.from, $0.to] }
    let frame = RowFrame(
      labels: [baseLabel] + steps.map { $0.label } + [totalLabel],
      axis: axis,
      extent: roomy(Extent(of: levels, on: axis)),
      rowHeight: WaterfallChart.rowHeight
    )
    var drawing = ChartDrawing(height: frame.height)
    frame.draw(into: &drawing.sketch)
    mark(base, row: 0, frame, into: &drawing.sketch)
    for (index, span) in spans.enumerated() {
      draw(steps[index].amount, span, row: index + 1, frame, into: &drawing.sketch)
    }
    mark(total, row: steps.count + 1, frame, into: &drawing.sketch)
    return drawing
  }

  /// Room for the numbers beside the bars.
  private func roomy(_ extent: Extent) -> Extent {
    let room = (extent.upper - extent.lower) * 0.1
    return Extent(extent.lower - room, extent.upper + room)
  }

  private func mark(_ value: Double, row: Int, _ frame: RowFrame, into sketch: inout Sketch) {
    guard let x = frame.scale.clamped(value) else { return }
    let y = frame.middle(row)
    sketch.circle(.mark, at: Place(x: x, y: y), radius: 4)
    let isRight = x > frame.plot.right - 60
    let place = Place(x: isRight ? x - 8 : x + 8, y: y + 4)
    let text = DecimalText.general(value, digits: 4)
    sketch.text(text, .direct, .halo, at: place, anchor: isRight ? .end : .start)
  }

  private func draw(
    _ amount: Double,
    _ span: (from: Double, to: Double),
    row: Int,
    _ frame: RowFrame,
    into sketch: inout Sketch
  ) {
    guard let from = frame.scale.clamped(span.from), let to = frame.scale.clamped(span.to) else {
      return
    }
    let y = frame.middle(row)
    sketch.line(
      .drop,
      from: Place(x: from, y: y - WaterfallChart.rowHeight + 7),
      to: Place(x: from, y: y + 7)
    )
    sketch.rect(
      .fill,
      .series(amount < 0 ? 1 : 0),
      box: Box(x: min(from, to), y: y - 7, width: max(abs(to - from), 0.6), height: 14)
    )
    if row == steps.count {
      let foot = Place(x: to, y: y + WaterfallChart.rowHeight)
      sketch.line(.drop, from: Place(x: to, y: y - 7), to: foot)
    }
    let text = (amount < 0 ? "\u{2212}" : "+") + DecimalText.general(abs(amount), digits: 3)
    let right = max(from, to)
    let isRight = right + TextMeasure.width(text) + 6 > frame.plot.right + 14
    let place = Place(x: isRight ? min(from, to) - 5 : right + 5, y: y + 4)
    sketch.text(text, .tick, .halo, at: place, anchor: isRight ? .end : .start)
  }

  func data() -> TableExhibit {
    let middle = zip(steps, spans).map { step, span -> [TableCell] in
      [.text(step.label), .number(step.amount, .general(5)), .number(span.to, .general(5))]
    }
    return TableExhibit(
      columns: [
        TableColumn("step"), TableColumn("adds", .numeric), TableColumn(axis.title, .numeric),
      ],
      rows: [[.text(baseLabel), .missing, .number(base, .general(5))]] + middle
        + [[.text(totalLabel), .missing, .number(total, .general(5))]],
      isSortable: false
    )
  }
}
