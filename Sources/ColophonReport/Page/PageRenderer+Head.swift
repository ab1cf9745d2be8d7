extension PageRenderer {
  static let mainID = "main"
  static let adviceID = "advice"
  static let colophonID = "colophon"
  static let stampsID = "stamps"
  static let manifestID = "colophon-manifest"

  /// The title block: what the report is, who wrote it, and how it went.
  mutating func titleBlock(_ content: PageContent) -> HTMLNode {
    var parts: [HTMLNode] = [.element(.h1, [], [.text(content.title)])]
    if let subtitle = content.subtitle { parts.append(.paragraph(.subtitle, [.text(subtitle)])) }
    if !content.authors.isEmpty {
      parts.append(.paragraph(.by, [.text(content.authors.joined(separator: ", "))]))
    }
    if let abstract = content.abstract { parts.append(.div(.abstract, nodes(abstract))) }
    if !content.parameters.isEmpty {
      parts.append(.div(.parameters, [PageRenderer.facts(content.parameters)]))
    }
    if !content.keywords.isEmpty {
      let words = content.keywords.joined(separator: ", ")
      parts.append(.paragraph(.by, [.text("Keywords: \(words)")]))
    }
    parts.append(.paragraph(.verdict, verdict(content)))
    return .element(.header, [.classes(.title)], parts)
  }

  private func verdict(_ content: PageContent) -> [HTMLNode] {
    var parts: [HTMLNode] = []
    if let verdict = content.verdict {
      let all = verdict.held == verdict.total
      let noun = verdict.total == 1 ? "requirement holds" : "requirements hold"
      let span = HTMLNode.span(all ? .holds : .fails, "\(verdict.held) of \(verdict.total) \(noun)")
      parts.append(verdict.anchor.map { .link(to: $0, [span]) } ?? span)
    }
    if !content.advice.isEmpty {
      let count = content.advice.count
      parts.append(.link(to: PageRenderer.adviceID, [.text("\(count) advice")]))
    }
    let colophon = content.colophon
    parts.append(
      .element(
        .a,
        [.classes(.stamp), .href(anchor: PageRenderer.colophonID)],
        [.text("\(colophon.stampWords) \(PageRenderer.short(colophon.stamp))")]
      )
    )
    return HTMLNode.joined(parts, by: " · ")
  }

  func topNotice(_ notice: PageContent.TopNotice) -> HTMLNode {
    let text = HTMLNode.text(notice.text)
    return PageRenderer.notice(notice.kind, [notice.anchor.map { .link(to: $0, [text]) } ?? text])
  }

  /// The headings of the first two levels, beside the text where there is room.
  static func contents(_ entries: [(level: Int, id: String, text: String)]) -> HTMLNode {
    let items = entries.map { entry -> HTMLNode in
      .element(
        .li,
        entry.level > 2 ? [.classes(.level3)] : [],
        [.link(to: entry.id, [.text(entry.text)])]
      )
    }
    return .element(
      .nav,
      [.classes(.contents), .label("Contents")],
      [.paragraph(nil, ["Contents"]), .element(.ol, [], items)]
    )
  }

  /// The first eight digits of a digest, in two groups.
  static func short(_ digest: String) -> String {
    let digits = digest.hasPrefix("sha256:") ? digest.dropFirst(7) : digest[...]
    guard digits.count > 16, !digits.contains(" ") else { return String(digits) }
    return "\(digits.prefix(4)) \(digits.dropFirst(4).prefix(4))"
  }
}
