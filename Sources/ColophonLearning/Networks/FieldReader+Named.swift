package import ColophonCore

extension FieldReader {
  /// `FIELD: NAME` or `FIELD: {name: NAME, …}`; the usual one where nothing is written.
  ///
  /// `read`: Makes the member of a type, as the catalogue's members are of protocol types.
  mutating func member<Member, Result>(
    _ field: String,
    of catalogue: Catalogue<Member>,
    usual: Member,
    usualName: String?,
    _ documentation: String,
    _ read: (Member, inout FieldReader) -> Result
  ) -> Result {
    let settings = FieldReader.settings(of: catalogue, read)
    let type = FieldType.union([.choice(catalogue.names), .section(settings)])
    let node = node(field, type, default: usualName.map { .string($0) }, documentation)
    guard let node else {
      var blank = FieldReader([], context: "'\(field)'", at: position)
      let result = read(usual, &blank)
      if let usualName {
        blank.resolve("name", to: .string(usualName))
        resolve(field, to: .object(blank.configuration))
      }
      return result
    }
    return written(field, node, catalogue, usual, read)
  }

  private mutating func written<Member, Result>(
    _ field: String,
    _ node: Node,
    _ catalogue: Catalogue<Member>,
    _ usual: Member,
    _ read: (Member, inout FieldReader) -> Result
  ) -> Result {
    var blank = FieldReader()
    guard node.isScalar || node.entries != nil, node.content != .null else {
      report(.wrongType(field, expected: "the name of one, or a map", found: node))
      return read(usual, &blank)
    }
    var inner = FieldReader(node.entries ?? [], context: "'\(field)'", at: node.position)
    let named = node.isScalar ? node : inner.node("name", required: true, "Which one.")
    guard let named, named.isScalar, let member = catalogue[named.text] else {
      if let named {
        inner.report(
          .unknownChoice(field, found: named, among: catalogue.names, noun: catalogue.noun)
        )
      }
      absorb(inner)
      return read(usual, &blank)
    }
    let result = read(member, &inner)
    inner.finish()
    absorb(inner)
    inner.resolve("name", to: .string(named.text))
    resolve(field, to: .object(inner.configuration))
    return result
  }

  /// The settings of all members, each with those that take it.
  private static func settings<Member, Result>(
    of catalogue: Catalogue<Member>,
    _ read: (Member, inout FieldReader) -> Result
  ) -> [FieldDescription] {
    var fields = [
      FieldDescription(
        name: "name",
        type: .choice(catalogue.names),
        isRequired: true,
        documentation: "Which \(catalogue.noun)."
      )
    ]
    for (name, member) in zip(catalogue.names, catalogue.members) {
      var blank = FieldReader()
      _ = read(member, &blank)
      for var field in blank.fields {
        if let place = fields.firstIndex(where: { $0.name == field.name }) {
          fields[place].documentation = "\(name), " + fields[place].documentation
        } else {
          field.documentation = "\(name): \(field.documentation)"
          field.defaultValue = nil
          field.isRequired = false
          fields.append(field)
        }
      }
    }
    return fields
  }

  /// A whole number for both directions, or a list of one for each: `3` or `[3, 5]`.
  mutating func sizes(
    _ field: String,
    in range: ClosedRange<Int>,
    default value: Int? = nil,
    required: Bool = false,
    _ documentation: String
  ) -> (y: Int, x: Int)? {
    let type = FieldType.union([.integer(range), .list(.integer(range))])
    let written = node(
      field,
      type,
      required: required,
      default: value.map { .integer($0) },
      documentation
    )
    guard let written else { return value.map { ($0, $0) } }
    let items = written.items ?? [written]
    let numbers = items.compactMap { item -> Int? in
      guard case .integer(let number) = item.content else { return nil }
      return number
    }
    guard numbers.count == items.count, items.count == 1 || items.count == 2 else {
      report(.wrongType(field, expected: "a whole number, or a list of two", found: written))
      return value.map { ($0, $0) }
    }
    if let place = numbers.firstIndex(where: { !range.contains($0) }) {
      report(.outOfRange(field, allowed: FieldReader.words(range), found: items[place]))
      return value.map { ($0, $0) }
    }
    return (numbers[0], numbers[numbers.count - 1])
  }
}

extension Node {
  /// A value as an author would have written it, all of it at one place.
  package static func written(_ value: Value, at position: SourcePosition) -> Node {
    func scalar(_ content: Content, _ text: String) -> Node {
      Node(content, text: text, at: position, length: 1)
    }
    switch value {
    case .null: return scalar(.null, "")
    case .boolean(let flag): return scalar(.boolean(flag), "\(flag)")
    case .integer(let number): return scalar(.integer(number), "\(number)")
    case .number(let number): return scalar(.number(number), "\(number)")
    case .string(let text): return scalar(.string(text), text)
    case .array(let items):
      return scalar(.sequence(items.map { written($0, at: position) }), "")
    case .object(let members):
      let entries = members.sorted { $0.key < $1.key }.map {
        Node.Entry(key: $0.key, keyPosition: position, value: written($0.value, at: position))
      }
      return scalar(.mapping(entries), "")
    }
  }
}
