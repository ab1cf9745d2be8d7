extension LineChart: ChartFamily {
  func draw(clip: String) -> ChartDrawing {
    var drawing = ChartDrawing(height: LineChart.isUnitSquare(x, y) ? 340 : 260)
    let named = namedSeries
    let frame = frame(height: drawing.height)
    frame.draw(into: &drawing.sketch)
    let annotations = ChartAnnotations(rules: rules, marks: marks, diagonal: diagonal)
    annotations.drawUnder(frame, into: &drawing.sketch)

    var inner = Sketch()
    for band in bands { inner.path(.area, .series(band.series), path: area(of: band, in: frame)) }
    let curves = series.map { curve(of: $0, in: frame) }
    for (i, series) in series.enumerated() {
      draw(series, curves[i], class: .series(i), into: &inner)
    }
    drawing.sketch.add(clipped(inner.nodes, to: frame, id: clip))

    var placer = LabelPlacer(bounds: frame.plot)
    for pieces in curves { for piece in pieces { placer.avoid(Thinning.walked(piece)) } }
    let beside = labelsBesideEnds(on: frame.y)
    if let beside { draw(beside, right: frame.plot.right, into: &drawing.sketch) }
    placer.avoid(annotations.places(in: frame))
    annotations.drawOver(frame, placer: &placer, into: &drawing.sketch)
    for i in named where beside == nil {
      let spots = LabelPlacer.along(curves[i].flatMap { Thinning.walked($0) }, rows: 12)
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

  /// The series that need a name in the picture: all, unless a title says enough for the only one.
  private var namedSeries: [Int] {
    series.indices.filter { !series[$0].name.isEmpty && !series[$0].x.isEmpty }
  }

  private func frame(height: Double) -> PlotFrame {
    let verticals = rules.filter { $0.direction == .vertical }.map(\.value)
    let horizontals = rules.filter { $0.direction == .horizontal }.map(\.value)
    let xs = series.flatMap(\.x) + bands.flatMap(\.x) + marks.map(\.x) + verticals
    let ys = series.flatMap(\.y) + bands.flatMap { $0.low + $0.high } + marks.map(\.y) + horizontals
    return PlotFrame(
      x,
      Extent(of: xs, on: x),
      series.contains { $0.shape == .points || $0.shape == .hollowPoints } ? .padded : .tight,
      y,
      Extent(of: ys, on: y),
      .whole,
      height: height
    ) { scale in
      guard let labels = labelsBesideEnds(on: scale) else { return 14 }
      return 6 + labels.indent
        + (namedSeries.map { TextMeasure.width(series[$0].name) }.max() ?? 0)
    }
  }

  /// Names beside the curves' right ends, with lines that lead to those that had to make room.
  private func draw(_ labels: EndLabels, right: Double, into sketch: inout Sketch) {
    for label in labels.labels {
      if labels.needLeaders {
        var path = PathText()
        path.move(to: Place(x: right + 2, y: label.end))
        path.line(to: Place(x: right + 2 + EndLabels.leader, y: label.y))
        sketch.path(.thin, path: path)
      }
      sketch.text(
        series[label.series].name,
        .direct,
        .series(label.series),
        at: Place(x: right + labels.indent, y: label.y + 4)
      )
    }
  }

  /// The names beside the curves' right ends; nil where these are not at the right, or there is no room
  /// for so many, and the names must stand inside.
  private func labelsBesideEnds(on scale: Scale) -> EndLabels? {
    let named = namedSeries
    guard named.count >= 2, named.count <= 8, diagonal == nil else { return nil }
    let right = series.flatMap(\.x).filter(\.isFinite).max() ?? 0
    let left = series.flatMap(\.x).filter(\.isFinite).min() ?? 0
    var ends: [(series: Int, y: Double)] = []
    for i in named {
      guard series[i].shape != .points, series[i].shape != .hollowPoints,
        TextMeasure.width(series[i].name) <= 138 - EndLabels.leader,
        let last = Array(zip(series[i].x, series[i].y)).last(where: {
          $0.0.isFinite && $0.1.isFinite
        }),
        last.0 >= right - (right - left) * 0.1, let y = scale.clamped(last.1)
      else { return nil }
      ends.append((i, y))
    }
    return EndLabels(ends, in: min(scale.start, scale.end)...max(scale.start, scale.end))
  }

  /// The unbroken pieces of a series.
  private func curve(of series: Series, in frame: PlotFrame) -> [[Place]] {
    var pieces: [[Place]] = [[]]
    for (x, y) in zip(series.x, series.y) {
      guard let place = frame.place(x, y) else {
        if pieces.last?.isEmpty == false { pieces.append([]) }
        continue
      }
      if series.shape == .step, let last = pieces.last?.last {
        pieces[pieces.count - 1].append(Place(x: place.x, y: last.y))
      }
      pieces[pieces.count - 1].append(place)
    }
    let isCurve = series.shape == .line || series.shape == .step
    return pieces.filter { !$0.isEmpty }.map { isCurve ? Thinning.curve($0) : $0 }
  }

  private func draw(
    _ series: Series,
    _ pieces: [[Place]],
    class style: CSSClass,
    into sketch: inout Sketch
  ) {
    if [.line, .step, .markedLine].contains(series.shape) {
      var path = PathText()
      for piece in pieces {
        path.move(to: piece[0])
        for place in piece.dropFirst() { path.line(to: place) }
      }
      sketch.path(.line, style, path: path)
    }
    guard series.shape != .line, series.shape != .step else { return }
    let marks = Thinning.points(pieces.flatMap { $0 }, limit: 1500).marks
    if series.shape == .hollowPoints {
      for mark in marks { sketch.circle(.ring, style, at: mark.place, radius: 2.8) }
    } else {
      var path = PathText()
      for mark in marks { path.dot(at: mark.place) }
      sketch.path(.dots2, style, path: path)
    }
  }

  private func area(of band: Band, in frame: PlotFrame) -> PathText {
    var upper: [Place] = []
    var lower: [Place] = []
    for (x, (low, high)) in zip(band.x, zip(band.low, band.high)) {
      guard let a = frame.place(x, low), let b = frame.place(x, high) else { continue }
      lower.append(a)
      upper.append(b)
    }
    var path = PathText()
    for (i, place) in (Thinning.curve(upper) + Thinning.curve(lower).reversed()).enumerated() {
      if i == 0 { path.move(to: place) } else { path.line(to: place) }
    }
    if !path.isEmpty { path.close() }
    return path
  }

  /// The nodes behind a window of the plot's size, where data lies outside what the author shows.
  private func clipped(_ nodes: [HTMLNode], to frame: PlotFrame, id: String) -> HTMLNode {
    let isInside =
      series.allSatisfy { series in
        zip(series.x, series.y).allSatisfy { x, y in
          guard let place = frame.place(x, y) else { return true }
          return frame.plot.contains(place)
        }
      }
      && bands.allSatisfy { ($0.low + $0.high).allSatisfy { !$0.isFinite || frame.y.contains($0) } }
    return isInside ? .fragment(nodes) : frame.window(nodes, id: id)
  }
}

extension PlotFrame {
  /// The nodes, seen through a window of the plot's size.
  func window(_ nodes: [HTMLNode], id: String) -> HTMLNode {
    var shape = Sketch()
    shape.rect(.thin, box: plot)
    return .fragment([
      .element(.clipPath, [.id(id)], shape.nodes),
      .element(.g, [HTMLAttribute(.clipPath, "url(#\(id))")], nodes),
    ])
  }
}
