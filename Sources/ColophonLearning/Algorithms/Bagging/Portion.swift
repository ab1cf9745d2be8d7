import ColophonCore

/// Some of a number of things: a count of them, or a share.
package enum Portion: Hashable, Sendable {
  case count(Int)
  /// Above 0, at most 1.
  case share(Double)

  /// How many of `total` it is, at least 1: a share rounded down, as scikit-learn does.
  ///
  /// Nil where a count is above the total.
  func count(of total: Int) -> Int? {
    switch self {
    case .count(let count): count <= total ? count : nil
    case .share(let share): max(1, Int(share * Double(total)))
    }
  }
}

extension FieldReader {
  /// A whole number is a count, a fraction a share: 1 is one, 1.0 is all.
  mutating func portion(_ name: String, of things: String, _ documentation: String) -> Portion {
    let type = FieldType.union([.integer(1...Int.max), .number(.above(0, upTo: 1))])
    guard let node = node(name, type, default: .number(1), documentation) else { return .share(1) }
    switch node.content {
    case .integer(let count) where count >= 1:
      if count == 1 { report(.onlyOne(name, of: things, at: node)) }
      resolve(name, to: .integer(count))
      return .count(count)
    case .number(let share) where share > 0 && share <= 1:
      resolve(name, to: .number(share))
      return .share(share)
    case .integer, .number:
      report(
        .outOfRange(name, allowed: "above 0 and at most 1, or a whole number from 1", found: node)
      )
    default:
      report(.wrongType(name, expected: "a share such as 0.5, or a whole number", found: node))
    }
    return .share(1)
  }
}

extension Diagnostic {
  static func onlyOne(_ name: String, of things: String, at node: Node) -> Diagnostic {
    Diagnostic(
      .advice,
      "train.one-of-all",
      at: node.position,
      length: node.length,
      "'\(name): \(node.text)' is a single one of the \(things), since a whole number is a count",
      hint: "write 1.0 for all of them"
    )
  }
}
