import ColophonCore

extension TimelineChart: ChartFamily {
  private static let spanLimit = 2000

  func draw(clip: String) -> ChartDrawing {
    let spans = lanes.flatMap(\.spans)
    let width = 640.0
    let frame = RowFrame(
      labels: lanes.map(\.label),
      axis: axis,
      extent: Extent(of: spans.flatMap { [$0.start, $0.end] } + rules.map(\.value), on: axis),
      rowHeight: 26,
      rules: rules,
      width: width
    )
    var drawing = ChartDrawing(width: width, height: frame.height + (kinds.isEmpty ? 0 : 20))
    drawing.isWide = true
    frame.draw(into: &drawing.sketch)
    frame.draw(rules, into: &drawing.sketch)
    var left = TimelineChart.spanLimit
    for (row, lane) in lanes.enumerated() {
      for span in lane.spans.prefix(max(left, 0)) { draw(span, row, frame, into: &drawing.sketch) }
      left -= lane.spans.count
    }
    if left < 0 { drawing.remarks.append("The first \(TimelineChart.spanLimit) spans are drawn.") }
    drawKey(frame, into: &drawing.sketch)
    return drawing
  }

  private func draw(_ span: Span, _ row: Int, _ frame: RowFrame, into sketch: inout Sketch) {
    guard let a = frame.scale.clamped(span.start), let b = frame.scale.clamped(span.end) else {
      return
    }
    let box = Box(x: min(a, b), y: frame.middle(row) - 9, width: max(abs(b - a), 0.6), height: 18)
    sketch.rect(.heat, .series(span.kind), box: box, radius: min(2, box.width / 4))
    guard let label = span.label, TextMeasure.width(label) + 4 <= box.width else { return }
    sketch.text(
      label,
      .onFill,
      at: Place(x: box.x + box.width / 2, y: frame.middle(row) + 4),
      anchor: .middle
    )
  }

  /// The kinds by colour, under the axis: spans are too many to be named each.
  private func drawKey(_ frame: RowFrame, into sketch: inout Sketch) {
    var x = frame.plot.x
    let y = frame.height + 4
    for (i, kind) in kinds.enumerated() {
      sketch.rect(.heat, .series(i), box: Box(x: x, y: y, width: 12, height: 12), radius: 2)
      sketch.text(kind, .label, at: Place(x: x + 17, y: y + 10))
      x += TextMeasure.width(kind) + 36
    }
  }

  func data() -> TableExhibit {
    let rows = lanes.flatMap { lane in
      lane.spans.map { span -> [TableCell] in
        [
          .text(lane.label), .number(span.start, .general(6)), .number(span.end, .general(6)),
          .text(span.label ?? (kinds.indices.contains(span.kind) ? kinds[span.kind] : "")),
        ]
      }
    }
    return TableExhibit(
      columns: [
        TableColumn("lane"), TableColumn("start", unit: axis.unit, .numeric),
        TableColumn("end", unit: axis.unit, .numeric), TableColumn("what"),
      ],
      rows: rows,
      isSortable: false
    )
  }
}
