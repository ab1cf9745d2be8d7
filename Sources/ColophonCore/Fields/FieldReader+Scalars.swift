extension FieldReader {
  /// A truth value.
  package mutating func boolean(_ name: String, default value: Bool, _ documentation: String)
    -> Bool
  {
    guard
      let node = declare(name, .boolean, required: false, default: .boolean(value), documentation)
    else { return value }
    guard case .boolean(let read) = node.content else {
      report(.wrongType(name, expected: "true or false", found: node))
      return value
    }
    configuration[name] = .boolean(read)
    return read
  }

  /// A whole number with a default.
  package mutating func integer(
    _ name: String,
    in range: ClosedRange<Int>,
    default value: Int,
    _ documentation: String
  ) -> Int {
    let node = declare(
      name,
      .integer(range),
      required: false,
      default: .integer(value),
      documentation
    )
    return node.flatMap { readInteger(name, $0, in: range) } ?? value
  }

  /// A whole number that may be left out, or must not.
  package mutating func integer(
    _ name: String,
    in range: ClosedRange<Int>,
    required: Bool = false,
    _ documentation: String
  ) -> Int? {
    declare(name, .integer(range), required: required, default: nil, documentation)
      .flatMap { readInteger(name, $0, in: range) }
  }

  private mutating func readInteger(_ name: String, _ node: Node, in range: ClosedRange<Int>)
    -> Int?
  {
    guard let read = checkedInteger(name, node, in: range) else { return nil }
    configuration[name] = .integer(read)
    return read
  }

  mutating func checkedInteger(_ name: String, _ node: Node, in range: ClosedRange<Int>) -> Int? {
    var read: Int?
    if case .integer(let value) = node.content { read = value }
    if case .number(let value) = node.content { read = Int(exactly: value) }
    guard let read else {
      report(.wrongType(name, expected: "a whole number", found: node))
      return nil
    }
    guard range.contains(read) else {
      report(.outOfRange(name, allowed: FieldReader.words(range), found: node))
      return nil
    }
    return read
  }

  /// "from 1 to 64", or "at least 1" where there is no real upper end.
  package static func words(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound == .min, range.upperBound == .max) {
    case (true, true): "a whole number"
    case (false, true): "at least \(range.lowerBound)"
    case (true, false): "at most \(range.upperBound)"
    case (false, false): "from \(range.lowerBound) to \(range.upperBound)"
    }
  }

  /// A finite number with a default.
  package mutating func number(
    _ name: String,
    in interval: Interval,
    default value: Double,
    _ documentation: String
  ) -> Double {
    let node = declare(
      name,
      .number(interval),
      required: false,
      default: .number(value),
      documentation
    )
    return node.flatMap { readNumber(name, $0, in: interval) } ?? value
  }

  /// A finite number that may be left out, or must not.
  package mutating func number(
    _ name: String,
    in interval: Interval,
    required: Bool = false,
    _ documentation: String
  ) -> Double? {
    declare(name, .number(interval), required: required, default: nil, documentation)
      .flatMap { readNumber(name, $0, in: interval) }
  }

  private mutating func readNumber(_ name: String, _ node: Node, in interval: Interval) -> Double? {
    guard let read = checkedNumber(name, node, in: interval) else { return nil }
    configuration[name] = .number(read)
    return read
  }

  mutating func checkedNumber(_ name: String, _ node: Node, in interval: Interval) -> Double? {
    guard let read = node.value.asNumber else {
      report(.wrongType(name, expected: "a number", found: node))
      return nil
    }
    guard interval.contains(read) else {
      report(.outOfRange(name, allowed: interval.description, found: node))
      return nil
    }
    return read
  }

  /// A text with a default.
  ///
  /// Numbers and truth values are taken as they were written.
  package mutating func string(
    _ name: String,
    default value: String,
    _ documentation: String
  ) -> String {
    locatedString(name, default: .string(value), required: false, documentation)?.value ?? value
  }

  /// A text that may be left out, or must not, and where it stands.
  package mutating func string(
    _ name: String,
    required: Bool = false,
    _ documentation: String
  ) -> Located<String>? {
    locatedString(name, default: nil, required: required, documentation)
  }

  private mutating func locatedString(
    _ name: String,
    default value: Value?,
    required: Bool,
    _ documentation: String
  ) -> Located<String>? {
    guard
      let node = declare(name, .string, required: required, default: value, documentation),
      let text = scalarText(name, node)
    else { return nil }
    configuration[name] = .string(text.value)
    return text
  }

  mutating func scalarText(_ name: String, _ node: Node) -> Located<String>? {
    guard node.isScalar, node.content != .null else {
      report(.wrongType(name, expected: "a text", found: node))
      return nil
    }
    return Located(node.text, at: node.position)
  }

  /// One of several words, with a default.
  package mutating func choice(
    _ name: String,
    of choices: [String],
    default value: String,
    _ documentation: String
  ) -> String {
    let node = declare(
      name,
      .choice(choices),
      required: false,
      default: .string(value),
      documentation
    )
    return node.flatMap { readChoice(name, $0, of: choices)?.value } ?? value
  }

  /// One of several words that may be left out, or must not, and where it stands.
  ///
  /// `noun`: What a choice is called in messages, such as `algorithm`.
  package mutating func choice(
    _ name: String,
    of choices: [String],
    required: Bool = false,
    noun: String? = nil,
    _ documentation: String
  ) -> Located<String>? {
    declare(name, .choice(choices), required: required, default: nil, documentation)
      .flatMap { readChoice(name, $0, of: choices, noun: noun) }
  }

  private mutating func readChoice(
    _ name: String,
    _ node: Node,
    of choices: [String],
    noun: String? = nil
  ) -> Located<String>? {
    guard let text = scalarText(name, node) else { return nil }
    guard choices.contains(text.value) else {
      report(.unknownChoice(name, found: node, among: choices, noun: noun))
      return nil
    }
    configuration[name] = .string(text.value)
    return text
  }
}
