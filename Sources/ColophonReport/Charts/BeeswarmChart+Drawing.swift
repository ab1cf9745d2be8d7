import ColophonCore

extension BeeswarmChart: ChartFamily {
  /// How many dots a picture may hold.
  private static let markLimit = 900
  /// Dots nearer than this along the axis are heaped.
  private static let column = 2.4
  private static let laneHeight = 30.0

  func draw(clip: String) -> ChartDrawing {
    let values = lanes.flatMap { $0.values }
    let frame = RowFrame(
      labels: lanes.map { $0.label },
      axis: axis,
      extent: Extent(of: values + [0], on: axis),
      rowHeight: BeeswarmChart.laneHeight
    )
    let hasShades = shadeTitle != nil
    let top = hasShades ? 20.0 : 0
    var drawing = ChartDrawing(height: frame.height + top)
    var inner = Sketch()
    frame.draw(into: &inner, zeroLine: true)
    let limit = max(20, BeeswarmChart.markLimit / max(1, lanes.count))
    var dots = ShadedDots()
    var most = 0
    for (index, lane) in lanes.enumerated() {
      let kept = Thinning.positions(of: lane.values.count, limit: limit)
      if kept.count < lane.values.count { most = max(most, kept.count) }
      for (place, position) in heaped(kept, of: lane, on: frame, at: frame.middle(index)) {
        let shade = lane.shades.indices.contains(position) ? lane.shades[position] : nil
        dots.add(place, shade: shade, hasShades: hasShades && !lane.shades.isEmpty)
      }
    }
    dots.draw(into: &inner)
    if let shadeTitle {
      let end = Place(x: frame.plot.right, y: 12)
      ShadedDots.key(shadeTitle, endingAt: end, into: &drawing.sketch)
    }
    let shift = HTMLAttribute(.transform, "translate(0 \(Coordinate.text(top)))")
    drawing.sketch.add(top > 0 ? .element(.g, [shift], inner.nodes) : .fragment(inner.nodes))
    if most > 0 {
      let total = DecimalText.grouped(String(lanes.map { $0.values.count }.max() ?? 0))
      drawing.remarks.append("\(most) of \(total) rows a lane are drawn, evenly spread.")
    }
    return drawing
  }

  /// The dots of a lane: those that would touch stand above and below each other in turn, closer
  /// where there are many.
  private func heaped(
    _ kept: [Int],
    of lane: Lane,
    on frame: RowFrame,
    at middle: Double
  ) -> [(Place, Int)] {
    let placed = kept.compactMap { position in
      frame.scale.position(lane.values[position]).map { (x: $0, position: position) }
    }
    var heights: [Int: Int] = [:]
    for dot in placed { heights[column(dot.x), default: 0] += 1 }
    var used: [Int: Int] = [:]
    return placed.map { dot in
      let place = column(dot.x)
      let rank = used[place, default: 0]
      used[place] = rank + 1
      // 0, 1, −1, 2, −2 …
      let step = rank % 2 == 1 ? (rank + 1) / 2 : -rank / 2
      let room = BeeswarmChart.laneHeight / 2 - 4
      let spacing = min(2.8, 2 * room / Double(max(heights[place] ?? 1, 1)))
      return (Place(x: dot.x, y: middle - Double(step) * spacing), dot.position)
    }
  }

  private func column(_ x: Double) -> Int { Int((x / BeeswarmChart.column).rounded(.down)) }

  func data() -> TableExhibit {
    TableExhibit(
      columns: [
        TableColumn("name"), TableColumn("mean size", .numeric), TableColumn("least", .numeric),
        TableColumn("median", .numeric), TableColumn("greatest", .numeric),
      ],
      rows: lanes.map { lane in
        let sorted = lane.values.filter { $0.isFinite }.sorted()
        guard let least = sorted.first, let greatest = sorted.last else {
          return [.text(lane.label), .missing, .missing, .missing, .missing]
        }
        let size = sorted.reduce(0) { $0 + abs($1) } / Double(sorted.count)
        let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        return [.text(lane.label)] + [size, least, middle, greatest].map { .number($0) }
      },
      isSortable: false
    )
  }
}
