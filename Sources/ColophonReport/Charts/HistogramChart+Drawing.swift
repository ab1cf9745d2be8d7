import ColophonCore

extension HistogramChart: ChartFamily {
  func draw(clip: String) -> ChartDrawing {
    var drawing = ChartDrawing(height: 240)
    let edges = series.flatMap(\.edges) + rules.filter { $0.direction == .vertical }.map(\.value)
    let frame = PlotFrame(
      x,
      Extent(of: edges, on: x),
      .tight,
      y,
      Extent(of: series.flatMap(\.counts) + (y.scale == .linear ? [0] : []), on: y),
      .whole,
      height: drawing.height
    )
    frame.draw(into: &drawing.sketch)
    var placer = LabelPlacer(bounds: frame.plot)
    var inner = Sketch()
    var tops: [[Place]] = []
    for (i, series) in series.enumerated() {
      let outline = outline(of: series, in: frame)
      draw(outline, at: i, frame, into: &inner)
      placer.avoid(Thinning.walked(outline))
      tops.append(outline)
    }
    drawing.sketch.add(frame.window(inner.nodes, id: clip))
    let annotations = ChartAnnotations(rules: rules, marks: [], diagonal: nil)
    annotations.drawUnder(frame, into: &drawing.sketch)
    placer.avoid(annotations.places(in: frame))
    annotations.drawOver(frame, placer: &placer, into: &drawing.sketch)
    guard series.count > 1 else { return drawing }
    for (i, top) in tops.enumerated() {
      let peak = top.filter { $0.y == top.map(\.y).min() }
      let spots = LabelPlacer.about(peak) + LabelPlacer.along(Thinning.walked(top))
      guard let spot = placer.place(series[i].name, spots) else { continue }
      drawing.sketch.text(
        series[i].name,
        .direct,
        .halo,
        .series(i),
        at: spot.place,
        anchor: spot.anchor
      )
    }
    return drawing
  }

  /// The corners of the bins' tops, from left to right.
  private func outline(of series: Series, in frame: PlotFrame) -> [Place] {
    var places: [Place] = []
    for (i, count) in series.counts.enumerated() where i + 1 < series.edges.count {
      guard let left = frame.x.position(series.edges[i]),
        let right = frame.x.position(series.edges[i + 1])
      else { continue }
      let top = frame.y.clamped(count) ?? frame.plot.bottom
      places += [Place(x: left, y: top), Place(x: right, y: top)]
    }
    return places
  }

  private func draw(
    _ outline: [Place],
    at index: Int,
    _ frame: PlotFrame,
    into sketch: inout Sketch
  ) {
    guard let first = outline.first, let last = outline.last else { return }
    var path = PathText()
    path.move(to: Place(x: first.x, y: frame.plot.bottom))
    for place in outline { path.line(to: place) }
    path.line(to: Place(x: last.x, y: frame.plot.bottom))
    sketch.path(.area, .series(index), path: path)
    sketch.path(.line, .series(index), path: path)
  }

  func data() -> TableExhibit {
    let rows = series.flatMap { series in
      series.counts.enumerated().filter { $0.offset + 1 < series.edges.count }.map { i, count in
        [
          TableCell.text(series.name), .number(series.edges[i], .general(5)),
          .number(series.edges[i + 1], .general(5)), .number(count, .general(6)),
        ]
      }
    }
    return TableExhibit(
      columns: [
        TableColumn("series"), TableColumn("\(x.title), from", .numeric),
        TableColumn("to", .numeric),
        TableColumn(y.title, .numeric),
      ],
      rows: rows,
      isSortable: false
    )
  }
}
