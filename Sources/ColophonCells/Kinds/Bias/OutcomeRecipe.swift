import ColophonCore

/// Which answers are good for whom they are about.
struct OutcomeRecipe: Sendable {
  let selection: Selection

  /// Reads `label_positive`; nil where it is absent or a finding was reported.
  init?(reading fields: inout FieldReader) {
    guard
      let node = fields.node(
        "label_positive",
        .union([.string, .list(.string), .section(ValueRange.fields)]),
        "The label that is good for whom it is about, several of them, or for numbers a range such as "
          + "`{above: 50000}`; by default a binary task's positive label."
      )
    else { return nil }
    if node.entries != nil {
      let ranges = ValueRange.ranges(node, named: "label_positive", &fields)
      if ranges.isEmpty { return nil }
      selection = .ranges(ranges, node.position)
      return
    }
    let values = (node.items ?? [node]).compactMap { item -> Located<String>? in
      guard item.isScalar, item.content != .null else {
        fields.report(.wrongType("label_positive", expected: "a label", found: item))
        return nil
      }
      return Located(item.text, at: item.position)
    }
    guard !values.isEmpty else {
      if node.items?.isEmpty == true {
        fields.report(.wrongType("label_positive", expected: "at least one label", found: node))
      }
      return nil
    }
    fields.resolve("label_positive", to: .array(values.map { .string($0.value) }))
    selection = .values(values)
  }
}
