extension HTMLNode {
  /// The tree with its links inside the page that lead nowhere turned into plain text.
  ///
  /// A cell may be named by a graph or a value and yet not be printed.
  func withoutDeadLinks() -> HTMLNode {
    var ids: Set<String> = []
    collect(into: &ids)
    // Nearly every page has none, and need not be copied.
    return hasOnlyLinks(to: ids) ? self : keepingLinks(to: ids, inPicture: false)
  }

  private func collect(into ids: inout Set<String>) {
    switch self {
    case .element(_, let attributes, let children):
      for attribute in attributes where attribute.name == .id { ids.insert(attribute.value ?? "") }
      for child in children { child.collect(into: &ids) }
    case .fragment(let nodes): for node in nodes { node.collect(into: &ids) }
    case .void(_, let attributes):
      for attribute in attributes where attribute.name == .id { ids.insert(attribute.value ?? "") }
    case .json(let id, _): ids.insert(id)
    case .text, .style, .script: break
    }
  }

  private func hasOnlyLinks(to ids: Set<String>) -> Bool {
    switch self {
    case .element(let tag, let attributes, let children):
      if tag == .a, isDead(attributes, ids) { return false }
      return children.allSatisfy { $0.hasOnlyLinks(to: ids) }
    case .fragment(let nodes): return nodes.allSatisfy { $0.hasOnlyLinks(to: ids) }
    case .text, .void, .style, .script, .json: return true
    }
  }

  private func isDead(_ attributes: [HTMLAttribute], _ ids: Set<String>) -> Bool {
    guard let target = attributes.first(where: { $0.name == .href })?.value,
      target.utf8.first == UInt8(ascii: "#")
    else { return false }
    return !ids.contains(String(target.dropFirst()))
  }

  private func keepingLinks(to ids: Set<String>, inPicture: Bool) -> HTMLNode {
    switch self {
    case .element(let tag, let attributes, let children):
      let children = children.map { $0.keepingLinks(to: ids, inPicture: inPicture || tag == .svg) }
      guard tag == .a, isDead(attributes, ids) else {
        return .element(tag, attributes, children)
      }
      let kept = attributes.filter { $0.name != .href && $0.name != .ariaLabel }
      return .element(inPicture ? .g : .span, kept, children)
    case .fragment(let nodes):
      return .fragment(nodes.map { $0.keepingLinks(to: ids, inPicture: inPicture) })
    case .text, .void, .style, .script, .json: return self
    }
  }
}
