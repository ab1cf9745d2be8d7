import ColophonCore

extension PartialChart: ChartFamily {
  private static let curveLimit = 30

  func draw(clip: String) -> ChartDrawing {
    let kept = Thinning.positions(of: curves.count, limit: PartialChart.curveLimit)
    var drawing = ChartDrawing(height: 270)
    let frame = PlotFrame(
      x,
      Extent(of: grid, on: x),
      .tight,
      y,
      Extent(of: mean + kept.flatMap { curves[$0] }, on: y),
      .padded,
      height: drawing.height
    )
    frame.draw(into: &drawing.sketch)
    var single = PathText()
    for index in kept { add(curves[index], to: &single, frame) }
    var inner = Sketch()
    inner.path(.line, .series1, path: single, opacity: 0.16)
    var middle = PathText()
    add(mean, to: &middle, frame)
    inner.path(.line, .series2, path: middle)
    let isInside = (mean + kept.flatMap { curves[$0] }).allSatisfy {
      !$0.isFinite || frame.y.contains($0)
    }
    drawing.sketch.add(isInside ? .fragment(inner.nodes) : frame.window(inner.nodes, id: clip))
    var strokes = PathText()
    for value in rug {
      guard let x = frame.x.position(value), frame.x.contains(value) else { continue }
      strokes.move(to: Place(x: x, y: frame.plot.bottom))
      strokes.line(to: Place(x: x, y: frame.plot.bottom - 7))
    }
    drawing.sketch.path(.whisker, path: strokes)
    if !curves.isEmpty {
      let walked = grid.indices.compactMap { i in
        mean.indices.contains(i) ? frame.place(grid[i], mean[i]) : nil
      }
      var placer = LabelPlacer(bounds: frame.plot)
      placer.avoid(Thinning.walked(walked))
      if let spot = placer.place("mean", LabelPlacer.along(Thinning.walked(walked))) {
        drawing.sketch.text(
          "mean",
          .direct,
          .halo,
          .series2,
          at: spot.place,
          anchor: spot.anchor
        )
      }
    }
    if kept.count < curves.count {
      let total = DecimalText.grouped(String(curves.count))
      drawing.remarks.append("Thin lines: \(kept.count) of \(total) rows, evenly spread.")
    }
    return drawing
  }

  private func add(_ curve: [Double], to path: inout PathText, _ frame: PlotFrame) {
    var isOpen = false
    for (x, y) in zip(grid, curve) {
      guard let place = frame.place(x, y) else {
        isOpen = false
        continue
      }
      if isOpen { path.line(to: place) } else { path.move(to: place) }
      isOpen = true
    }
  }

  func data() -> TableExhibit {
    TableExhibit(
      columns: [
        TableColumn(x.title, .numeric), TableColumn("mean", .numeric),
        TableColumn("10 % of rows below", .numeric), TableColumn("10 % of rows above", .numeric),
      ],
      rows: grid.indices.map { i in
        let here = curves.compactMap { $0.indices.contains(i) ? $0[i] : nil }
          .filter { $0.isFinite }.sorted()
        func share(_ part: Double) -> TableCell {
          here.isEmpty ? .missing : .number(here[Int(part * Double(here.count - 1))], .general(5))
        }
        let middle = mean.indices.contains(i) ? TableCell.number(mean[i], .general(5)) : .missing
        return [.number(grid[i], .general(5)), middle, share(0.1), share(0.9)]
      },
      isSortable: false
    )
  }
}
