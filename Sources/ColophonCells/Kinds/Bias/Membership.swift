import ColophonCore
import ColophonData

/// Which rows belong to the disadvantaged group, and which to each value of the group variable.
struct Membership {
  let column: Column
  /// The audited rows that have a value of the facet and of the group variable.
  let kept: [Int]
  /// One for each row that is kept.
  let isDisadvantaged: [Bool]
  /// Positions in the values of the group variable; nil without one.
  let groups: [Int32]?

  /// - Throws: `CellFailure` where a column or a value isn't there, or either side has no rows.
  init(_ input: AuditInput, _ facet: FacetRecipe, group: String?) throws {
    column = try input.column(facet.column.value, field: "facet.column")
    let members = try facet.members.members(of: column, at: input.places, field: "facet")
    let variable = try group.map { try input.column($0, field: "group") }
    let kept = members.indices.filter { row in
      members[row] != nil && variable?.isMissing(input.places[row]) != true
    }
    self.kept = kept
    isDisadvantaged = kept.map { members[$0] == true }
    groups = try variable.map { column in
      try Membership.groups(column, kept.map { input.places[$0] })
    }
    try check(facet, input.weights)
  }

  private func check(_ facet: FacetRecipe, _ weights: [Double]?) throws {
    func occurs(_ side: Bool) -> Bool {
      zip(kept, isDisadvantaged).contains { $1 == side && (weights?[$0] ?? 1) > 0 }
    }
    let field =
      switch facet.members {
      case .values: "facet.values"
      case .ranges: "facet.range"
      }
    if !occurs(true) {
      throw CellFailure(
        "no row is one whose \(facet.words)",
        hint: numbers.map { "its numbers go from \($0) to \($1)" },
        field: field
      )
    }
    if !occurs(false) {
      throw CellFailure(
        "every row is one whose \(facet.words): there is nobody to compare with",
        hint: numbers.map { "its numbers go from \($0) to \($1)" },
        field: field
      )
    }
  }

  /// The least and the largest number of the facet's column.
  private var numbers: (String, String)? {
    guard let numbers = column.numbers?.filter({ !$0.isNaN }), let least = numbers.min(),
      let most = numbers.max()
    else { return nil }
    return (DecimalText.general(least, digits: 6), DecimalText.general(most, digits: 6))
  }

  private static func groups(_ column: Column, _ places: [Int]) throws -> [Int32] {
    let texts = places.map { column.text($0) ?? "" }
    let known = Set(texts).sorted(by: scalarOrder)
    guard known.count <= 1_000 else {
      throw CellFailure(
        "the column '\(column.name)' has \(known.count) values, too many to compare within",
        hint: "take a column of at most 1,000 values",
        field: "group"
      )
    }
    let order = Dictionary(uniqueKeysWithValues: zip(known, Int32(0)...))
    return texts.map { order[$0] ?? 0 }
  }
}
