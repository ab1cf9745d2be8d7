import ColophonCore

extension PageRenderer {
  /// How many rows of a chart's numbers are printed behind the picture.
  static let dataRowLimit = 100

  /// The picture with its title, its note, and its numbers behind a fold.
  mutating func figure(_ chart: Chart) -> HTMLNode {
    let drawing = chart.family.draw(clip: id("clip"))
    let words = chart.text
    var caption: [HTMLNode] = [.element(.strong, [], [.text(words.title)])]
    let sentences = ([words.note].compactMap { $0 } + drawing.remarks).joined(separator: " ")
    if !sentences.isEmpty { caption += [.text(" "), .span(.note, sentences)] }
    let picture = svg(drawing, words)
    let children = [
      .element(.figcaption, [], caption),
      drawing.isWide
        ? PageRenderer.scrolling(picture, label: words.title, isWide: true) : picture,
      numbers(chart.family.data(), title: words.title),
    ]
    return .element(
      .figure,
      [drawing.isWide ? .classes(.chart, .wide) : .classes(.chart)],
      children
    )
  }

  private mutating func svg(_ drawing: ChartDrawing, _ words: ChartText) -> HTMLNode {
    let title = id("title")
    let description = id("desc")
    let size = "\(Coordinate.text(drawing.width)) \(Coordinate.text(drawing.height))"
    // Links inside a picture can only be reached where the picture is a group.
    var attributes = [
      HTMLAttribute(.viewBox, "0 0 \(size)"), .role(drawing.hasLinks ? "group" : "img"),
      HTMLAttribute(.ariaLabelledBy, "\(title) \(description)"),
    ]
    if drawing.isWide {
      attributes += [.at(.width, drawing.width), .at(.height, drawing.height)]
    }
    return .element(
      .svg,
      attributes,
      [
        .element(.title, [.id(title)], [.text(words.title)]),
        .element(.desc, [.id(description)], [.text(words.description)]),
      ] + drawing.sketch.nodes
    )
  }

  private mutating func numbers(_ data: TableExhibit, title: String) -> HTMLNode {
    let kept = Thinning.positions(of: data.rows.count, limit: PageRenderer.dataRowLimit)
    var table = data
    table.rows = kept.map { data.rows[$0] }
    table.caption = "Data of \(title)"
    var children: [HTMLNode] = [.element(.summary, [], ["data"])]
    if kept.count < data.rows.count {
      let total = DecimalText.grouped(String(data.rows.count))
      children.append(
        .paragraph(.note, [.text("\(kept.count) of \(total) rows, evenly spread.")])
      )
    }
    children.append(self.table(table, isLow: true))
    return .element(.details, [.classes(.data)], children)
  }
}
