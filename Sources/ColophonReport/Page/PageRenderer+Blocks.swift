extension PageRenderer {
  mutating func nodes(_ prose: Prose) -> [HTMLNode] { prose.blocks.map { nodes($0) } }

  /// `headingID` is the id of a heading that the contents already name.
  mutating func nodes(_ block: Prose.Block, headingID: String? = nil) -> HTMLNode {
    switch block {
    case .heading(let level, let anchor, let number, let inlines):
      heading(level, id: headingID ?? ids.claim(anchor), number, inlines)
    case .paragraph(let inlines): .paragraph(nil, nodes(inlines))
    case .list(let start, let isTight, let items): list(start, isTight, items)
    case .quote(let blocks): .element(.blockquote, [], blocks.map { nodes($0) })
    case .listing(let language, let text): PageRenderer.listing(text, language: language)
    case .table(let alignments, let header, let rows): table(alignments, header, rows)
    case .thematicBreak: .void(.hr)
    case .image(let image):
      .element(.figure, [.classes(.picture)], [PageRenderer.image(image)])
    case .html(let text): PageRenderer.listing(text, language: nil)
    case .math(let text): .paragraph(.math, [.code(text)])
    case .footnotes(let notes): footnotes(notes)
    }
  }

  /// The page's title is the only heading of the first level.
  private mutating func heading(
    _ level: Int,
    id: String,
    _ number: String?,
    _ inlines: [Prose.Inline]
  ) -> HTMLNode {
    let lead = number.map { [HTMLNode.span(.number, $0), .text(" ")] } ?? []
    return .element(.heading(max(level, 2)), [.id(id)], lead + nodes(inlines))
  }

  private mutating func list(_ start: Int?, _ isTight: Bool, _ items: [[Prose.Block]]) -> HTMLNode {
    var attributes: [HTMLAttribute] = isTight ? [.classes(.tight)] : []
    if let start, start != 1 { attributes.append(HTMLAttribute(.start, String(start))) }
    let nodes = items.map { item -> HTMLNode in
      .element(.li, [], item.map { isTight ? tight($0) : self.nodes($0) })
    }
    return .element(start == nil ? .ul : .ol, attributes, nodes)
  }

  /// A tight item's text stands in the item itself.
  private mutating func tight(_ block: Prose.Block) -> HTMLNode {
    if case .paragraph(let inlines) = block { return .fragment(nodes(inlines)) }
    return nodes(block)
  }

  static func listing(_ text: String, language: String?) -> HTMLNode {
    let trimmed = text.hasSuffix("\n") ? String(text.dropLast()) : text
    let isYAML = language == "yaml" || language == "yml"
    let content: [HTMLNode] = isYAML ? YAMLColouring.nodes(trimmed) : [.text(trimmed)]
    let isWide = trimmed.split(separator: "\n").contains { $0.count > 44 }
    let reach: [HTMLAttribute] = isWide ? [.focusable, .role("group"), .label("Listing")] : []
    return .element(.pre, reach, [.element(.code, [], content)])
  }

  private mutating func table(
    _ alignments: [Prose.Alignment],
    _ header: [[Prose.Inline]],
    _ rows: [[[Prose.Inline]]]
  ) -> HTMLNode {
    func attributes(_ column: Int) -> [HTMLAttribute] {
      switch alignments.indices.contains(column) ? alignments[column] : .none {
      case .none, .left: []
      case .right: [.classes(.numeric)]
      case .center: [.classes(.middle)]
      }
    }
    let heads = header.enumerated().map { c, inlines in
      HTMLNode.element(.th, [.scope("col")] + attributes(c), nodes(inlines))
    }
    let body = rows.map { row in
      HTMLNode.element(
        .tr,
        [],
        header.indices.map { c in
          .element(.td, attributes(c), row.indices.contains(c) ? nodes(row[c]) : [])
        }
      )
    }
    let table = HTMLNode.element(
      .table,
      [],
      [.element(.thead, [], [.element(.tr, [], heads)]), .element(.tbody, [], body)]
    )
    return PageRenderer.scrolling(table, label: "Table", isWide: true)
  }

  private mutating func footnotes(_ notes: [[Prose.Block]]) -> HTMLNode {
    let items = notes.enumerated().map { i, blocks -> HTMLNode in
      let back = HTMLNode.element(
        .a,
        [.href(anchor: "noteref-\(i + 1)"), .label("Back to the text")],
        ["↩"]
      )
      return .element(.li, [.id(ids.claim("note-\(i + 1)"))], blocks.map { nodes($0) } + [back])
    }
    return .element(.ol, [.classes(.footnotes)], items)
  }

  static func image(_ image: Prose.Image) -> HTMLNode {
    let title = image.title.map { [HTMLAttribute(.title, $0)] } ?? []
    if let uri = image.dataURI, let source = HTMLAttribute.src(picture: uri) {
      return .void(.img, [source, HTMLAttribute(.alt, image.alternative)] + title)
    }
    let reason = image.missing ?? "this picture is not part of the report"
    return .span(
      .missing,
      "[\(image.alternative.isEmpty ? "picture" : image.alternative): \(reason)]"
    )
  }
}
