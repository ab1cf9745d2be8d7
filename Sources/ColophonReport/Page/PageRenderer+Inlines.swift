extension PageRenderer {
  mutating func nodes(_ inlines: [Prose.Inline]) -> [HTMLNode] { inlines.map { node($0) } }

  private mutating func node(_ inline: Prose.Inline) -> HTMLNode {
    switch inline {
    case .text(let text), .html(let text): .text(text)
    case .emphasis(let inner): .element(.em, [], nodes(inner))
    case .strong(let inner): .element(.strong, [], nodes(inner))
    case .strikethrough(let inner): .element(.del, [], nodes(inner))
    case .code(let text): .code(text)
    case .link(let inner, let url, let title): link(inner, url, title)
    case .image(let image): PageRenderer.image(image)
    case .softBreak: "\n"
    case .hardBreak: .void(.br)
    case .math(let text): .element(.code, [.classes(.math)], [.text(text)])
    case .footnote(let number): footnote(number)
    case .value(let text, let anchor, let path):
      .element(
        .a,
        [.classes(.value), .href(anchor: anchor), HTMLAttribute(.dataFrom, path)],
        [.text(text)]
      )
    case .missingValue(let reason): .span(.missing, "[\(reason)]")
    }
  }

  /// A link that could run something is set as its text alone.
  private mutating func link(
    _ inner: [Prose.Inline],
    _ url: String,
    _ title: String?
  ) -> HTMLNode {
    guard let target = HTMLAttribute.href(author: url) else { return .fragment(nodes(inner)) }
    let title = title.map { [HTMLAttribute(.title, $0)] } ?? []
    return .element(.a, [target] + title, nodes(inner))
  }

  private mutating func footnote(_ number: Int) -> HTMLNode {
    let link = HTMLNode.element(
      .a,
      [
        .id(ids.claim("noteref-\(number)")), .href(anchor: "note-\(number)"),
        .label("Note \(number)"),
      ],
      [.text(String(number))]
    )
    return .element(.sup, [], [link])
  }
}

extension Prose.Inline {
  /// The words of a line without its markup, for the contents.
  static func plain(_ inlines: [Prose.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text), .html(let text), .math(let text): text
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner): plain(inner)
      case .link(let inner, _, _): plain(inner)
      case .image(let image): image.alternative
      case .softBreak, .hardBreak: " "
      case .footnote: ""
      case .value(let text, _, _): text
      case .missingValue(let reason): "[\(reason)]"
      }
    }.joined()
  }
}
