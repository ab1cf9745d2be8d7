/// A page as a tree: text, elements, and two raw cases that only the module's own texts can fill.
///
/// Markup in a string has no way in: a text is a text, an attribute is a typed name and a text, and
/// ``HTMLWriter`` alone turns the tree into bytes.
package indirect enum HTMLNode: Hashable, Sendable {
  case text(String)
  case element(HTMLTag, [HTMLAttribute] = [], [HTMLNode] = [])
  case void(HTMLVoidTag, [HTMLAttribute] = [])
  /// Several nodes where one is asked for.
  case fragment([HTMLNode])
  case style(ModuleText)
  case script(ModuleText)
  /// JSON for machines, in a block that no browser runs.
  case json(id: String, text: String)
}

extension HTMLNode: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = .text(value) }
}

/// Text of the module's own that is written without escaping: style sheets and the script.
///
/// It is made of literals of this module only, so nothing that was read can become part of it.
package struct ModuleText: Hashable, Sendable {
  package let text: String

  internal init(_ literals: StaticString...) {
    text = literals.map { ModuleText.compact($0.description) }.joined()
  }

  /// Drops indentation and line ends, which the sources have for their readers.
  private static func compact(_ text: String) -> String {
    text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
  }
}
