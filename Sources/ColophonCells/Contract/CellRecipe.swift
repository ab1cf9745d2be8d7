package import ColophonCore

/// A cell's configuration, read: its kind's recipe and the keys that every cell may carry.
package struct CellRecipe: Sendable {
  package let kind: any CellKind
  /// Markdown under the result; no part of any key.
  package let caption: Node?
  /// The cell, and what needs it, is skipped where this does not hold.
  package let when: Condition?
  /// The root of the cell's own streams, in place of the notebook's.
  package let seed: UInt64?
  /// How far a value may lie from the first run's when an `external` cell is verified.
  package let tolerance: Tolerance?
  /// The resolved configuration of the kind's own fields: parameters substituted, defaults filled in.
  package let configuration: Value
  package let references: [ReferenceUse]
  package let files: [FileUse]
  package let valueUses: [ValueUse]
  /// The fields, for help and schema, the common ones last.
  package let fields: [FieldDescription]
  /// Where each field's value stands, nested ones by their path, to place findings of the run.
  package let positions: [String: SourcePosition]

  /// Reads a cell's configuration and whatever is wrong with it.
  ///
  /// - Parameters:
  ///   - kind: The member of the catalogue that the fence names.
  ///   - config: The fence's content; a mapping, or a list where the kind takes one.
  ///   - position: Where missing fields are reported: the fence.
  ///   - neighbours: The notebook's cells as they are written, for fields that take a template.
  /// - Returns: The recipe, and the findings at their places.
  package static func read(
    _ kind: any CellKind.Type,
    _ config: Node,
    at position: SourcePosition,
    beside neighbours: [String: WrittenCell] = [:]
  ) -> (recipe: CellRecipe, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    var entries = config.entries ?? []
    if let field = kind.listField, config.items != nil {
      entries = [Node.Entry(key: field, keyPosition: config.position, value: config)]
    } else if config.entries == nil, config.content != .null {
      diagnostics.append(
        .wrongType(kind.name, expected: kind.listField == nil ? "a map" : "a list", found: config)
      )
    }
    var reader = FieldReader(
      entries,
      context: article(kind.name),
      at: position,
      beside: neighbours
    )
    let recipe = kind.init(reading: &reader)
    let configuration = Value.object(reader.configuration)
    let common = CommonFields(reading: &reader)
    if diagnostics.isEmpty { reader.finish() }
    let positions = entries.fieldPlaces()
    let read = CellRecipe(
      kind: recipe,
      caption: common.caption,
      when: common.when,
      seed: common.seed,
      tolerance: common.tolerance,
      configuration: configuration,
      references: reader.references,
      files: reader.files,
      valueUses: reader.valueUses,
      fields: reader.fields,
      positions: positions
    )
    return (read, diagnostics.isEmpty ? reader.diagnostics : diagnostics)
  }

  private static func article(_ kind: String) -> String {
    let vowel = kind.first.map { "aeiou".contains($0) } == true
    return "\(vowel ? "an" : "a") \(kind) cell"
  }
}

/// How far values may lie apart when a cell is verified: one bound, or one for each value path.
package enum Tolerance: Hashable, Sendable {
  case all(Double)
  case paths([String: Double])
}

/// The keys that every cell may carry; none of them enters the configuration of its key.
package struct CommonFields {
  static let names = ["caption", "when", "seed", "tolerance"]

  package var caption: Node?
  package var when: Condition?
  package var seed: UInt64?
  package var tolerance: Tolerance?

  package init(reading fields: inout FieldReader) {
    caption = fields.node(
      "caption",
      .string,
      "Markdown that is shown under the result; values are allowed."
    )
    if let caption, !caption.isScalar {
      fields.report(.wrongType("caption", expected: "a text", found: caption))
      self.caption = nil
    }
    when = fields.condition(
      "when",
      "The cell, and what needs it, is skipped where this condition does not hold."
    )
    let bound = FieldType.integer(0...Int.max)
    if let node = fields.node("seed", bound, "The root of the cell's own random streams.") {
      seed = UInt64(node.text)
      if seed == nil {
        fields.report(
          .wrongType("seed", expected: "a whole number from 0 to 2^64 - 1", found: node)
        )
      }
    }
    tolerance = CommonFields.tolerance(reading: &fields)
  }

  private static func tolerance(reading fields: inout FieldReader) -> Tolerance? {
    let number = FieldType.number(.atLeast(0))
    let documentation =
      "For 'verify' of external cells: how far a value may lie from the recorded one; a number, or "
      + "a map from value path to number."
    guard let node = fields.node("tolerance", .union([number, .map(number)]), documentation)
    else { return nil }
    func bound(_ node: Node) -> Double? {
      guard let value = node.value.asNumber, value >= 0, value.isFinite else {
        fields.report(.wrongType("tolerance", expected: "a number of at least 0", found: node))
        return nil
      }
      return value
    }
    guard let entries = node.entries else { return bound(node).map { .all($0) } }
    var paths: [String: Double] = [:]
    for entry in entries { paths[entry.key] = bound(entry.value) }
    return .paths(paths)
  }
}
