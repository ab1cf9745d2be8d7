import ColophonCore

extension GroupedBarChart: ChartFamily {
  /// The height of one bar, and of the space about a group.
  private static let (thickness, space) = (12.0, 10.0)

  func draw(clip: String) -> ChartDrawing {
    let count = Double(max(series.count, 1))
    let values = groups.flatMap { $0.values.compactMap { $0 } }
    let references = rules.filter { $0.direction == .vertical }.map(\.value)
    let frame = RowFrame(
      labels: groups.map { group in group.note.map { "\(group.label), \($0)" } ?? group.label },
      axis: axis,
      extent: Extent(of: values + references + [0], on: axis),
      rowHeight: GroupedBarChart.thickness * count + GroupedBarChart.space,
      rules: rules,
      head: series.count > 1 ? 18 : 0
    )
    var drawing = ChartDrawing(height: frame.height)
    frame.draw(into: &drawing.sketch, zeroLine: true)
    let zero = frame.scale.clamped(0) ?? frame.plot.x
    for (i, group) in groups.enumerated() {
      let top = frame.middle(i) - GroupedBarChart.thickness * count / 2
      for (s, value) in group.values.prefix(series.count).enumerated() {
        guard let value, let end = frame.scale.clamped(value) else { continue }
        let y = top + GroupedBarChart.thickness * Double(s)
        drawing.sketch.rect(
          .fill,
          .series(s),
          box: Box(
            x: min(zero, end),
            y: y + 1,
            width: abs(end - zero),
            height: GroupedBarChart.thickness - 2
          )
        )
      }
    }
    frame.draw(rules, into: &drawing.sketch)
    if series.count > 1 { drawNames(frame, into: &drawing.sketch) }
    return drawing
  }

  /// The series' names in their colours, in a line above the bars.
  private func drawNames(_ frame: RowFrame, into sketch: inout Sketch) {
    var x = frame.plot.x
    for (s, name) in series.enumerated() {
      sketch.rect(.fill, .series(s), box: Box(x: x, y: 3, width: 10, height: 10))
      sketch.text(name, .direct, .series(s), at: Place(x: x + 14, y: 12), anchor: .start)
      x += 14 + TextMeasure.width(name) + 16
    }
  }

  func data() -> TableExhibit {
    let hasNotes = groups.contains { $0.note != nil }
    return TableExhibit(
      columns: [TableColumn("group")] + series.map { TableColumn($0, .numeric) }
        + (hasNotes ? [TableColumn("note")] : []),
      rows: groups.map { group in
        [.text(group.label)]
          + series.indices.map { s in
            let value = group.values.indices.contains(s) ? group.values[s] : nil
            return value.map { .number($0, .general(5)) } ?? .missing
          } + (hasNotes ? [.text(group.note ?? "")] : [])
      },
      isSortable: false
    )
  }
}
