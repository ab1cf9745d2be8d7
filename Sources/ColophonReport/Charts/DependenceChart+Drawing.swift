import ColophonCore

extension DependenceChart: ChartFamily {
  private static let markLimit = 300

  func draw(clip: String) -> ChartDrawing {
    var drawing = ChartDrawing(height: 270)
    let frame = PlotFrame(
      x,
      Extent(of: xs, on: x),
      .padded,
      y,
      Extent(of: ys + [0], on: y),
      .padded,
      height: drawing.height
    )
    frame.draw(into: &drawing.sketch)
    if let zero = frame.y.position(0), frame.y.contains(0) {
      let start = Place(x: frame.plot.x, y: zero)
      drawing.sketch.line(.rule, from: start, to: Place(x: frame.plot.right, y: zero))
    }
    let count = min(xs.count, ys.count)
    let kept = Thinning.positions(of: count, limit: DependenceChart.markLimit)
    var dots = ShadedDots()
    for i in kept {
      guard let place = frame.place(xs[i], ys[i]), frame.plot.contains(place) else { continue }
      dots.add(
        place,
        shade: shades.indices.contains(i) ? shades[i] : nil,
        hasShades: shadeTitle != nil
      )
    }
    dots.draw(into: &drawing.sketch)
    if let shadeTitle {
      let end = Place(x: frame.plot.right, y: 12)
      ShadedDots.key(shadeTitle, endingAt: end, into: &drawing.sketch)
    }
    if kept.count < count {
      let total = DecimalText.grouped(String(count))
      drawing.remarks.append("\(kept.count) of \(total) rows are drawn, evenly spread.")
    }
    return drawing
  }

  func data() -> TableExhibit {
    let hasShades = shadeTitle != nil
    return TableExhibit(
      columns: [TableColumn(x.title, .numeric), TableColumn(y.title, .numeric)]
        + (shadeTitle.map { [TableColumn("rank of \($0)", .numeric)] } ?? []),
      rows: Thinning.positions(of: min(xs.count, ys.count), limit: ForceChart.dataLimit).map { i in
        let shade = shades.indices.contains(i) ? shades[i] : nil
        return [.number(xs[i], .general(5)), .number(ys[i], .general(5))]
          + (hasShades ? [shade.map { .number($0, .general(2)) } ?? .missing] : [])
      },
      isSortable: false,
      rowHeaderColumn: nil
    )
  }
}
