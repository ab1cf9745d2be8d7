import ColophonCore

extension [Node.Entry] {
  /// Where each field's value stands, those of nested maps by their path: `hyperparameters.eta`.
  func fieldPlaces(under path: String = "") -> [String: SourcePosition] {
    var places: [String: SourcePosition] = [:]
    for entry in self {
      let name = path + entry.key
      if places[name] == nil { places[name] = entry.value.position }
      let nested = (entry.value.entries ?? []).fieldPlaces(under: name + ".")
      places.merge(nested) { first, _ in first }
    }
    return places
  }
}
