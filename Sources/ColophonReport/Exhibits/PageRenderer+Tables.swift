import ColophonCore

extension PageRenderer {
  /// `isLow` says that the table stands in a box of limited height, which many rows fill.
  mutating func table(_ table: TableExhibit, isLow: Bool = false) -> HTMLNode {
    let visible = table.visibleRows.map { max($0, 1) } ?? Int.max
    let isFolded = table.rows.count > visible
    var attributes: [HTMLAttribute] = []
    if let style = PageRenderer.digits(in: table) { attributes.append(.classes(style)) }
    if table.isSortable, table.rows.count > 1 { attributes.append(HTMLAttribute(.dataSort)) }
    if isFolded { attributes.append(HTMLAttribute(.dataShow, String(visible))) }
    let rows = table.rows.enumerated().map { i, row in
      HTMLNode.element(
        .tr,
        i < visible ? [] : [.classes(.more)],
        PageRenderer.cells(row, in: table)
      )
    }
    let grid = HTMLNode.element(
      .table,
      attributes,
      (table.caption.map { [PageRenderer.caption($0)] } ?? [])
        + [
          .element(.thead, [], [PageRenderer.head(of: table)]),
          .element(.tbody, [], rows),
        ]
    )
    let region = PageRenderer.scrolling(
      grid,
      label: table.caption ?? "Table",
      isWide: PageRenderer.isWide(table) || (isLow && table.rows.count > 8)
    )
    return isFolded ? folded(region, count: table.rows.count) : region
  }

  /// A box that scrolls sideways; a wide one can be reached by keyboard.
  ///
  /// It is a group and no region, so that a reader's list of landmarks stays short.
  static func scrolling(_ child: HTMLNode, label: String, isWide: Bool) -> HTMLNode {
    let reach = isWide ? [HTMLAttribute.focusable, .role("group"), .label(label)] : []
    return .element(.div, [.classes(.scroll)] + reach, [child])
  }

  /// All rows are in the page; a box to tick, which needs no script, shows those that are folded.
  private mutating func folded(_ region: HTMLNode, count: Int) -> HTMLNode {
    let box = HTMLNode.void(.input, [HTMLAttribute(.type, "checkbox")])
    let label = " show all \(DecimalText.grouped(String(count))) rows"
    return .div(.fold, [region, .element(.label, [], [box, .text(label)])])
  }

  /// A caption that stays in sight where the table scrolls under it.
  static func caption(_ text: String) -> HTMLNode {
    .element(.caption, [], [.element(.span, [], [.text(text)])])
  }

  /// The class of a table that is numeric throughout, or but for the names of its rows: there the
  /// cells need not say so themselves.
  private static func digits(in table: TableExhibit) -> CSSClass? {
    let numeric = table.columns.map { $0.alignment == .numeric }
    guard !numeric.isEmpty, numeric.dropFirst().allSatisfy({ $0 }) else { return nil }
    if numeric[0] { return .digits }
    return numeric.count > 1 && table.rowHeaderColumn == 0 ? .digitsAfterFirst : nil
  }

  private static func head(of table: TableExhibit) -> HTMLNode {
    let isMarked = digits(in: table) == nil
    return .element(.tr, [], table.columns.map { head($0, isMarked: isMarked) })
  }

  private static func head(_ column: TableColumn, isMarked: Bool) -> HTMLNode {
    let isNumeric = isMarked && column.alignment == .numeric
    let numeric = isNumeric ? [HTMLAttribute.classes(.numeric)] : []
    let unit = column.unit.map { [HTMLNode.text(" "), .element(.small, [], [.text($0)])] } ?? []
    return .element(.th, [.scope("col")] + numeric, [.text(column.header)] + unit)
  }

  private static func cells(_ row: [TableCell], in table: TableExhibit) -> [HTMLNode] {
    let isMarked = digits(in: table) == nil
    return table.columns.indices.map { c in
      let cell = row.indices.contains(c) ? row[c] : .text("")
      var attributes: [HTMLAttribute] = []
      if isMarked, table.columns[c].alignment == .numeric { attributes.append(.classes(.numeric)) }
      if table.isSortable, let key = sortKey(of: cell) {
        attributes.append(HTMLAttribute(.dataValue, key))
      }
      guard c == table.rowHeaderColumn else { return .element(.td, attributes, content(of: cell)) }
      return .element(.th, [.scope("row")] + attributes, content(of: cell))
    }
  }

  private static func content(of cell: TableCell) -> [HTMLNode] {
    var nodes: [HTMLNode] = []
    if let heights = cell.sparkline { nodes.append(sparkline(heights)) }
    if let bar = cell.bar { nodes.append(self.bar(bar)) }
    switch cell.content {
    case .text(let text): if !text.isEmpty { nodes.append(.text(text)) }
    case .code(let text): nodes.append(.code(text))
    case .number(let number, let format): nodes.append(.text(printed(number, format)))
    case .missing: nodes.append(.text("–"))
    }
    return nodes
  }

  static func printed(_ number: Double, _ format: NumberFormat) -> String {
    guard number.isFinite, let text = try? format.text(of: .number(number)) else {
      return DecimalText.general(number, digits: 4)
    }
    switch format {
    case .fixed: return DecimalText.grouped(text)
    // A power of ten has no thousands to part.
    case .general: return text.utf8.contains(UInt8(ascii: "e")) ? text : DecimalText.grouped(text)
    case .percent, .thousands, .si, .bytes, .usd, .seconds, .raw: return text
    }
  }

  /// The number to sort by, where the printed text has a unit that hides it.
  private static func sortKey(of cell: TableCell) -> String? {
    guard case .number(let number, let format) = cell.content, number.isFinite else { return nil }
    switch format {
    case .si, .bytes, .usd, .seconds: return "\(number)"
    case .fixed, .general, .percent, .thousands, .raw: return nil
    }
  }

  /// Whether the widest row has more than 45 characters, so that the table may need scrolling.
  private static func isWide(_ table: TableExhibit) -> Bool {
    var width = 0
    for c in table.columns.indices {
      let cells = table.rows.prefix(50).map { $0.indices.contains(c) ? self.width(of: $0[c]) : 0 }
      width += max(cells.max() ?? 0, table.columns[c].header.count) + 2
      if width > 45 { return true }
    }
    return false
  }

  private static func width(of cell: TableCell) -> Int {
    let picture = cell.sparkline != nil ? 10 : cell.bar != nil ? 8 : 0
    switch cell.content {
    case .text(let text), .code(let text): return picture + text.count
    case .number(let number, let format): return picture + printed(number, format).count
    case .missing: return picture + 1
    }
  }

  /// Columns as high as their numbers, on a line.
  private static func sparkline(_ heights: [Double]) -> HTMLNode {
    let finite = heights.filter(\.isFinite)
    let floor = min(finite.min() ?? 0, 0)
    let span = max(finite.max() ?? 0, 0) - floor
    let step = 80 / Double(max(heights.count, 1))
    var path = PathText()
    for (i, height) in heights.enumerated() where height.isFinite && span > 0 {
      let x = Double(i) * step
      let y = 18 - 17 * ((height - floor) / span)
      path.move(to: Place(x: x, y: 18))
      path.line(to: Place(x: x, y: y))
      path.line(to: Place(x: x + step * 0.9, y: y))
      path.line(to: Place(x: x + step * 0.9, y: 18))
      path.close()
    }
    let box = HTMLAttribute(.viewBox, "0 0 80 18")
    let shape = HTMLNode.void(.path, [HTMLAttribute(.d, path.text)])
    return .element(.svg, [.classes(.spark), box, .hidden], path.isEmpty ? [] : [shape])
  }

  private static func bar(_ share: Double) -> HTMLNode {
    let length = share.isFinite ? 60 * min(max(share, 0), 1) : 0
    let box = Box(x: 0, y: 0, width: length, height: 8)
    var sketch = Sketch()
    sketch.rect(.fill, .series1, box: box)
    let view = HTMLAttribute(.viewBox, "0 0 60 8")
    return .element(.svg, [.classes(.bar), view, .hidden], sketch.nodes)
  }
}
