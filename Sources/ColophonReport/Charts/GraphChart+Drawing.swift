extension GraphChart: ChartFamily {
  func draw(clip: String) -> ChartDrawing {
    let layout = GraphLayout(self)
    let widths = layout.layers.map { layer in
      layer.compactMap { layout.slots[$0].node }.map { nodeWidth(nodes[$0]) }.max() ?? 20
    }
    var lefts: [Double] = []
    var x = 1.0
    for width in widths {
      lefts.append(x)
      x += width + 34
    }
    let rowHeight = nodes.contains { $0.detail != nil } ? 48.0 : 34.0
    let rows = (layout.slots.map(\.row).max() ?? 0) + 1
    var drawing = ChartDrawing(width: max(x - 33, 120), height: rows * rowHeight + 2)
    drawing.isWide = true
    drawing.hasLinks = nodes.contains { $0.anchor != nil }
    // Rows are a whole number of tenths apart only by chance: the middle decides.
    func middle(_ slot: Int) -> Double { (layout.slots[slot].row + 0.5) * rowHeight + 1 }
    for route in layout.routes {
      var path = PathText()
      for (a, b) in zip(route, route.dropFirst()) {
        let (la, lb) = (layout.slots[a].layer, layout.slots[b].layer)
        let start = Place(x: lefts[la] + widths[la], y: middle(a))
        let end = Place(x: lefts[lb], y: middle(b))
        if path.isEmpty { path.move(to: start) }
        let bend = (end.x - start.x) / 2
        path.curve(
          Place(x: start.x + bend, y: start.y),
          Place(x: end.x - bend, y: end.y),
          to: end
        )
        // A bend crosses its whole layer.
        if layout.slots[b].node == nil { path.line(to: Place(x: lefts[lb] + widths[lb], y: end.y)) }
      }
      drawing.sketch.path(.edge, path: path)
    }
    for slot in layout.slots.indices {
      guard let index = layout.slots[slot].node else { continue }
      let layer = layout.slots[slot].layer
      draw(nodes[index], Place(x: lefts[layer], y: middle(slot)), widths[layer], into: &drawing)
    }
    return drawing
  }

  private func nodeWidth(_ node: Node) -> Double {
    let text = max(TextMeasure.width(node.label), TextMeasure.width(node.detail ?? "", size: 11))
    return min(max(text + 20, 56), 190)
  }

  private func draw(
    _ node: Node,
    _ left: Place,
    _ width: Double,
    into drawing: inout ChartDrawing
  ) {
    var sketch = Sketch()
    let height = node.detail == nil ? 24.0 : 38.0
    let box = Box(x: left.x, y: left.y - height / 2, width: width, height: height)
    if node.isShaded {
      sketch.rect(.node, .shaded, box: box, radius: 4)
    } else {
      sketch.rect(.node, box: box, radius: 4)
    }
    let middle = left.x + width / 2
    let y = left.y + (node.detail == nil ? 4.5 : -2.5)
    sketch.text(
      TextMeasure.fitted(node.label, to: width - 8),
      .direct,
      at: Place(x: middle, y: y),
      anchor: .middle
    )
    if let detail = node.detail {
      let text = TextMeasure.fitted(detail, to: width - 8, size: 11)
      sketch.text(text, .tick, at: Place(x: middle, y: left.y + 12), anchor: .middle)
    }
    if let anchor = node.anchor {
      drawing.sketch.add(.element(.a, [.href(anchor: anchor)], sketch.nodes))
    } else {
      drawing.sketch.add(.fragment(sketch.nodes))
    }
  }

  func data() -> TableExhibit {
    TableExhibit(
      columns: [TableColumn("from"), TableColumn("to")],
      rows: edges.map { [.text($0.from), .text($0.to)] },
      isSortable: false
    )
  }
}
