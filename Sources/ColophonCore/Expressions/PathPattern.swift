/// A family of value paths that a cell promises before it runs: `rows`, `classes.*`,
/// `{train,validation,test}.*`, `folds[*]`.
///
/// `*` stands for any one segment, `{a,b}` for one of several names, `[*]` for any position, and a
/// last `**` for whatever follows.
package struct PathPattern: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible
{
  private enum Part: Hashable {
    case names([String])
    case anyName
    case anyIndex
    case rest
  }

  package let description: String
  private let parts: [Part]

  package init(stringLiteral text: String) { self.init(text) }

  package init(_ text: String) {
    description = text
    var parts: [Part] = []
    for piece in text.split(separator: ".") {
      var name = piece
      var positions = 0
      while name.hasSuffix("[*]") {
        name = name.dropLast(3)
        positions += 1
      }
      switch name {
      case "": break
      case "**": parts.append(.rest)
      case "*": parts.append(.anyName)
      case _ where name.hasPrefix("{"):
        parts.append(.names(name.dropFirst().dropLast().split(separator: ",").map { String($0) }))
      default: parts.append(.names([String(name)]))
      }
      parts += Array(repeating: .anyIndex, count: positions)
    }
    self.parts = parts
  }

  /// A pattern of exact segments, for names that hold dots or braces.
  package init(exactly names: [String]) {
    description = names.map { ValuePath.quoted($0) }.joined(separator: ".")
    parts = names.map { .names([$0]) }
  }

  /// Whether the segments are one of the promised paths, or (where `prefixes` counts) lead to some.
  package func matches(_ segments: [ValuePath.Segment], orLeadsTo prefixes: Bool = false) -> Bool {
    var index = 0
    for part in parts {
      if part == .rest { return true }
      guard index < segments.count else { return prefixes }
      switch (part, segments[index]) {
      case (.anyName, .name), (.anyIndex, .index): break
      case (.names(let names), .name(let name)) where names.contains(name): break
      default: return false
      }
      index += 1
    }
    return index == segments.count
  }

  /// The paths to offer when an author wrote an unknown one.
  package var examples: [String] {
    parts.reduce([""]) { prefixes, part in
      switch part {
      case .names(let names):
        prefixes.flatMap { prefix in
          names.map { ValuePath.quoted($0) }.map { prefix.isEmpty ? $0 : "\(prefix).\($0)" }
        }
      case .anyName: prefixes.map { $0.isEmpty ? "NAME" : "\($0).NAME" }
      case .anyIndex: prefixes.map { "\($0)[0]" }
      case .rest: prefixes
      }
    }
  }
}
