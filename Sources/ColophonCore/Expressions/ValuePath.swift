/// Names one value of one cell: `churn.split.train.rows`, `cv.f1.folds[2]`,
/// `final.confusion."not churned".churned`.
package struct ValuePath: Hashable, Sendable {
  package enum Segment: Hashable, Sendable {
    case name(String)
    case index(Int)
  }

  /// The first segment: a cell's name, or a word such as `champion`.
  package var cell: String
  /// What follows the cell's name.
  package var segments: [Segment]

  package init(cell: String, segments: [Segment]) {
    self.cell = cell
    self.segments = segments
  }

  /// The value that the segments lead to, or nil where there is none.
  package static func find(_ segments: [Segment], in root: Value) -> Value? {
    var value = root
    for segment in segments {
      switch (segment, value) {
      case (.name(let name), .object(let members)):
        guard let next = members[name] else { return nil }
        value = next
      case (.index(let index), .array(let items)):
        guard items.indices.contains(index) else { return nil }
        value = items[index]
      default: return nil
      }
    }
    return value
  }

  /// Every path in a value that ends at a scalar, in sorted order, as text after the cell's name.
  package static func leaves(of value: Value, under prefix: String = "") -> [String] {
    switch value {
    case .object(let members):
      members.keys.sorted().flatMap { key in
        leaves(of: members[key] ?? .null, under: join(prefix, .name(key)))
      }
    case .array(let items):
      items.indices.flatMap { leaves(of: items[$0], under: join(prefix, .index($0))) }
    default: [prefix]
    }
  }

  private static func join(_ prefix: String, _ segment: Segment) -> String {
    switch segment {
    case .index(let index): "\(prefix)[\(index)]"
    case .name(let name): prefix.isEmpty ? quoted(name) : "\(prefix).\(quoted(name))"
    }
  }

  /// A segment as it must be written: quoted unless it is an identifier.
  package static func quoted(_ name: String) -> String {
    let isIdentifier =
      name.utf8.first.map { isWordStart($0) } == true && name.utf8.allSatisfy { isWord($0) }
    if isIdentifier { return name }
    return "\""
      + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  static func isWordStart(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "_")
      || byte >= 0x80
  }

  static func isWord(_ byte: UInt8) -> Bool {
    isWordStart(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension ValuePath: CustomStringConvertible {
  package var description: String {
    segments.reduce(cell) { ValuePath.join($0, $1) }
  }
}
