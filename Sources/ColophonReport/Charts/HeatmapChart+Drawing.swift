import ColophonCore

extension HeatmapChart: ChartFamily {
  func draw(clip: String) -> ChartDrawing {
    let labelRoom = min(rows.map { TextMeasure.width($0) }.max() ?? 0, 130)
    let left = labelRoom + 10
    let width = max(ChartDrawing.standardWidth, left + 34 * Double(columns.count) + 2)
    var cell = (width - left - 2) / Double(max(columns.count, 1))
    cell = min(cell, 150)
    let height = min(max(shading == .confusion ? 44 : 26, cell * 0.6), 56)
    // Column names that are wider than their cells are cut.
    let top = columnTitle.isEmpty ? 24.0 : 42.0
    var drawing = ChartDrawing(width: width, height: top + height * Double(rows.count) + 4)
    drawing.isWide = width > ChartDrawing.standardWidth
    let isLabelled = texts.allSatisfy { TextMeasure.width($0) <= cell }
    drawing.sketch.text(columnTitle, .label, at: Place(x: left, y: 12))
    drawing.sketch.text(rowTitle, .label, at: Place(x: left - 10, y: top - 8), anchor: .end)
    for (c, name) in columns.enumerated() {
      let place = Place(x: left + cell * (Double(c) + 0.5), y: top - 8)
      drawing.sketch.text(name, fittedTo: cell - 4, .direct, at: place, anchor: .middle)
    }
    for (r, name) in rows.enumerated() {
      let y = top + height * (Double(r) + 0.5)
      let place = Place(x: left - 10, y: y + 4)
      drawing.sketch.text(name, fittedTo: labelRoom, .direct, at: place, anchor: .end)
      for c in columns.indices {
        let box = Box(
          x: left + cell * Double(c),
          y: top + height * Double(r),
          width: cell,
          height: height
        )
        draw(row: r, column: c, box, isLabelled: isLabelled, into: &drawing.sketch)
      }
    }
    return drawing
  }

  private func value(_ row: Int, _ column: Int) -> Double? {
    guard values.indices.contains(row), values[row].indices.contains(column),
      let value = values[row][column], value.isFinite
    else { return nil }
    return value
  }

  /// The share of its row, for counts.
  private func share(_ row: Int, _ column: Int) -> Double? {
    guard let count = value(row, column) else { return nil }
    let total = columns.indices.reduce(0.0) { $0 + (value(row, $1) ?? 0) }
    return total > 0 ? count / total : 0
  }

  /// How strong the cell's shade is, from 0 to 1, and whether it is of the second colour.
  private func shade(_ row: Int, _ column: Int) -> (strength: Double, isSecond: Bool)? {
    guard let value = value(row, column) else { return nil }
    let all = values.flatMap { $0 }.compactMap { $0 }.filter(\.isFinite)
    switch shading {
    case .confusion: return (share(row, column) ?? 0, row != column)
    case .diverging:
      let most = all.map { abs($0) }.max() ?? 0
      return (most > 0 ? abs(value) / most : 0, value < 0)
    case .sequential:
      let (low, high) = (all.min() ?? 0, all.max() ?? 0)
      return (high > low ? (value - low) / (high - low) : 0.5, false)
    }
  }

  /// What would stand in the cells: in all of them, or where one has no room for it, in none.
  private var texts: [String] {
    rows.indices.flatMap { r in columns.indices.compactMap { value(r, $0).map(text) } }
  }

  private func text(of value: Double) -> String {
    (try? format.text(of: .number(value))) ?? DecimalText.general(value, digits: 3)
  }

  private func draw(
    row: Int,
    column: Int,
    _ box: Box,
    isLabelled: Bool,
    into sketch: inout Sketch
  ) {
    let inner = Box(x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2)
    let middle = Place(x: box.x + box.width / 2, y: box.y + box.height / 2 + 4)
    guard let value = value(row, column), let shade = shade(row, column) else {
      sketch.rect(.thin, box: inner)
      return sketch.text("–", .tick, at: middle, anchor: .middle)
    }
    // Half strength keeps the dark text on it readable in both themes.
    sketch.rect(
      shade.isSecond ? .heat2 : .heat,
      box: inner,
      opacity: 0.06 + 0.44 * shade.strength
    )
    let text = text(of: value)
    guard shading == .confusion, let share = share(row, column) else {
      guard isLabelled else { return }
      return sketch.text(text, .onFill, at: middle, anchor: .middle)
    }
    let percent = DecimalText.fixed(share * 100, decimals: 1) + "\u{202F}%"
    sketch.text(text, .onFill, .strong, at: Place(x: middle.x, y: middle.y - 6), anchor: .middle)
    sketch.text(percent, .onFill, at: Place(x: middle.x, y: middle.y + 10), anchor: .middle)
  }

  func data() -> TableExhibit {
    TableExhibit(
      columns: [TableColumn(corner)] + columns.map { TableColumn($0, .numeric) },
      rows: rows.indices.map { r in
        [.text(rows[r])]
          + columns.indices.map { c in value(r, c).map { .number($0, format) } ?? .missing }
      },
      isSortable: false
    )
  }

  private var corner: String {
    if rowTitle.isEmpty && columnTitle.isEmpty { return "row" }
    return columnTitle.isEmpty ? rowTitle : "\(rowTitle) \u{2193}, \(columnTitle) \u{2192}"
  }
}
