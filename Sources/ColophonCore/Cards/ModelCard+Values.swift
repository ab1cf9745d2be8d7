extension ModelCard.EvaluationFacts {
  /// What an evaluation's value paths hold: metrics, their intervals under `ci`, slices under `slice`.
  ///
  /// Nil where the values hold no metric.
  package init?(_ name: String, values: Value) {
    guard let members = values.asObject else { return nil }
    let known = ["rows", "threshold", "cost"]
    let measures = ModelCard.measures(
      members.filter { !known.contains($0.key) },
      intervals: values["ci"]
    )
    if measures.isEmpty { return nil }
    var slices: [ModelCard.SliceFacts] = []
    let columns = values["slice"]?.asObject ?? [:]
    for column in ModelCard.names(columns) {
      let found = columns[column]?.asObject ?? [:]
      for value in ModelCard.names(found) {
        slices.append(
          ModelCard.SliceFacts(
            column,
            value,
            rows: found[value]?["rows"]?.asNumber.flatMap { Int(exactly: $0) },
            measures: ModelCard.measures(
              (found[value]?.asObject ?? [:]).filter { $0.key != "rows" },
              intervals: nil
            )
          )
        )
      }
    }
    self.init(
      name,
      rows: values["rows"]?.asNumber.flatMap { Int(exactly: $0) },
      threshold: values["threshold"]?.asNumber,
      measures: measures,
      slices: slices
    )
  }
}

extension ModelCard.AuditFacts {
  /// What an audit's value paths hold: metrics under `pre` and `post`, intervals under `ci`.
  ///
  /// Nil where the values hold neither.
  package init?(_ name: String, values: Value) {
    let (labels, predictions) = (values["pre"]?.asObject, values["post"]?.asObject)
    guard labels != nil || predictions != nil else { return nil }
    var meets: Bool?
    if case .boolean(let flag) = values["four_fifths"] { meets = flag }
    self.init(
      name,
      rows: values["rows"]?.asNumber.flatMap { Int(exactly: $0) },
      meetsFourFifths: meets,
      labels: ModelCard.measures(labels ?? [:], intervals: values["ci"]?["pre"]),
      predictions: ModelCard.measures(predictions ?? [:], intervals: values["ci"]?["post"])
    )
  }
}

extension ModelCard {
  /// The numbers among some values by their names, which stand in the order of Unicode scalars.
  fileprivate static func measures(_ members: [String: Value], intervals: Value?) -> [Measure] {
    names(members).compactMap { name in
      switch members[name] {
      case .number, .integer, .null:
        let interval = intervals?[name]
        return Measure(
          name,
          members[name]?.asNumber,
          low: interval?["low"]?.asNumber,
          high: interval?["high"]?.asNumber
        )
      default: return nil
      }
    }
  }

  /// The names in the order of Unicode scalars.
  fileprivate static func names(_ members: [String: Value]) -> [String] {
    members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The card as JSON holds it.
  package var value: Value { get throws { try Value(encoding: self) } }
}
