import ColophonCore

extension BoxChart: ChartFamily {
  func draw(clip: String) -> ChartDrawing {
    let values = boxes.flatMap { [$0.low, $0.lowerQuartile, $0.median, $0.upperQuartile, $0.high] }
    let frame = RowFrame(
      labels: boxes.map(\.label),
      axis: axis,
      extent: Extent(of: values + boxes.flatMap(\.outliers), on: axis),
      rowHeight: 30
    )
    var drawing = ChartDrawing(height: frame.height)
    frame.draw(into: &drawing.sketch)
    for (i, box) in boxes.enumerated() { draw(box, at: frame.middle(i), frame, into: &drawing) }
    return drawing
  }

  private func draw(
    _ box: Box,
    at y: Double,
    _ frame: RowFrame,
    into drawing: inout ChartDrawing
  ) {
    let marks = [box.low, box.lowerQuartile, box.median, box.upperQuartile, box.high]
    let places = marks.compactMap { frame.scale.clamped($0) }
    guard places.count == 5 else { return }
    Whisker.draw(from: places[0], to: places[1], at: y, into: &drawing.sketch)
    Whisker.draw(from: places[3], to: places[4], at: y, into: &drawing.sketch)
    drawing.sketch.rect(
      .heat,
      .series1,
      box: ColophonReport.Box(x: places[1], y: y - 8, width: places[3] - places[1], height: 16)
    )
    drawing.sketch.line(
      .strong,
      from: Place(x: places[2], y: y - 8),
      to: Place(x: places[2], y: y + 8)
    )
    let outliers = box.outliers.filter { frame.scale.contains($0) }
      .compactMap { frame.scale.position($0) }.map { Place(x: $0, y: y) }
    for mark in Thinning.points(outliers, limit: 80).marks {
      drawing.sketch.circle(.ring, .series1, at: mark.place, radius: 2.4)
    }
  }

  func data() -> TableExhibit {
    let heads = ["low", "lower quartile", "median", "upper quartile", "high", "outliers"]
    return TableExhibit(
      columns: [TableColumn("group")] + heads.map { TableColumn($0, .numeric) },
      rows: boxes.map { box in
        let numbers = [box.low, box.lowerQuartile, box.median, box.upperQuartile, box.high]
        return [.text(box.label)] + numbers.map { .number($0, .general(5)) }
          + [.count(box.outliers.count)]
      },
      isSortable: false
    )
  }
}
