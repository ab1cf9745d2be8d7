import ColophonCore

extension ScatterChart: ChartFamily {
  /// How many marks a picture may hold; more would weigh more than they show.
  private static let markLimit = 1500

  func draw(clip: String) -> ChartDrawing {
    var drawing = ChartDrawing(height: identity == nil ? 280 : 340)
    let frame = frame(height: drawing.height)
    frame.draw(into: &drawing.sketch)
    let annotations = ChartAnnotations(rules: rules, marks: marks, diagonal: identity)
    annotations.drawUnder(frame, into: &drawing.sketch)

    var placer = LabelPlacer(bounds: frame.plot)
    var inner = Sketch()
    var names: [(Int, [Place])] = []
    let limit = ScatterChart.markLimit / max(series.count, 1)
    for (i, series) in series.enumerated() {
      let places = zip(series.x, series.y).compactMap { frame.place($0, $1) }
        .filter { frame.plot.contains($0) }
      let (marks, cell) = Thinning.points(places, limit: limit)
      draw(marks, of: series, at: i, into: &inner)
      placer.avoid(marks.map(\.place))
      names.append((i, marks.map(\.place)))
      if cell > 0 { drawing.remarks.append(remark(series, drawn: marks.count)) }
      let outside = zip(series.x, series.y).count { $0.isFinite && $1.isFinite } - places.count
      if outside > 0 { drawing.remarks.append("\(outside) points lie outside the axes.") }
    }
    drawing.sketch.add(.fragment(inner.nodes))
    placer.avoid(annotations.places(in: frame))
    annotations.drawOver(frame, placer: &placer, into: &drawing.sketch)
    if series.count > 1 {
      for (i, places) in names {
        label(series[i].name, at: i, near: places, &placer, into: &drawing.sketch)
      }
    }
    return drawing
  }

  private func frame(height: Double) -> PlotFrame {
    let xs = series.flatMap(\.x) + marks.map(\.x)
    let ys = series.flatMap(\.y) + marks.map(\.y)
    let verticals = rules.filter { $0.direction == .vertical }.map(\.value)
    let horizontals = rules.filter { $0.direction == .horizontal }.map(\.value)
    return PlotFrame(
      x,
      Extent(of: xs + verticals, on: x),
      .padded,
      y,
      Extent(of: ys + horizontals, on: y),
      .padded,
      height: height
    )
  }

  private func remark(_ series: Series, drawn: Int) -> String {
    let name = series.name.isEmpty || self.series.count == 1 ? "" : " of \(series.name)"
    let total = DecimalText.grouped(String(series.x.count))
    return "\(total) points\(name) drawn as \(DecimalText.grouped(String(drawn))) marks: "
      + "points that touch share one, darker where there are many."
  }

  /// Filled dots for the first series, then shapes that need no colour to be told apart.
  private func draw(
    _ marks: [Thinning.Mark],
    of series: Series,
    at index: Int,
    into sketch: inout Sketch
  ) {
    let opacity = series.opacity ?? (marks.count > 60 ? 0.7 : nil)
    let shapes = [
      "", "m-2.4-2.4l4.8 4.8m0-4.8l-4.8 4.8", "m0-3.2l2.9 5h-5.8z", "m-2.3-2.3h4.6v4.6h-4.6z",
    ]
    if index % 4 != 0 {
      var path = PathText()
      for mark in marks { path.stamp(shapes[index % 4], at: mark.place) }
      return sketch.path(.shape, .series(index), path: path, opacity: opacity)
    }
    let most = marks.map(\.count).max() ?? 1
    let levels: [(counts: ClosedRange<Int>, opacity: Double?)] =
      most == 1
      ? [(1...1, opacity)]
      : [(1...most / 8 + 1, 0.3), (most / 8 + 2...most / 3 + 2, 0.6), (most / 3 + 3...most + 3, 1)]
    for level in levels {
      var path = PathText()
      for mark in marks where level.counts.contains(mark.count) { path.dot(at: mark.place) }
      sketch.path(.dots, .series(index), path: path, opacity: level.opacity)
    }
  }

  private func label(
    _ name: String,
    at index: Int,
    near places: [Place],
    _ placer: inout LabelPlacer,
    into sketch: inout Sketch
  ) {
    // A few points spread over the series are as good to stand beside as all.
    let near = Thinning.positions(of: places.count, limit: 24).map { places[$0] }
    let spots = LabelPlacer.about(places) + near.flatMap { LabelPlacer.around($0) }
    guard !name.isEmpty, let spot = placer.place(name, spots) else { return }
    sketch.text(name, .direct, .halo, .series(index), at: spot.place, anchor: spot.anchor)
  }

  func data() -> TableExhibit {
    let hasNames = series.count > 1
    let rows = series.flatMap { series in
      zip(series.x, series.y).map { x, y in
        (hasNames ? [TableCell.text(series.name)] : [])
          + [.number(x, .general(5)), .number(y, .general(5))]
      }
    }
    return TableExhibit(
      columns: (hasNames ? [TableColumn("series")] : [])
        + [TableColumn(x.title, .numeric), TableColumn(y.title, .numeric)],
      rows: rows,
      isSortable: false,
      rowHeaderColumn: hasNames ? 0 : nil
    )
  }
}
