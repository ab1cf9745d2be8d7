import ColophonCore

extension IntervalChart: ChartFamily {
  func draw(clip: String) -> ChartDrawing {
    let values = items.flatMap { [$0.value, $0.low ?? $0.value, $0.high ?? $0.value] }
    let references = rules.filter { $0.direction == .vertical }.map(\.value)
    let frame = RowFrame(
      labels: items.map { item in item.note.map { "\(item.label), \($0)" } ?? item.label },
      axis: axis,
      extent: Extent(of: values + references, on: axis),
      rules: rules
    )
    var drawing = ChartDrawing(height: frame.height)
    frame.draw(into: &drawing.sketch)
    frame.draw(rules, into: &drawing.sketch)
    for (i, item) in items.enumerated() {
      let y = frame.middle(i)
      if let low = item.low, let high = item.high, let a = frame.scale.clamped(low),
        let b = frame.scale.clamped(high)
      {
        Whisker.draw(from: a, to: b, at: y, into: &drawing.sketch)
      }
      guard frame.scale.contains(item.value), let x = frame.scale.position(item.value) else {
        continue
      }
      drawing.sketch.circle(.mark, .series1, at: Place(x: x, y: y), radius: 4)
    }
    return drawing
  }

  func data() -> TableExhibit {
    TableExhibit(
      columns: [
        TableColumn("name"), TableColumn(axis.title, .numeric), TableColumn("low", .numeric),
        TableColumn("high", .numeric),
      ],
      rows: items.map {
        [
          .text($0.label), .number($0.value, .general(5)), Whisker.cell($0.low),
          Whisker.cell($0.high),
        ]
      },
      isSortable: false
    )
  }
}
