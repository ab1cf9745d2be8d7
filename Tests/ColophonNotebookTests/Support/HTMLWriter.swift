import ColophonNotebook

/// Writes a tree as the specification's examples expect it, to compare the two.
///
/// Reports are not made this way: raw HTML goes through here if it is asked to.
struct HTMLWriter {
  /// Whether raw HTML is written as it is, else escaped.
  var passesHTML: Bool
  private var html = ""

  static func html(_ blocks: [Block], passingHTML: Bool) -> String {
    var writer = HTMLWriter(passesHTML: passingHTML)
    for block in blocks { writer.write(block, isTight: false) }
    return writer.html
  }

  init(passesHTML: Bool) { self.passesHTML = passesHTML }

  private mutating func line() { if !html.isEmpty, html.utf8.last != 0x0A { html += "\n" } }

  private mutating func write(_ block: Block, isTight: Bool) {
    switch block {
    case .heading(let level, _, let content, _):
      line()
      html += "<h\(level)>\(inlines(content))</h\(level)>\n"
    case .paragraph(let content, _) where isTight: html += inlines(content)
    case .paragraph(let content, _):
      line()
      html += "<p>\(inlines(content))</p>\n"
    case .list(let list, _): write(list)
    case .quote(let blocks, _):
      line()
      html += "<blockquote>\n"
      for block in blocks { write(block, isTight: false) }
      line()
      html += "</blockquote>\n"
    case .code(let info, let text, _):
      line()
      let word = info.split { $0 == " " || $0 == "\t" }.first.map { String($0) }
      let language = word.map { " class=\"language-\(HTMLWriter.escaped($0))\"" } ?? ""
      html += "<pre><code\(language)>\(HTMLWriter.escaped(text))</code></pre>\n"
    case .html(let text, _):
      line()
      html += passesHTML ? text : HTMLWriter.escaped(text)
      line()
    case .thematicBreak:
      line()
      html += "<hr />\n"
    case .table, .cell: html += "(not CommonMark)"
    }
  }

  private mutating func write(_ list: MarkdownList) {
    line()
    let start = list.start.map { $0 == 1 ? "" : " start=\"\($0)\"" }
    html += list.start == nil ? "<ul>\n" : "<ol\(start ?? "")>\n"
    for item in list.items {
      line()
      html += "<li>"
      for block in item { write(block, isTight: list.isTight) }
      html += "</li>\n"
    }
    html += list.start == nil ? "</ul>\n" : "</ol>\n"
  }

  private func inlines(_ content: [Inline]) -> String { content.map { inline($0) }.joined() }

  private func inline(_ inline: Inline) -> String {
    func title(_ title: String?) -> String {
      title.map { " title=\"\(HTMLWriter.escaped($0))\"" } ?? ""
    }
    switch inline {
    case .text(let text, _): return HTMLWriter.escaped(text)
    case .code(let text, _): return "<code>\(HTMLWriter.escaped(text))</code>"
    case .value(let value): return "<code>\(HTMLWriter.escaped(value.source))</code>"
    case .emphasis(let content, _): return "<em>\(inlines(content))</em>"
    case .strong(let content, _): return "<strong>\(inlines(content))</strong>"
    case .link(let link, _):
      let address = HTMLWriter.address(link.destination)
      return "<a href=\"\(address)\"\(title(link.title))>\(inlines(link.content))</a>"
    case .image(let image, _):
      let address = HTMLWriter.address(image.destination)
      let alt = HTMLWriter.escaped(image.alt)
      return "<img src=\"\(address)\" alt=\"\(alt)\"\(title(image.title)) />"
    case .html(let text, _): return passesHTML ? text : HTMLWriter.escaped(text)
    case .softBreak: return "\n"
    case .hardBreak: return "<br />\n"
    }
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// Percent-encodes what may not stand in an address, as the examples do.
  static func address(_ text: String) -> String {
    let kept = Set("-_.+!*(),%#@?=;:/$~".utf8)
    return text.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return String(Unicode.Scalar(byte))
      case UInt8(ascii: "&"): return "&amp;"
      case UInt8(ascii: "'"): return "&#x27;"
      default:
        if kept.contains(byte) { return String(Unicode.Scalar(byte)) }
        let hex = String(byte, radix: 16, uppercase: true)
        return "%" + (hex.count < 2 ? "0" : "") + hex
      }
    }.joined()
  }
}
