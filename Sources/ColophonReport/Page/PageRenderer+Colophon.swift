extension PageRenderer {
  mutating func nodes(_ colophon: Colophon) -> HTMLNode {
    scope = PageRenderer.colophonID
    var parts: [HTMLNode] = [
      .element(.h2, [], ["Colophon"]), origin(of: colophon),
      PageRenderer.listing(colophon.command, language: nil),
    ]
    if let graph = colophon.graph { parts.append(figure(.graph(graph))) }
    if !colophon.stamps.isEmpty {
      parts.append(
        .element(.div, [.id(PageRenderer.stampsID)], [stamps(of: colophon)])
      )
    }
    parts += promise(of: colophon)
    if !colophon.libraries.isEmpty {
      parts += [.element(.h3, [], ["Libraries"]), PageRenderer.facts(colophon.libraries)]
    }
    if let source = colophon.source { parts.append(sourceListing(source)) }
    return .element(
      .section,
      [.classes(.colophon), .id(PageRenderer.colophonID), .label("Colophon")],
      parts
    )
  }

  private func origin(of colophon: Colophon) -> HTMLNode {
    let files = ([colophon.notebook] + colophon.data).map { file -> HTMLNode in
      .fragment([.code(file.path), .text(" ("), .code(PageRenderer.short(file.digest)), .text(")")])
    }
    return .paragraph(
      nil,
      [.text("This report was made by Colophon \(colophon.engineVersion) from ")]
        + PageRenderer.listed(files)
        + [
          .text(". Its stamp is "),
          .element(.strong, [.classes(.words)], [.text(colophon.stampWords)]),
          .text(", "), .code(colophon.stamp),
          .text(
            ". Made again from the same inputs it has the same bytes. "
              + "These commands make it again, and check it:"
          ),
        ]
    )
  }

  /// "a", "a and b", "a, b and c".
  private static func listed(_ nodes: [HTMLNode]) -> [HTMLNode] {
    guard nodes.count > 1, let last = nodes.last else { return nodes }
    return HTMLNode.joined(Array(nodes.dropLast()), by: ", ") + [.text(" and "), last]
  }

  private mutating func stamps(of colophon: Colophon) -> HTMLNode {
    let heads = ["cell", "kind", "stamp", "made from", "class"].map {
      HTMLNode.element(.th, [.scope("col")], [.text($0)])
    }
    let rows = colophon.stamps.map { row -> HTMLNode in
      let name = HTMLNode.text(row.name)
      return .element(
        .tr,
        [],
        [
          .element(.th, [.scope("row")], [row.anchor.map { .link(to: $0, [name]) } ?? name]),
          .element(.td, [], [.text(row.kind)]),
          .element(.td, [], [row.stamp.map { .code($0) } ?? "–"]),
          .element(.td, [], [.text(row.inputs.isEmpty ? "–" : row.inputs.joined(separator: ", "))]),
          .element(.td, [], [.text(row.stampClass?.rawValue ?? "–")]),
        ]
      )
    }
    let table = HTMLNode.element(
      .table,
      [],
      [
        PageRenderer.caption("Stamps"),
        .element(.thead, [], [.element(.tr, [], heads)]), .element(.tbody, [], rows),
      ]
    )
    return PageRenderer.scrolling(table, label: "Stamps", isWide: true)
  }

  private func promise(of colophon: Colophon) -> [HTMLNode] {
    let used = Set(colophon.stamps.compactMap(\.stampClass) + [colophon.stampClass])
    let classes = StampClass.allCases.filter { used.contains($0) }.map {
      Fact($0.rawValue, $0.promise)
    }
    return [
      .element(.h3, [], ["What the stamps promise"]),
      .paragraph(
        nil,
        [
          .text(
            "A stamp is a digest over a cell’s configuration, what it was made from, the versions of "
              + "the engine and its libraries, and its result. Equal stamps mean equal results for "
              + "equal reasons. This report is of class "
          ), .element(.strong, [], [.text(colophon.stampClass.rawValue)]), .text("."),
        ]
      ),
      PageRenderer.facts(classes),
    ]
  }

  /// The notebook's lines, each a place to link to.
  private mutating func sourceListing(_ source: String) -> HTMLNode {
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    let nodes = lines.enumerated().map { i, line in
      HTMLNode.element(.span, [.id(ids.claim("L\(i + 1)"))], [.text("\(line)\n")])
    }
    let listing = HTMLNode.element(
      .pre,
      [.classes(.lines), .focusable, .role("group"), .label("Source of the notebook")],
      [.element(.code, [], nodes)]
    )
    return .element(.details, [], [.element(.summary, [], ["source of the notebook"]), listing])
  }

  /// Every advice of the run in one list, with links to where it applies.
  func adviceList(_ items: [AdviceItem], hasSource: Bool) -> HTMLNode {
    let rows = items.map { item -> HTMLNode in
      var places: [HTMLNode] = []
      if let line = item.line {
        let text = HTMLNode.text("line \(line)")
        places.append(hasSource ? .link(to: "L\(line)", [text]) : text)
      }
      if let anchor = item.anchor { places.append(.link(to: anchor, ["cell"])) }
      return .element(
        .li,
        [],
        [.code(item.code), .text(" " + PageRenderer.sentence(of: item))]
          + (places.isEmpty ? [] : [.text(" (")] + HTMLNode.joined(places, by: ", ") + [.text(")")])
      )
    }
    return .element(
      .section,
      [.id(PageRenderer.adviceID), .label("Advice")],
      [.element(.h2, [], ["Advice"]), .element(.ul, [], rows)]
    )
  }
}
