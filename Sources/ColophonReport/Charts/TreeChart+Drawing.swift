import ColophonCore

extension TreeChart: ChartFamily {
  private static let column = 148.0
  private static let gap = 36.0
  private static let height = 56.0
  private static let rowHeight = 66.0

  func draw(clip: String) -> ChartDrawing {
    let layout = TreeLayout(self)
    let columns = Double(max(1, layout.levels))
    var drawing = ChartDrawing(
      width: columns * TreeChart.column + (columns - 1) * TreeChart.gap + 2,
      height: Double(max(1, layout.rows)) * TreeChart.rowHeight
    )
    drawing.isWide = true
    for slot in layout.slots { draw(slot, layout, into: &drawing.sketch) }
    if layout.hiddenLeaves > 0 {
      let hidden = DecimalText.grouped(String(layout.hiddenLeaves))
      drawing.remarks.append(
        "The first \(layout.levels) levels; \(hidden) leaves lie below the dashed nodes."
      )
    }
    return drawing
  }

  private func left(_ slot: TreeLayout.Slot) -> Double {
    1 + Double(slot.level) * (TreeChart.column + TreeChart.gap)
  }

  private func middle(_ slot: TreeLayout.Slot) -> Double { (slot.row + 0.5) * TreeChart.rowHeight }

  private func draw(_ slot: TreeLayout.Slot, _ layout: TreeLayout, into sketch: inout Sketch) {
    for (index, child) in slot.children.enumerated() {
      edge(from: slot, to: layout.slots[child], isYes: index == 0, into: &sketch)
    }
    let node = nodes[slot.node]
    let box = Box(
      x: left(slot),
      y: middle(slot) - TreeChart.height / 2,
      width: TreeChart.column,
      height: TreeChart.height
    )
    if slot.hiddenLeaves > 0 {
      sketch.rect(.node, .shaded, box: box, radius: 4)
    } else {
      sketch.rect(.node, box: box, radius: 4)
    }
    let (x, room) = (box.x + 8, box.width - 16)
    let rule = [node.subject, node.condition].compactMap { $0 }.joined(separator: " ")
    sketch.text(
      rule.isEmpty ? node.answer : rule,
      fittedTo: room,
      .direct,
      at: Place(x: x, y: box.y + 17),
      anchor: .start
    )
    sketch.text(
      rule.isEmpty ? node.rows : "\(node.answer) · \(node.rows)",
      fittedTo: room,
      .tick,
      at: Place(x: x, y: box.y + 33),
      anchor: .start
    )
    bar(node, Box(x: x, y: box.y + 41, width: room, height: 7), into: &sketch)
  }

  /// The parts one after another, each in the colour of its place.
  private func bar(_ node: Node, _ box: Box, into sketch: inout Sketch) {
    var from = 0.0
    sketch.rect(.thin, box: box)
    for (index, share) in node.shares.enumerated() where share > 0 && share.isFinite {
      let to = min(1, from + share)
      sketch.rect(
        .fill,
        .series(index),
        box: Box(x: box.x + from * box.width, y: box.y, width: (to - from) * box.width, height: 7)
      )
      from = to
    }
  }

  private func edge(
    from slot: TreeLayout.Slot,
    to child: TreeLayout.Slot,
    isYes: Bool,
    into sketch: inout Sketch
  ) {
    let start = Place(x: left(slot) + TreeChart.column, y: middle(slot))
    let end = Place(x: left(child), y: middle(child))
    let bend = TreeChart.gap / 2
    var path = PathText()
    path.move(to: start)
    path.curve(
      Place(x: start.x + bend, y: start.y),
      Place(x: end.x - bend, y: end.y),
      to: end
    )
    sketch.path(.edge, path: path)
    sketch.text(
      isYes ? "yes" : "no",
      .tick,
      at: Place(x: end.x - 4, y: end.y + (isYes ? -6 : 15)),
      anchor: .end
    )
  }

  /// Every node of the drawn levels, by the way that leads to it.
  func data() -> TableExhibit {
    let layout = TreeLayout(self)
    var ways = [String](repeating: "", count: layout.slots.count)
    var rows: [[TableCell]] = []
    for index in layout.slots.indices.reversed() {
      let slot = layout.slots[index]
      for (side, child) in slot.children.enumerated() {
        ways[child] = ways[index] + (ways[index].isEmpty ? "" : ", ") + (side == 0 ? "yes" : "no")
      }
      let node = nodes[slot.node]
      let rule = [node.subject, node.condition].compactMap { $0 }.joined(separator: " ")
      let missing = node.missingIsYes.map { $0 ? "yes" : "no" } ?? ""
      rows.append([
        .text(ways[index].isEmpty ? "root" : ways[index]), .text(rule), .text(node.answer),
        .text(node.rows), .text(missing), .text(slot.hiddenLeaves > 0 ? "cut here" : ""),
      ])
    }
    return TableExhibit(
      columns: ["way", "question", "answer", "rows", "missing values", "below"].map {
        TableColumn($0)
      },
      rows: rows,
      isSortable: false
    )
  }
}
