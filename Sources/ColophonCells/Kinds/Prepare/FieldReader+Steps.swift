import ColophonCore
import ColophonData

extension FieldReader {
  /// `steps`: a list of one-key maps, each naming a member of the catalogue of transforms.
  ///
  /// A step's name alone stands for the step with its defaults. What can't be read is reported and
  /// left out.
  mutating func steps(_ places: inout FieldPlaces) -> [any Transform] {
    let described = transforms.members.map { type -> FieldDescription in
      var blank = FieldReader()
      _ = type.init(reading: &blank)
      return FieldDescription(
        name: type.name,
        type: .section(blank.fields),
        isRequired: false,
        documentation: type.summary
      )
    }
    guard
      let node = node(
        "steps",
        .list(.section(described)),
        required: true,
        "What is done, in order: a list of maps of one key each, such as - impute: {strategy: "
          + "median}."
      )
    else { return [] }
    places.noteAll("steps", node)
    guard let items = node.items, !items.isEmpty else {
      report(.noSteps(node))
      return []
    }
    var resolved: [Value] = []
    let steps = items.compactMap { item in
      step(item).map { step, configuration in
        resolved.append(.object([type(of: step).name: configuration]))
        return step
      }
    }
    resolve("steps", to: .array(resolved))
    return steps
  }

  /// One step, and what its fields resolve to.
  private mutating func step(_ item: Node) -> (step: any Transform, configuration: Value)? {
    if case .string = item.content {
      return read(item.text, Node(.null, at: item.position), at: item.position)
    }
    guard let entries = item.entries, let first = entries.first else {
      report(.noStep(item))
      return nil
    }
    for other in entries.dropFirst() { report(.twoSteps(first, other)) }
    return read(first.key, first.value, at: first.keyPosition)
  }

  private mutating func read(
    _ name: String,
    _ node: Node,
    at position: SourcePosition
  ) -> (step: any Transform, configuration: Value)? {
    guard let type = transforms[name] else {
      report(.unknownStep(name, at: position))
      return nil
    }
    guard node.entries != nil || node.content == .null else {
      report(.wrongType(name, expected: "a map", found: node))
      return nil
    }
    var inner = FieldReader(node.entries ?? [], context: "'\(name)'", at: position)
    let step = type.init(reading: &inner)
    inner.finish()
    absorb(inner)
    return (step, .object(inner.configuration))
  }
}

extension FieldPlaces {
  /// Notes a node and all that is inside it, by path: `steps[0].log.columns[1]`.
  ///
  /// A map inside a map stands where its key stands.
  mutating func noteAll(_ path: String, _ node: Node) {
    note(path, node)
    for (index, item) in (node.items ?? []).enumerated() { noteAll("\(path)[\(index)]", item) }
    for entry in node.entries ?? [] {
      noteAll("\(path).\(entry.key)", entry.value)
      if !entry.value.isScalar || entry.value.content == .null {
        note("\(path).\(entry.key)", key: entry)
      }
    }
  }

  /// The longest beginning of a path that the author wrote.
  func nearest(_ path: String) -> String? {
    var path = path[...]
    while !path.isEmpty {
      if contains(String(path)) { return String(path) }
      guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      path = path[..<end]
    }
    return nil
  }

  /// The place of the nearest part that the author wrote, else the cell's.
  subscript(nearest path: String) -> (position: SourcePosition, length: Int) {
    self[nearest(path) ?? path]
  }
}
