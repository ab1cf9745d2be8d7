/// Turns content into nodes; it only remembers which ids are taken.
struct PageRenderer {
  var ids = IDPool()
  /// What ids of the part at hand begin with: the cell's anchor.
  var scope = "page"

  /// A new id of the part at hand.
  mutating func id(_ role: String) -> String { ids.claim("\(scope)-\(role)") }
}

extension HTMLNode {
  static func paragraph(_ classes: CSSClass?, _ children: [HTMLNode]) -> HTMLNode {
    .element(.p, classes.map { [.classes($0)] } ?? [], children)
  }

  static func span(_ style: CSSClass, _ text: String) -> HTMLNode {
    .element(.span, [.classes(style)], [.text(text)])
  }

  static func div(_ style: CSSClass, _ children: [HTMLNode]) -> HTMLNode {
    .element(.div, [.classes(style)], children)
  }

  static func code(_ text: String) -> HTMLNode { .element(.code, [], [.text(text)]) }

  static func link(to anchor: String, _ children: [HTMLNode]) -> HTMLNode {
    .element(.a, [.href(anchor: anchor)], children)
  }

  /// The nodes with a separator between neighbours.
  static func joined(_ nodes: [HTMLNode], by separator: String) -> [HTMLNode] {
    nodes.enumerated().flatMap { $0.offset == 0 ? [$0.element] : [.text(separator), $0.element] }
  }
}
