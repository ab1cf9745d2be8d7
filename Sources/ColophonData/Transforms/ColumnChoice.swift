package import ColophonCore

/// The columns that a step works on.
package enum ColumnChoice: Hashable, Sendable {
  /// Every feature that the step can take.
  case all
  /// Every feature of a type.
  case type(ColumnType)
  /// These, in the author's order.
  case names([String])

  /// The columns' places in the table.
  ///
  /// - Parameters:
  ///   - dataset: Whose features are chosen from.
  ///   - types: The types that the step can take.
  ///   - mayBeTarget: Whether the target may be named.
  /// - Throws: Faults at `columns` where a named column can't be taken.
  package func places(
    in dataset: Dataset,
    of types: [ColumnType],
    mayBeTarget: Bool = false
  ) throws(DataFaults) -> [Int] {
    let columns = dataset.table.columns
    let features = Set(dataset.features.map { $0.name })
    switch self {
    case .all:
      return columns.indices.filter {
        features.contains(columns[$0].name) && types.contains(columns[$0].type)
      }
    case .type(let type):
      if !types.contains(type) { throw DataFaults(.stepNeeds(types, choice: type)) }
      return columns.indices.filter {
        features.contains(columns[$0].name) && columns[$0].type == type
      }
    case .names(let names):
      var faults = self.faults(in: DatasetPreview(dataset), of: types, mayBeTarget: mayBeTarget)
      let places = names.compactMap { name in columns.firstIndex { $0.name == name } }
      if faults.isEmpty, places.count != names.count { faults.append(.noColumns) }
      if !faults.isEmpty { throw DataFaults(faults) }
      return places
    }
  }

  /// What is wrong with the named columns, as far as the preview tells.
  package func faults(
    in preview: DatasetPreview,
    of types: [ColumnType],
    mayBeTarget: Bool = false
  ) -> [DataFault] {
    switch self {
    case .all: return []
    case .type(let type): return types.contains(type) ? [] : [.stepNeeds(types, choice: type)]
    case .names(let names):
      return names.enumerated().compactMap { place, name in
        let field = "columns[\(place)]"
        if names.firstIndex(of: name) != place { return .namedTwice(name, field: field) }
        guard preview.mayHave(name) else {
          return .stepColumn(name, known: preview.columns, field: field)
        }
        if let role = preview.role(of: name), !(mayBeTarget && role == "target") {
          return .stepRole(name, role: role, field: field)
        }
        guard let type = preview.types[name], !types.contains(type) else { return nil }
        return .stepType(name, is: type, needs: types, field: field)
      }
    }
  }

  /// The columns that may be chosen, and whether they are certain to be.
  package func names(in preview: DatasetPreview, of types: [ColumnType]) -> [String] {
    switch self {
    case .names(let names): return names
    case .all, .type:
      return preview.columns.filter { name in
        preview.role(of: name) == nil
          && preview.types[name].map { type in
            types.contains(type) && (self == .all || self == .type(type))
          } ?? true
      }
    }
  }
}

extension FieldReader {
  /// `columns`: names, `numeric` or `category`; all that fit where it is absent.
  ///
  /// - Parameters:
  ///   - words: Which of the two words the step can take.
  ///   - documentation: What is done with the columns.
  package mutating func columnChoice(
    _ words: [ColumnType],
    required: Bool = false,
    _ documentation: String
  ) -> ColumnChoice {
    let names = strings("columns", required: required, documentation)
    guard let node = peek("columns"), node.content != .null else { return .all }
    if node.isScalar, let type = ColumnType(rawValue: node.text), words.contains(type) {
      return .type(type)
    }
    if node.items?.isEmpty == true {
      report(.wrongType("columns", expected: "at least one name", found: node))
    }
    return .names(names.map { $0.value })
  }
}
