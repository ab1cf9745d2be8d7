import ColophonCore

/// A report's page: content in, bytes out, the same every time.
package enum Page {
  /// The whole document.
  ///
  /// It makes no request, runs no script but its own, and needs none.
  package static func render(_ content: PageContent) -> [UInt8] {
    HTMLWriter.document(
      .element(
        .html,
        [HTMLAttribute(.lang, content.language)],
        [head(content), body(content).withoutDeadLinks()]
      )
    )
  }

  private static func head(_ content: PageContent) -> HTMLNode {
    func meta(_ name: String, _ value: String) -> HTMLNode {
      .void(.meta, [HTMLAttribute(.name, name), HTMLAttribute(.content, value)])
    }
    let policy = HTMLNode.void(
      .meta,
      [
        HTMLAttribute(.httpEquivalent, "Content-Security-Policy"),
        HTMLAttribute(.content, securityPolicy),
      ]
    )
    let authors =
      content.authors.isEmpty ? [] : [meta("author", content.authors.joined(separator: ", "))]
    let keywords =
      content.keywords.isEmpty ? [] : [meta("keywords", content.keywords.joined(separator: ", "))]
    return .element(
      .head,
      [],
      [
        .void(.meta, [HTMLAttribute(.charset, "utf-8")]), policy,
        meta("viewport", "width=device-width,initial-scale=1"), meta("color-scheme", "light dark"),
      ] + authors + keywords + [
        .element(.title, [], [.text(content.title)]), .style(Stylesheet.text),
      ]
    )
  }

  /// Nothing may be fetched, and no script may run but the one whose digest is named here.
  private static var securityPolicy: String {
    let digest = Base64.text(Digest(of: PageScript.text.text.utf8).bytes)
    return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
      + "script-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"
  }

  private static func body(_ content: PageContent) -> HTMLNode {
    var renderer = PageRenderer()
    for fixed in [
      PageRenderer.mainID, PageRenderer.adviceID, PageRenderer.colophonID, PageRenderer.stampsID,
      PageRenderer.manifestID,
    ] {
      _ = renderer.ids.claim(fixed)
    }
    // Cells keep their anchors whatever the headings are called.
    let anchors = content.body.map { part -> String? in
      if case .cell(let cell) = part { renderer.ids.claim(cell.anchor) } else { nil }
    }
    let headings = content.body.map { part -> String? in
      guard case .prose(.heading(_, let anchor, _, _)) = part else { return nil }
      return renderer.ids.claim(anchor)
    }
    let main = main(content, anchors, headings, &renderer)
    return .element(
      .body,
      [],
      [
        .element(
          .a,
          [.classes(.skip), .href(anchor: PageRenderer.mainID)],
          ["Skip to the report"]
        ),
        PageRenderer.contents(entries(content, headings)), main,
        .json(id: PageRenderer.manifestID, text: content.manifest), .script(PageScript.text),
      ]
    )
  }

  private static func main(
    _ content: PageContent,
    _ anchors: [String?],
    _ headings: [String?],
    _ renderer: inout PageRenderer
  ) -> HTMLNode {
    var parts = [renderer.titleBlock(content)]
    parts += content.notices.map { renderer.topNotice($0) }
    for (i, part) in content.body.enumerated() {
      switch part {
      case .prose(let block): parts.append(renderer.nodes(block, headingID: headings[i]))
      case .cell(let cell): parts.append(renderer.nodes(cell, id: anchors[i] ?? cell.anchor))
      }
    }
    if !content.advice.isEmpty {
      parts.append(
        renderer.adviceList(content.advice, hasSource: content.colophon.source != nil)
      )
    }
    parts.append(renderer.nodes(content.colophon))
    return .element(.main, [.id(PageRenderer.mainID)], parts)
  }

  private static func entries(
    _ content: PageContent,
    _ headings: [String?]
  ) -> [(level: Int, id: String, text: String)] {
    var entries: [(level: Int, id: String, text: String)] = []
    for (part, id) in zip(content.body, headings) {
      guard case .prose(.heading(let level, _, let number, let inlines)) = part, let id, level <= 3
      else { continue }
      let text = (number.map { "\($0) " } ?? "") + Prose.Inline.plain(inlines)
      entries.append((level, id, text))
    }
    if !content.advice.isEmpty { entries.append((2, PageRenderer.adviceID, "Advice")) }
    return entries + [(2, PageRenderer.colophonID, "Colophon")]
  }
}

/// Bytes as text of RFC 4648, section 4.
enum Base64 {
  static func text(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let three = bytes[start..<min(start + 3, bytes.count)]
      var bits = three.reduce(0) { $0 << 8 | UInt32($1) }
      bits <<= UInt32(8 * (3 - three.count))
      for place in 0..<4 {
        let digit = digits[Int(bits >> UInt32(18 - 6 * place) & 63)]
        text.append(place <= three.count ? digit : "=")
      }
    }
    return text
  }
}
