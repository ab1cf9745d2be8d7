package import ColophonCore

/// A piece of running text, with the place where it starts.
package indirect enum Inline: Hashable, Sendable {
  case text(String, at: SourcePosition)
  case code(String, at: SourcePosition)
  /// A computed value written into the prose.
  case value(InlineValue)
  case emphasis([Inline], at: SourcePosition)
  case strong([Inline], at: SourcePosition)
  case link(Link, at: SourcePosition)
  case image(Image, at: SourcePosition)
  /// Raw HTML, to be shown as text and never passed through.
  case html(String, at: SourcePosition)
  case softBreak
  case hardBreak

  /// A link whose destination was found safe, unless the options allow any.
  package struct Link: Hashable, Sendable {
    /// As written, entities and escapes resolved, not percent-encoded.
    package var destination: String
    package var title: String?
    package var content: [Inline]
  }

  /// A picture to be embedded.
  package struct Image: Hashable, Sendable {
    /// The file, relative to the notebook, percent-escapes resolved.
    package var path: String
    /// The destination as it was written.
    package var destination: String
    package var title: String?
    /// What stands for the picture where it can't be seen.
    package var alt: String
  }
}

extension Inline {
  /// The inlines within this one.
  package var children: [Inline] {
    switch self {
    case .emphasis(let content, _), .strong(let content, _): content
    case .link(let link, _): link.content
    default: []
    }
  }

  /// Where it starts; nil for breaks.
  package var position: SourcePosition? {
    switch self {
    case .text(_, let place), .code(_, let place), .emphasis(_, let place), .strong(_, let place),
      .link(_, let place), .image(_, let place), .html(_, let place):
      place
    case .value(let value): value.position
    case .softBreak, .hardBreak: nil
    }
  }

  /// The text without its markup; a value shows its source.
  package var plainText: String {
    switch self {
    case .text(let text, _), .code(let text, _), .html(let text, _): text
    case .value(let value): value.source
    case .image(let image, _): image.alt
    case .softBreak, .hardBreak: " "
    case .emphasis(let content, _), .strong(let content, _): content.plainText
    case .link(let link, _): link.content.plainText
    }
  }
}

extension [Inline] {
  /// The texts one after the other, without markup.
  package var plainText: String { map { $0.plainText }.joined() }

  /// Every computed value, in the order of the text.
  package var values: [InlineValue] {
    flatMap { inline in
      if case .value(let value) = inline { [value] } else { inline.children.values }
    }
  }
}
