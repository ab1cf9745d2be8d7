import ColophonCore

/// Numbers between two bounds, either of which may be left out, as an author writes them.
struct ValueRange: Hashable, Sendable {
  var lower = -Double.infinity
  var upper = Double.infinity
  var lowerIsOpen = false
  var upperIsOpen = false

  /// Reads `{min | above, max | below}`; nil where a finding was reported.
  init?(reading fields: inout FieldReader) {
    let least = fields.number("min", in: .finite, "The least number, included.")
    let above = fields.number("above", in: .finite, "Numbers above this one, not included.")
    let most = fields.number("max", in: .finite, "The largest number, included.")
    let below = fields.number("below", in: .finite, "Numbers below this one, not included.")
    if fields.isBlank { return nil }
    func refuse(_ message: String, at field: String?) {
      let position = field.map { fields.position(of: $0) } ?? fields.position
      fields.report(Diagnostic(.error, "bias.range", at: position, message))
    }
    if least != nil, above != nil {
      refuse("a range takes 'min' or 'above', not both", at: "above")
      return nil
    }
    if most != nil, below != nil {
      refuse("a range takes 'max' or 'below', not both", at: "below")
      return nil
    }
    guard [least, above, most, below].contains(where: { $0 != nil }) else {
      if !["min", "above", "max", "below"].contains(where: { fields.has($0) }) {
        refuse("a range needs a bound: 'min', 'above', 'max' or 'below'", at: nil)
      }
      return nil
    }
    lower = least ?? above ?? -.infinity
    upper = most ?? below ?? .infinity
    lowerIsOpen = above != nil
    upperIsOpen = below != nil
    if lower > upper || (lower == upper && (lowerIsOpen || upperIsOpen)) {
      refuse("no number lies \(description)", at: most == nil ? "below" : "max")
      return nil
    }
  }

  /// The fields, for the description of what a node may hold.
  static var fields: [FieldDescription] {
    var blank = FieldReader()
    _ = ValueRange(reading: &blank)
    return blank.fields
  }

  /// One range, or several; what is wrong is reported.
  static func ranges(_ node: Node, named name: String, _ fields: inout FieldReader) -> [ValueRange]
  {
    (node.items ?? [node]).compactMap { item in
      guard let entries = item.entries else {
        fields.report(.wrongType(name, expected: "a map such as {min: 40, below: 65}", found: item))
        return nil
      }
      var reader = FieldReader(entries, context: "'\(name)'", at: item.position)
      let range = ValueRange(reading: &reader)
      reader.finish()
      fields.absorb(reader)
      return range
    }
  }

  func contains(_ value: Double) -> Bool {
    (lowerIsOpen ? value > lower : value >= lower) && (upperIsOpen ? value < upper : value <= upper)
  }

  /// "at least 40 and below 65".
  var description: String {
    let low = lower.isFinite ? (lowerIsOpen ? "above " : "at least ") + shortestText(lower) : nil
    let high = upper.isFinite ? (upperIsOpen ? "below " : "at most ") + shortestText(upper) : nil
    return [low, high].compactMap { $0 }.joined(separator: " and ")
  }
}
