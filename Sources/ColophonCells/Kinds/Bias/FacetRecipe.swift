import ColophonCore
import ColophonData

/// Some values of a column, or the numbers in some ranges.
enum Selection: Sendable {
  case values([Located<String>])
  /// The ranges, and where they stand.
  case ranges([ValueRange], SourcePosition)

  /// "40 or 41", "at least 40 and below 65".
  var words: String {
    switch self {
    case .values(let values): Selection.list(values.map { $0.value })
    case .ranges(let ranges, _): ranges.map { $0.description }.joined(separator: ", or ")
    }
  }

  static func list(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}

/// The column that tells groups apart, and which of its values form the disadvantaged group.
struct FacetRecipe: Sendable {
  let column: Located<String>
  let members: Selection

  /// Nil where a finding was reported.
  init?(reading fields: inout FieldReader) {
    let column = fields.string(
      "column",
      required: true,
      "The column that tells groups apart, such as `sex` or `age`."
    )
    let values = fields.strings("values", "The values that form the disadvantaged group.")
    let range = FieldType.section(ValueRange.fields)
    let node = fields.node(
      "range",
      .union([range, .list(range)]),
      "The numbers that form the disadvantaged group, such as `{min: 40}` or `{above: 17, below: "
        + "25}`; a list takes several such ranges."
    )
    guard let column else { return nil }
    self.column = column
    if let node, !values.isEmpty {
      fields.report(.facetForm("'values' or 'range', not both", at: node.position))
      return nil
    }
    if let node {
      let ranges = ValueRange.ranges(node, named: "range", &fields)
      if ranges.isEmpty, node.items?.isEmpty != true { return nil }
      members = .ranges(ranges, node.position)
      if ranges.isEmpty {
        fields.report(.facetForm("at least one range", at: node.position))
        return nil
      }
      return
    }
    guard !values.isEmpty else {
      fields.report(.facetForm("the group's 'values' or their 'range'", at: fields.position))
      return nil
    }
    members = .values(values)
  }

  /// The group in words: "sex is F", "age is at least 40".
  var words: String { "\(column.value) is \(members.words)" }
}

extension Selection {
  /// For each place of a column whether it is selected; nil where it has no value.
  ///
  /// A value equals a text that is the same, or the same number. Throws where a value never occurs,
  /// a range is asked of texts, or nothing is selected.
  func members(of column: Column, at places: [Int], field: String) throws -> [Bool?] {
    switch self {
    case .ranges(let ranges, _):
      guard let numbers = column.numbers, !(column.type == .time && column.isCalendar) else {
        throw CellFailure(
          "'\(column.name)' holds text, which has no range",
          hint: "name the group's 'values'",
          field: field + ".range"
        )
      }
      return places.map { place in
        numbers[place].isNaN ? nil : ranges.contains { $0.contains(numbers[place]) }
      }
    case .values(let values):
      let texts = places.map { column.text($0) }
      let known = Set(texts.compactMap { $0 })
      let wanted = try values.enumerated().map { index, value in
        if let found = Selection.level(value.value, among: known) { return found }
        throw CellFailure(
          "'\(value.value)' never occurs in '\(column.name)'",
          hint: Suggestion.hint(for: value.value, among: known.sorted(by: scalarOrder)),
          field: "\(field).values[\(index)]"
        )
      }
      return texts.map { text in text.map { wanted.contains($0) } }
    }
  }

  /// A value as it was read: equal text, else the same number.
  static func level(_ text: String, among levels: some Sequence<String>) -> String? {
    if levels.contains(text) { return text }
    let parser = DecimalParser()
    guard let number = parser.parse(text) else { return nil }
    return levels.filter { parser.parse($0) == number }.min(by: scalarOrder)
  }
}
