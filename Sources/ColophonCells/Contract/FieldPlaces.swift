import ColophonCore

extension [Node.Entry] {
  /// Where each field's value stands, those of nested maps and lists by their path:
  /// `hyperparameters.eta`, `steps[0].log.columns[1]`.
  func fieldPlaces(under path: String = "") -> [String: SourcePosition] {
    var places: [String: SourcePosition] = [:]
    for entry in self {
      let name = path + entry.key
      if places[name] == nil { places[name] = entry.value.position }
      places.merge(entry.value.placesInside(name)) { first, _ in first }
    }
    return places
  }
}

extension Node {
  /// Where the parts of a map or a list stand, their paths after that of the node.
  func placesInside(_ path: String) -> [String: SourcePosition] {
    if let entries { return entries.fieldPlaces(under: path + ".") }
    var places: [String: SourcePosition] = [:]
    for (index, item) in (items ?? []).enumerated() {
      let name = "\(path)[\(index)]"
      places[name] = item.position
      places.merge(item.placesInside(name)) { first, _ in first }
    }
    return places
  }
}

extension [String: SourcePosition] {
  /// The longest path that was written at or around a field.
  func nearest(to field: String) -> String? {
    var path = field[...]
    while !path.isEmpty {
      if self[String(path)] != nil { return String(path) }
      guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      path = path[..<cut]
    }
    return nil
  }
}
