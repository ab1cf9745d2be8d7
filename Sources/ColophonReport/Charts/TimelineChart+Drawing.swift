import ColophonCore

extension TimelineChart: ChartFamily {
  private static let spanLimit = 6000
  /// From here on spans of a kind are one shape each kind, and the table sums them up by lane.
  private static let manySpans = 600

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
    var shapes: [Int: PathText] = [:]
    for (row, lane) in lanes.enumerated() {
      for span in lane.spans.prefix(max(left, 0)) {
        if spans.count > TimelineChart.manySpans {
          add(span, row, frame, to: &shapes[span.kind, default: PathText()])
        } else {
          draw(span, row, frame, into: &drawing.sketch)
        }
      }
      left -= lane.spans.count
    }
    for kind in shapes.keys.sorted() {
      drawing.sketch.path(.heat, .series(kind), path: shapes[kind] ?? PathText())
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

  /// A span as a few relative commands: thousands of them stay small.
  private func add(_ span: Span, _ row: Int, _ frame: RowFrame, to shape: inout PathText) {
    guard let a = frame.scale.clamped(span.start), let b = frame.scale.clamped(span.end) else {
      return
    }
    let width = Coordinate.text(max(abs(b - a), 0.6))
    shape.stamp("h\(width)v18h-\(width)z", at: Place(x: min(a, b), y: frame.middle(row) - 9))
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
    if lanes.reduce(0, { $0 + $1.spans.count }) > TimelineChart.manySpans { return sums }
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

  /// Of each lane: how many spans, how long they are together, and between what they lie.
  private var sums: TableExhibit {
    let kinds = kinds.isEmpty ? [""] : kinds
    let names = kinds.map { TableColumn($0.isEmpty ? "together" : $0, unit: axis.unit, .numeric) }
    return TableExhibit(
      columns: [
        TableColumn("lane"), TableColumn("spans", .numeric),
        TableColumn("from", unit: axis.unit, .numeric),
        TableColumn("to", unit: axis.unit, .numeric),
      ] + names,
      rows: lanes.map { lane in
        let lengths = kinds.indices.map { kind in
          lane.spans.filter { $0.kind == kind }.reduce(0) { $0 + $1.end - $1.start }
        }
        return [
          .text(lane.label), .number(Double(lane.spans.count)),
          .number(lane.spans.map { $0.start }.min() ?? .nan, .general(6)),
          .number(lane.spans.map { $0.end }.max() ?? .nan, .general(6)),
        ] + lengths.map { .number($0, .general(6)) }
      },
      isSortable: false
    )
  }
}
