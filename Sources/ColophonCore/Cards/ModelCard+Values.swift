extension ModelCard.EvaluationFacts {
  /// What an evaluation's value paths hold: metrics, their intervals under `ci`, slices under `slice`.
  ///
  /// Nil where the values hold no metric.
  package init?(_ name: String, data: String? = nil, values: Value) {
    guard let members = values.asObject else { return nil }
    let known = ["rows", "threshold", "cost", "series", "clusters"]
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
              intervals: found[value]?["ci"]
            )
          )
        )
      }
    }
    self.init(
      name,
      data: data,
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
  /// The numbers among some values by their names, which stand in the order of Unicode scalars; those of
  /// each class follow as `class.LABEL.METRIC`.
  fileprivate static func measures(_ members: [String: Value], intervals: Value?) -> [Measure] {
    let plain = names(members).compactMap { name in
      members[name].flatMap { measure(name, $0, intervals?[name]) }
    }
    let classes = members["class"]?.asObject ?? [:]
    return plain
      + names(classes).flatMap { label in
        let own = classes[label]?.asObject ?? [:]
        return names(own).compactMap { name in
          own[name].flatMap {
            measure("class.\(label).\(name)", $0, intervals?["class"]?[label]?[name])
          }
        }
      }
  }

  /// A number with its interval; nil for what is no number.
  private static func measure(_ name: String, _ value: Value, _ interval: Value?) -> Measure? {
    switch value {
    case .number, .integer, .null:
      Measure(
        name,
        value.asNumber,
        low: interval?["low"]?.asNumber,
        high: interval?["high"]?.asNumber
      )
    default: nil
    }
  }

  /// The names in the order of Unicode scalars.
  package static func names<Member>(_ members: [String: Member]) -> [String] {
    members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The card as JSON holds it.
  package var value: Value { get throws { try Value(encoding: self) } }
}

extension ModelCard.Setting {
  /// A cell's resolved configuration as settings, nested ones by their path, in the order of Unicode
  /// scalars.
  package static func settings(_ configuration: Value, leaving: Set<String> = []) -> [Self] {
    settings(configuration, under: "", leaving)
  }

  private static func settings(
    _ value: Value,
    under path: String,
    _ leaving: Set<String>
  ) -> [Self] {
    guard let members = value.asObject, !members.isEmpty else {
      return path.isEmpty ? [] : [ModelCard.Setting(path, value)]
    }
    return ModelCard.names(members).filter { !leaving.contains($0) }.flatMap { name in
      settings(members[name] ?? .null, under: path.isEmpty ? name : "\(path).\(name)", [])
    }
  }
}
