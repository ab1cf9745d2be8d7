extension HTMLNode {
  /// The tree with its links inside the page that lead nowhere turned into plain text.
  ///
  /// A cell may be named by a graph or a value and yet not be printed.
  func withoutDeadLinks() -> HTMLNode {
    var ids: Set<String> = []
    collect(into: &ids)
    return keepingLinks(to: ids, inPicture: false)
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

  private func keepingLinks(to ids: Set<String>, inPicture: Bool) -> HTMLNode {
    switch self {
    case .element(let tag, let attributes, let children):
      let children = children.map { $0.keepingLinks(to: ids, inPicture: inPicture || tag == .svg) }
      let target = attributes.first { $0.name == .href }?.value
      guard tag == .a, let target, target.hasPrefix("#"),
        !ids.contains(String(target.dropFirst()))
      else { return .element(tag, attributes, children) }
      let kept = attributes.filter { $0.name != .href && $0.name != .ariaLabel }
      return .element(inPicture ? .g : .span, kept, children)
    case .fragment(let nodes):
      return .fragment(nodes.map { $0.keepingLinks(to: ids, inPicture: inPicture) })
    case .text, .void, .style, .script, .json: return self
    }
  }
}
