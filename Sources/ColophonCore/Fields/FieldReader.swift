/// Reads one mapping of a notebook field by field, and thereby describes it.
///
/// Each call such as `integer("max_depth", in: 1...64, default: 6, "Levels of a tree.")` parses,
/// validates, documents and resolves one field. Problems are collected and reading goes on with the
/// default, so that one pass reports everything. Read against nothing (`FieldReader()`), the same
/// calls yield the documentation and the schema alone.
///
/// For example:
///
///     var fields = FieldReader(mapping, context: "a train cell")
///     let depth = fields.integer("max_depth", in: 1...64, default: 6, "Levels of a tree.")
///     fields.finish()
///     fields.diagnostics  // wrong types, ranges and unknown names, each at its place
package struct FieldReader: Sendable {
  /// Every field that was read, in order.
  package internal(set) var fields: [FieldDescription] = []
  package internal(set) var diagnostics: [Diagnostic] = []
  package internal(set) var references: [ReferenceUse] = []
  package internal(set) var files: [FileUse] = []
  /// Every value of another cell that a condition or a value path reads.
  package internal(set) var valueUses: [ValueUse] = []
  /// The resolved configuration: what was written, else the default.
  ///
  /// It enters keys and stamps.
  package internal(set) var configuration: [String: Value] = [:]
  /// Whether nothing was written and the calls only describe.
  package let isBlank: Bool
  /// What is read, for messages: `a train cell`, `'split'`.
  package let context: String
  /// Where the mapping starts; where a missing field is reported.
  package let position: SourcePosition
  /// Names that are known, and refused with a reason of their own.
  var refused: [String] = []
  /// The notebook's cells as they are written, by name, for fields that take another's recipe.
  package internal(set) var neighbours: [String: WrittenCell] = [:]
  let entries: [String: Node.Entry]
  let order: [String]

  /// A reader of nothing, which only describes.
  package init() {
    self.init(
      entries: [],
      context: "the cell",
      position: .init(path: "", line: 1, column: 1),
      isBlank: true
    )
  }

  /// A reader of a mapping's entries.
  ///
  /// - Parameters:
  ///   - entries: Without duplicates; where there are, the first counts.
  ///   - context: What is read, with its article, for messages.
  ///   - position: Where a missing field is reported.
  ///   - neighbours: The notebook's cells as they are written, by name.
  package init(
    _ entries: [Node.Entry],
    context: String,
    at position: SourcePosition,
    beside neighbours: [String: WrittenCell] = [:]
  ) {
    self.init(entries: entries, context: context, position: position, isBlank: false)
    self.neighbours = neighbours
  }

  init(entries: [Node.Entry], context: String, position: SourcePosition, isBlank: Bool) {
    self.entries = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
    order = entries.map { $0.key }
    self.context = context
    self.position = position
    self.isBlank = isBlank
  }

  /// Whether the author wrote the field.
  package func has(_ name: String) -> Bool { entries[name] != nil }

  /// What the author wrote, without reading it; for fields that take several forms.
  package func peek(_ name: String) -> Node? { entries[name]?.value }

  /// Where a field's value stands, else where the mapping starts.
  package func position(of name: String) -> SourcePosition {
    entries[name]?.value.position ?? position
  }

  /// Adds a finding of the caller's own.
  package mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Says why a name that means something elsewhere means nothing here, where the author wrote it.
  ///
  /// It is not described as a field, and not reported as unknown.
  package mutating func refuse(_ name: String, _ finding: (SourcePosition) -> Diagnostic) {
    refused.append(name)
    if let entry = entries[name] { report(finding(entry.keyPosition)) }
  }

  /// Reports every field that no call has read.
  ///
  /// Call it last.
  package mutating func finish() {
    let known = fields.map { $0.name }
    for name in order where !known.contains(name) && !refused.contains(name) {
      guard let entry = entries[name] else { continue }
      report(.unknownField(name, in: context, at: entry.keyPosition, known: known))
    }
  }

  // MARK: Shared by the typed readers

  /// Declares a field and returns what was written; nil where it is absent or null.
  mutating func declare(
    _ name: String,
    _ type: FieldType,
    required: Bool,
    default defaultValue: Value?,
    _ documentation: String
  ) -> Node? {
    fields.append(
      FieldDescription(
        name: name,
        type: type,
        isRequired: required,
        defaultValue: defaultValue,
        documentation: documentation
      )
    )
    if let defaultValue { configuration[name] = defaultValue }
    guard let node = entries[name]?.value, node.content != .null else {
      if required, !isBlank {
        report(.missingField(name, in: context, at: position, documentation: documentation))
      }
      return nil
    }
    return node
  }
}
