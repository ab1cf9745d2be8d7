import ColophonCore

/// Reads the library's parameters: each is declared once, and passed on as the library writes it.
struct XGBoostReader {
  var fields: FieldReader
  private(set) var settings: [XGBoostSetting] = []

  init(_ fields: FieldReader) { self.fields = fields }

  /// When a parameter has an effect, as the end of "has no effect unless …".
  struct Condition {
    var holds: Bool
    var words: String

    static let always = Condition(holds: true, words: "")
    static func booster(_ booster: String, is kinds: String...) -> Condition {
      Condition(
        holds: kinds.contains(booster),
        words: "booster is \(kinds.joined(separator: " or "))"
      )
    }
    static func and(_ first: Condition, _ second: Condition) -> Condition {
      first.holds ? second : first
    }
  }

  /// A number, maybe under another name.
  @discardableResult
  mutating func number(
    _ name: String,
    alias: String? = nil,
    in interval: Interval,
    default value: Double,
    if condition: Condition = .always,
    _ documentation: String
  ) -> Double {
    var read = fields.number(name, in: interval, default: value, documentation)
    if let alias {
      let other: Double? = fields.number(alias, in: interval, "Another name of '\(name)'.")
      fields.resolve(alias, to: nil)
      if let other, !isTwice(name, alias) {
        read = other
        fields.resolve(name, to: .number(other))
      }
    }
    pass(name, alias, shortestText(read), condition)
    return read
  }

  @discardableResult
  mutating func integer(
    _ name: String,
    in range: ClosedRange<Int>,
    default value: Int,
    if condition: Condition = .always,
    _ documentation: String
  ) -> Int {
    let read = fields.integer(name, in: range, default: value, documentation)
    pass(name, nil, String(read), condition)
    return read
  }

  @discardableResult
  mutating func choice(
    _ name: String,
    of choices: [String],
    default value: String,
    if condition: Condition = .always,
    _ documentation: String
  ) -> String {
    let read = fields.choice(name, of: choices, default: value, documentation)
    pass(name, nil, read, condition)
    return read
  }

  /// A truth value, which the library writes as 0 or 1.
  @discardableResult
  mutating func flag(
    _ name: String,
    default value: Bool,
    if condition: Condition = .always,
    _ documentation: String
  ) -> Bool {
    let type = FieldType.union([.boolean, .integer(0...1)])
    var read = value
    if let node = fields.node(name, type, default: .boolean(value), documentation) {
      switch node.content {
      case .boolean(let given): read = given
      case .integer(0): read = false
      case .integer(1): read = true
      default: fields.report(.wrongType(name, expected: "true or false", found: node))
      }
      fields.resolve(name, to: .boolean(read))
    }
    pass(name, nil, read ? "1" : "0", condition)
    return read
  }

  /// Passes on a parameter that was read by other means.
  mutating func pass(_ name: String, _ value: String) {
    settings.append(XGBoostSetting(name: name, value: value))
  }

  private mutating func pass(
    _ name: String,
    _ alias: String?,
    _ value: String,
    _ condition: Condition
  ) {
    if condition.holds { return pass(name, value) }
    for given in [name, alias].compactMap({ $0 }) where fields.has(given) {
      fields.report(.parameterNeeds(given, condition.words, at: fields.position(of: given)))
    }
  }

  mutating func isTwice(_ name: String, _ alias: String) -> Bool {
    guard fields.has(name) else { return false }
    fields.report(.sameParameterTwice(name, alias, at: fields.position(of: alias)))
    return true
  }

  /// Says why a choice that the library documents can't be had here.
  mutating func refuse(
    _ name: String,
    _ value: String,
    _ refused: [String],
    _ why: String,
    hint: String? = nil
  ) {
    guard refused.contains(value) else { return }
    fields.report(
      .parameterValue(name, "can't be \(value): \(why)", at: fields.position(of: name), hint: hint)
    )
  }

  /// Why nothing that needs a graphics processor can be had.
  static let noGraphics = "no cell uses a graphics processor"
}
