/// What a cell computes and what a configuration resolves to: JSON's kinds, integers kept apart.
package enum Value: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// NaN and infinities are allowed here; the canonical form writes them as `null`, `"Infinity"`
  /// and `"-Infinity"`.
  case number(Double)
  case string(String)
  case array([Value])
  case object([String: Value])
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(arrayLiteral elements: Value...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, Value)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
}

extension Value {
  /// The number, for integers and numbers.
  package var asNumber: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  package var asInteger: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  package var asString: String? { if case .string(let text) = self { text } else { nil } }
  package var asBoolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
  package var asArray: [Value]? { if case .array(let items) = self { items } else { nil } }
  package var asObject: [String: Value]? { if case .object(let map) = self { map } else { nil } }

  /// The member of that name, or nil where there is none.
  package subscript(name: String) -> Value? { asObject?[name] }

  /// What a person calls this kind of value.
  package var kindName: String {
    switch self {
    case .null: "nothing"
    case .boolean: "true or false"
    case .integer: "a whole number"
    case .number: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "a map"
    }
  }

  /// Where two values first differ in sorted order, as a path such as `ci.roc_auc.low`.
  package func firstDifference(from other: Value, at path: String = "") -> (
    path: String, this: Value?, other: Value?
  )? {
    switch (self, other) {
    case (.object(let a), .object(let b)):
      for key in Set(a.keys).union(b.keys).sorted() {
        let inner = path.isEmpty ? key : "\(path).\(key)"
        guard let x = a[key], let y = b[key] else { return (inner, a[key], b[key]) }
        if let found = x.firstDifference(from: y, at: inner) { return found }
      }
      return nil
    case (.array(let a), .array(let b)):
      for i in 0..<max(a.count, b.count) {
        let inner = "\(path)[\(i)]"
        guard i < a.count, i < b.count else {
          return (inner, i < a.count ? a[i] : nil, i < b.count ? b[i] : nil)
        }
        if let found = a[i].firstDifference(from: b[i], at: inner) { return found }
      }
      return nil
    default:
      return canonicalBytes == other.canonicalBytes ? nil : (path, self, other)
    }
  }
}
