/// Turns a tree into bytes: the one place where markup is written.
package struct HTMLWriter {
  private var bytes: [UInt8] = []

  /// The document's bytes, with its type declaration.
  package static func document(_ root: HTMLNode) -> [UInt8] {
    var writer = HTMLWriter()
    writer.put("<!doctype html>")
    writer.write(root)
    writer.put("\n")
    return writer.bytes
  }

  /// The node's text, for tests and fragments.
  package static func text(_ node: HTMLNode) -> String {
    var writer = HTMLWriter()
    writer.write(node)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private mutating func write(_ node: HTMLNode) {
    switch node {
    case .text(let text): HTMLEscaping.append(text, quotes: false, to: &bytes)
    case .fragment(let nodes): for node in nodes { write(node) }
    case .void(let tag, let attributes):
      open(tag.rawValue, attributes)
      put(tag.isForeign ? "/>" : ">")
    case .element(let tag, let attributes, let children):
      open(tag.rawValue, attributes)
      put(">")
      for child in children { write(child) }
      if !tag.isClosedByWhatFollows { put("</", tag.rawValue, ">") }
    case .style(let sheet): put("<style>", sheet.text, "</style>")
    case .script(let script): put("<script>", script.text, "</script>")
    case .json(let id, let text):
      open("script", [HTMLAttribute(.type, "application/json"), .id(id)])
      put(">")
      HTMLEscaping.appendJSON(text, to: &bytes)
      put("</script>")
    }
  }

  /// Attributes are written in the order in which they are given.
  private mutating func open(_ tag: String, _ attributes: [HTMLAttribute]) {
    put("<", tag)
    for (i, attribute) in attributes.enumerated() {
      precondition(
        !attributes[..<i].contains { $0.name == attribute.name },
        "attribute \(attribute.name) twice on \(tag)"
      )
      put(" ", attribute.name.rawValue)
      guard let value = attribute.value else { continue }
      put("=\"")
      HTMLEscaping.append(value, quotes: true, to: &bytes)
      put("\"")
    }
  }

  private mutating func put(_ texts: String...) { for text in texts { put(text) } }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
