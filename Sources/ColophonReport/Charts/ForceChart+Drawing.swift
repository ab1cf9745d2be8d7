import ColophonCore

extension ForceChart: ChartFamily {
  /// More columns than this can't be told apart.
  private static let columnLimit = 48
  /// Rows of numbers behind pictures whose rows are many and alike.
  static let dataLimit = 25

  func draw(clip: String) -> ChartDrawing {
    let kept = Thinning.positions(of: columns.count, limit: ForceChart.columnLimit)
    let key = ForceChart.key(parts)
    var drawing = ChartDrawing(height: 250 + key.height)
    drawing.sketch.add(.fragment(key.sketch.nodes))
    let stacks = kept.map { ForceChart.stacked(columns[$0], parts.count) }
    let ends = stacks.flatMap { $0.flatMap { [$0.from, $0.to] } }
    let frame = PlotFrame(
      x,
      Extent(of: [0.5, Double(max(columns.count, 1)) + 0.5], on: x),
      .tight,
      y,
      Extent(of: ends + [0], on: y),
      .whole,
      height: 250
    )
    var inner = Sketch()
    frame.draw(into: &inner)
    let width = frame.plot.width / Double(max(kept.count, 1))
    for part in parts.indices {
      var path = PathText()
      for (index, stack) in stacks.enumerated() {
        let left = frame.plot.x + width * Double(index)
        bar(stack[part], left, width, frame, into: &path)
      }
      // Wide enough that no light falls between two bars after rounding.
      let stroke = (width * 10).rounded(.up) / 10
      inner.path(.stripe, .series(part), path: path, width: stroke)
    }
    var line = PathText()
    let totals = totals
    for (index, position) in kept.enumerated() {
      guard let y = frame.y.clamped(totals[position]) else { continue }
      let left = frame.plot.x + width * Double(index)
      line.line(to: Place(x: left, y: y))
      line.line(to: Place(x: left + width, y: y))
    }
    inner.path(.whisker, path: line)
    let shift = HTMLAttribute(.transform, "translate(0 \(Coordinate.text(key.height)))")
    drawing.sketch.add(.element(.g, [shift], inner.nodes))
    if kept.count < columns.count {
      let total = DecimalText.grouped(String(columns.count))
      drawing.remarks.append("\(kept.count) of \(total) rows are drawn, evenly spread.")
    }
    return drawing
  }

  private func bar(
    _ span: (from: Double, to: Double),
    _ left: Double,
    _ width: Double,
    _ frame: PlotFrame,
    into path: inout PathText
  ) {
    guard span.from != span.to, let a = frame.y.clamped(span.from), let b = frame.y.clamped(span.to)
    else { return }
    path.move(to: Place(x: left + width / 2, y: a))
    path.line(to: Place(x: left + width / 2, y: b))
  }

  /// What is above zero stacked upwards, what is below downwards, in the parts' order.
  private static func stacked(_ column: [Double], _ count: Int) -> [(from: Double, to: Double)] {
    var (up, down) = (0.0, 0.0)
    return (0..<count).map { part in
      let value = column.indices.contains(part) && column[part].isFinite ? column[part] : 0
      if value >= 0 {
        up += value
        return (up - value, up)
      }
      down += value
      return (down - value, down)
    }
  }

  /// The names in their colours, in as many lines as they need.
  private static func key(_ parts: [String]) -> (sketch: Sketch, height: Double) {
    var sketch = Sketch()
    var place = Place(x: 0, y: 12)
    for (index, name) in parts.enumerated() {
      let room = min(TextMeasure.width(name), 150)
      if place.x > 0, place.x + 14 + room > ChartDrawing.standardWidth {
        place = Place(x: 0, y: place.y + Sketch.lineHeight)
      }
      let box = Box(x: place.x, y: place.y - 9, width: 10, height: 10)
      sketch.rect(.fill, .series(index), box: box)
      let start = Place(x: place.x + 14, y: place.y)
      sketch.text(name, fittedTo: room, .direct, at: start, anchor: .start)
      place.x += room + 30
    }
    return (sketch, place.y + 8)
  }

  func data() -> TableExhibit {
    let totals = totals
    return TableExhibit(
      columns: [TableColumn(x.title, .numeric)] + parts.map { TableColumn($0, .numeric) } + [
        TableColumn("sum", .numeric)
      ],
      rows: Thinning.positions(of: columns.count, limit: ForceChart.dataLimit).map { i in
        [.count(i + 1)]
          + parts.indices.map { part in
            columns[i].indices.contains(part) ? .number(columns[i][part]) : .missing
          } + [.number(totals[i])]
      },
      isSortable: false,
      rowHeaderColumn: nil
    )
  }
}
