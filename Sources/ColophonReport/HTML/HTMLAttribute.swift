/// An attribute: a name of a closed set, and a text that the writer escapes.
package struct HTMLAttribute: Hashable, Sendable {
  package enum Name: String, Hashable, Sendable, CaseIterable {
    case id, href, src, alt, title, lang, name, content, charset, scope, start, type, tabindex, role
    case open, checked, colspan
    case className = "class"
    case httpEquivalent = "http-equiv"
    case ariaLabel = "aria-label"
    case ariaLabelledBy = "aria-labelledby"
    case ariaHidden = "aria-hidden"
    case dataFrom = "data-from"
    case dataSort = "data-sort"
    case dataValue = "data-v"
    case dataShow = "data-show"
    case viewBox, width, height, d, x, y, cx, cy, r, rx, transform, opacity
    case strokeWidth = "stroke-width"
    case clipPath = "clip-path"
  }

  package let name: Name
  /// Nil for a switch that is on by being there.
  package let value: String?

  package init(_ name: Name, _ value: String? = nil) {
    self.name = name
    self.value = value
  }
}

extension HTMLAttribute {
  package static func id(_ id: String) -> HTMLAttribute { HTMLAttribute(.id, id) }
  package static func role(_ role: String) -> HTMLAttribute { HTMLAttribute(.role, role) }
  package static func scope(_ scope: String) -> HTMLAttribute { HTMLAttribute(.scope, scope) }
  package static func label(_ text: String) -> HTMLAttribute { HTMLAttribute(.ariaLabel, text) }
  package static let hidden = HTMLAttribute(.ariaHidden, "true")
  package static let focusable = HTMLAttribute(.tabindex, "0")

  package static func classes(_ classes: CSSClass...) -> HTMLAttribute {
    HTMLAttribute(.className, classes.map { $0.rawValue }.joined(separator: " "))
  }

  /// A link to a place in the same page.
  package static func href(anchor: String) -> HTMLAttribute {
    HTMLAttribute(.href, "#" + IDPool.cleaned(anchor))
  }

  /// A link of the author's; nil where following it could run something.
  ///
  /// Web addresses, mail and relative paths pass; `javascript:`, `data:` and every other scheme
  /// don't.
  package static func href(author address: String) -> HTMLAttribute? {
    // Browsers drop control characters and spaces before they read the scheme.
    let address = String(
      String.UnicodeScalarView(address.unicodeScalars.filter { $0.value > 0x20 && $0 != "\u{7F}" })
    )
    let head = address.prefix { !"/?#".contains($0) }
    guard let colon = head.firstIndex(of: ":") else { return HTMLAttribute(.href, address) }
    let scheme = head[..<colon].lowercased()
    guard ["http", "https", "mailto", "doi"].contains(scheme) else { return nil }
    return HTMLAttribute(.href, address)
  }

  /// A picture that is part of the page; nil for anything that would be fetched or could run.
  package static func src(picture address: String) -> HTMLAttribute? {
    let kinds = ["png", "jpeg", "gif", "webp", "svg+xml", "avif"]
    guard kinds.contains(where: { address.hasPrefix("data:image/\($0);base64,") }) else {
      return nil
    }
    return HTMLAttribute(.src, address)
  }
}
