/// The elements with content that a page may hold, those of SVG among them.
package enum HTMLTag: String, Hashable, Sendable, CaseIterable {
  case html, head, title, body
  case a, blockquote, button, caption, code, dd, del, details, div, dl, dt, em, figcaption, figure
  case footer, h1, h2, h3, h4, h5, h6, header, label, li, main, nav, ol, p, pre, section, small
  case span, strong, summary, sub, sup, table, tbody, td, th, thead, tr, ul
  case svg, g, desc, text, tspan, clipPath

  /// Whether HTML closes the element by itself where the next one begins or the one around it ends,
  /// as those of a table, of which long ones have thousands.
  var isClosedByWhatFollows: Bool {
    switch self {
    case .td, .th, .tr, .thead, .tbody: true
    default: false
    }
  }

  /// The heading of a level; levels outside 1 to 6 take the nearest.
  package static func heading(_ level: Int) -> HTMLTag {
    [.h1, .h2, .h3, .h4, .h5, .h6][min(max(level, 1), 6) - 1]
  }
}

/// The elements that never have content.
package enum HTMLVoidTag: String, Hashable, Sendable, CaseIterable {
  case br, hr, img, input, meta, wbr
  case path, rect, circle

  /// Elements of SVG close themselves; those of HTML don't close.
  var isForeign: Bool {
    switch self {
    case .path, .rect, .circle: true
    case .br, .hr, .img, .input, .meta, .wbr: false
    }
  }
}
