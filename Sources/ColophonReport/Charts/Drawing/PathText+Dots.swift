extension PathText {
  /// Points that a round pen draws, in few bytes.
  ///
  /// To half a unit, each once, in rows from top to bottom, each told by its distance from the one
  /// before: which of two equal dots is painted first can't be seen.
  init(dots places: [Place]) {
    self.init()
    let points = Set(places.filter { $0.x.isFinite && $0.y.isFinite }.map { Halves($0) })
    var pen = Halves(x: 0, y: 0)
    for point in points.sorted(by: { ($0.y, $0.x) < ($1.y, $1.x) }) {
      let (x, y) = (Halves.text(point.x - pen.x), Halves.text(point.y - pen.y))
      append((isEmpty ? "M" : "m") + x + (y.hasPrefix("-") ? "" : " ") + y + "h0")
      pen = point
    }
  }
}

/// A place in half units.
private struct Halves: Hashable {
  var x: Int
  var y: Int

  init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }

  /// Pictures are a few hundred units wide.
  init(_ place: Place) {
    x = Int((min(max(place.x, -1e6), 1e6) * 2).rounded())
    y = Int((min(max(place.y, -1e6), 1e6) * 2).rounded())
  }

  /// A number of halves in units: `1.5`, `-.5`.
  static func text(_ halves: Int) -> String {
    let sign = halves < 0 ? "-" : ""
    let (whole, rest) = halves.magnitude.quotientAndRemainder(dividingBy: 2)
    if rest == 0 { return "\(sign)\(whole)" }
    return sign + (whole == 0 ? "" : "\(whole)") + ".5"
  }
}
