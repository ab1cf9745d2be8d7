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

  private let parts: [Part]

  package init(stringLiteral text: String) { self.init(text) }

  package init(_ text: String) {
    var parts: [Part] = []
    for piece in text.utf8.split(separator: UInt8(ascii: ".")) {
      var name = piece
      var positions = 0
      while name.count >= 3, name.suffix(3).elementsEqual("[*]".utf8) {
        name = name.dropLast(3)
        positions += 1
      }
      if let part = PathPattern.part(name) { parts.append(part) }
      parts += repeatElement(.anyIndex, count: positions)
    }
    self.parts = parts
  }

  private static func part(_ name: Substring.UTF8View) -> Part? {
    if name.isEmpty { return nil }
    if name.elementsEqual("*".utf8) { return .anyName }
    if name.elementsEqual("**".utf8) { return .rest }
    guard name.first == UInt8(ascii: "{") else { return .names([String(Substring(name))]) }
    let names = name.dropFirst().dropLast().split(separator: UInt8(ascii: ","))
    return .names(names.map { String(Substring($0)) })
  }

  /// A pattern of exact segments, for names that hold dots or braces.
  ///
  /// `positions`: How many positions in lists follow the names.
  package init(exactly names: [String], positions: Int = 0) {
    parts = names.map { .names([$0]) } + repeatElement(.anyIndex, count: positions)
  }

  package var description: String {
    parts.reduce(into: "") { text, part in
      if part != .anyIndex, !text.isEmpty { text += "." }
      switch part {
      case .names(let names) where names.count == 1: text += ValuePath.quoted(names[0])
      case .names(let names): text += "{\(names.joined(separator: ","))}"
      case .anyName: text += "*"
      case .anyIndex: text += "[*]"
      case .rest: text += "**"
      }
    }
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
