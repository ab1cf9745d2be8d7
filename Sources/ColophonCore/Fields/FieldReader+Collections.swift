extension FieldReader {
  /// A list of texts (one text alone is a list of one), each with its place; empty where absent.
  package mutating func strings(
    _ name: String,
    of choices: [String]? = nil,
    required: Bool = false,
    _ documentation: String
  ) -> [Located<String>] {
    let element: FieldType = choices.map { .choice($0) } ?? .string
    guard let node = declare(name, .list(element), required: required, default: nil, documentation)
    else { return [] }
    let texts = (node.items ?? [node]).compactMap { item -> Located<String>? in
      guard let text = scalarText(name, item) else { return nil }
      if let choices, !choices.contains(text.value) {
        report(.unknownChoice(name, found: item, among: choices))
        return nil
      }
      return text
    }
    configuration[name] = .array(texts.map { .string($0.value) })
    return texts
  }

  /// A list of finite numbers (one number alone is a list of one); empty where absent.
  package mutating func numbers(
    _ name: String,
    in interval: Interval,
    required: Bool = false,
    _ documentation: String
  ) -> [Double] {
    guard
      let node = declare(
        name,
        .list(.number(interval)),
        required: required,
        default: nil,
        documentation
      )
    else { return [] }
    let numbers = (node.items ?? [node]).compactMap { checkedNumber(name, $0, in: interval) }
    configuration[name] = .array(numbers.map { .number($0) })
    return numbers
  }

  /// A section of fields of its own, read by `body`; nil where it is absent.
  ///
  /// The section is described either way, by reading a blank one.
  package mutating func section<Result>(
    _ name: String,
    required: Bool = false,
    _ documentation: String,
    _ body: (inout FieldReader) -> Result
  ) -> Result? {
    var blank = FieldReader()
    _ = body(&blank)
    let type = FieldType.section(blank.fields)
    guard let node = declare(name, type, required: required, default: nil, documentation),
      let inner = reader(of: node, name)
    else { return nil }
    return read(inner, into: name, body)
  }

  /// A section whose absence means that every field in it takes its default.
  package mutating func section<Result>(
    _ name: String,
    defaulted documentation: String,
    _ body: (inout FieldReader) -> Result
  ) -> Result {
    var blank = FieldReader()
    let described = body(&blank)
    let node = declare(
      name,
      .section(blank.fields),
      required: false,
      default: nil,
      documentation
    )
    let empty = FieldReader(
      entries: [],
      context: "'\(name)'",
      position: position,
      isBlank: isBlank
    )
    guard let inner = node.map({ reader(of: $0, name) }) ?? empty else { return described }
    return read(inner, into: name, body)
  }

  /// A list of sections, each read by `body` with its index.
  package mutating func sections<Result>(
    _ name: String,
    required: Bool = false,
    _ documentation: String,
    _ body: (inout FieldReader, Int) -> Result
  ) -> [Result] {
    var blank = FieldReader()
    _ = body(&blank, 0)
    let type = FieldType.list(.section(blank.fields))
    guard let node = declare(name, type, required: required, default: nil, documentation)
    else { return [] }
    guard let items = node.items else {
      report(.wrongType(name, expected: "a list of maps", found: node))
      return []
    }
    var values: [Value] = []
    let results = items.enumerated().compactMap { index, item -> Result? in
      guard var inner = reader(of: item, "\(name)[\(index)]") else { return nil }
      let result = body(&inner, index)
      inner.finish()
      absorb(inner)
      values.append(.object(inner.configuration))
      return result
    }
    configuration[name] = .array(values)
    return results
  }

  /// A map from names of the author's choosing to values, in the order of the text.
  ///
  /// `element`: Describes one value; `read` checks it and yields nil after reporting.
  package mutating func map<Result>(
    _ name: String,
    of element: FieldType,
    required: Bool = false,
    _ documentation: String,
    _ read: (inout FieldReader, Node.Entry) -> Result?
  ) -> [(key: Located<String>, value: Result)] {
    guard let node = declare(name, .map(element), required: required, default: nil, documentation)
    else { return [] }
    guard let entries = node.entries else {
      report(.wrongType(name, expected: "a map", found: node))
      return []
    }
    configuration[name] = node.value
    return entries.compactMap { entry in
      read(&self, entry).map { (Located(entry.key, at: entry.keyPosition), $0) }
    }
  }

  /// A field that the caller reads itself; it must put what it resolves to with `resolve`.
  package mutating func node(
    _ name: String,
    _ type: FieldType = .any,
    required: Bool = false,
    default value: Value? = nil,
    _ documentation: String
  ) -> Node? {
    let node = declare(name, type, required: required, default: value, documentation)
    if let node { configuration[name] = node.value }
    return node
  }

  /// Sets what a field resolves to, where that is not what was written.
  package mutating func resolve(_ name: String, to value: Value?) { configuration[name] = value }

  /// Takes over what a nested reader found.
  package mutating func absorb(_ inner: FieldReader) {
    diagnostics += inner.diagnostics
    references += inner.references
    files += inner.files
    valueUses += inner.valueUses
  }

  private mutating func reader(of node: Node, _ name: String) -> FieldReader? {
    guard let entries = node.entries else {
      report(.wrongType(name, expected: "a map", found: node))
      return nil
    }
    return FieldReader(entries, context: "'\(name)'", at: node.position)
  }

  private mutating func read<Result>(
    _ reader: FieldReader,
    into name: String,
    _ body: (inout FieldReader) -> Result
  ) -> Result {
    var inner = reader
    let result = body(&inner)
    inner.finish()
    absorb(inner)
    configuration[name] = .object(inner.configuration)
    return result
  }
}
