/// One node of a cell's configuration as its author wrote it: a value and where it stands.
package struct Node: Hashable, Sendable {
  package indirect enum Content: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case sequence([Node])
    case mapping([Entry])
  }

  /// One `key: value` of a mapping, in the order of the text.
  package struct Entry: Hashable, Sendable {
    package var key: String
    package var keyPosition: SourcePosition
    package var value: Node

    package init(key: String, keyPosition: SourcePosition, value: Node) {
      self.key = key
      self.keyPosition = keyPosition
      self.value = value
    }
  }

  /// Where a run of a scalar's text stands in the file; texts of one line have one run.
  package struct TextRun: Hashable, Sendable {
    /// The UTF-8 offset in the scalar's text at which the run starts.
    package var offset: Int
    package var position: SourcePosition

    package init(offset: Int, position: SourcePosition) {
      self.offset = offset
      self.position = position
    }
  }

  package var content: Content
  /// The scalar as it was written (quotes removed, parameters substituted); empty for collections.
  package var text: String
  /// Where the node starts, its opening quote included.
  package var position: SourcePosition
  /// How many bytes a caret underlines; the scalar's own length on its first line.
  package var length: Int
  /// Where parts of `text` stand, by ascending offset; may be empty.
  package var runs: [TextRun]

  package init(
    _ content: Content,
    text: String = "",
    at position: SourcePosition,
    length: Int = 1,
    runs: [TextRun] = []
  ) {
    self.content = content
    self.text = text
    self.position = position
    self.length = max(1, length)
    self.runs = runs
  }

  /// The place of the byte at `offset` of the scalar's text.
  package func position(at offset: Int) -> SourcePosition {
    guard let run = runs.last(where: { $0.offset <= offset }) else { return position }
    return run.position.advanced(by: offset - run.offset)
  }

  /// The entries, for a mapping.
  package var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }

  /// The items, for a sequence.
  package var items: [Node]? { if case .sequence(let items) = content { items } else { nil } }

  /// Whether the node is neither a sequence nor a mapping.
  package var isScalar: Bool { entries == nil && items == nil }

  /// The node as a value, its positions forgotten.
  package var value: Value {
    switch content {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .sequence(let items): .array(items.map { $0.value })
    case .mapping(let entries):
      .object(Dictionary(entries.map { ($0.key, $0.value.value) }) { first, _ in first })
    }
  }

  /// What a person calls this kind of node.
  package var kindName: String {
    switch content {
    case .null: "nothing"
    case .boolean: "true or false"
    case .integer: "a whole number"
    case .number: "a number"
    case .string: "text"
    case .sequence: "a list"
    case .mapping: "a map"
    }
  }
}
