/// Leaves out what the eye can't tell apart, always the same.
package enum Thinning {
  /// A curve of at most about four points for each unit of width: the first, lowest, highest and
  /// last of each column, so that no peak is lost.
  package static func curve(_ places: [Place], column width: Double = 2) -> [Place] {
    guard places.count > 300 else { return places }
    var kept: [Place] = []
    var start = 0
    while start < places.count {
      let column = (places[start].x / width).rounded(.down)
      var end = start + 1
      while end < places.count, (places[end].x / width).rounded(.down) == column { end += 1 }
      var low = start
      var high = start
      for i in start..<end {
        if places[i].y < places[low].y { low = i }
        if places[i].y > places[high].y { high = i }
      }
      for i in Set([start, low, high, end - 1]).sorted() { kept.append(places[i]) }
      start = end
    }
    return kept
  }

  /// Places every few units along a curve, for labels to keep off.
  static func walked(_ places: [Place]) -> [Place] {
    guard var last = places.first else { return [] }
    var walk = [last]
    for place in places.dropFirst() {
      let (dx, dy) = (place.x - last.x, place.y - last.y)
      let steps = ((dx * dx + dy * dy).squareRoot() / 6).rounded(.up)
      for i in stride(from: 1, through: min(steps, 200), by: 1) {
        walk.append(Place(x: last.x + dx * i / steps, y: last.y + dy * i / steps))
      }
      last = place
    }
    return walk
  }

  /// A mark of a scatter: where it is, and how many points it stands for.
  package struct Mark: Hashable {
    package var place: Place
    package var count: Int
  }

  /// At most `limit` marks: points in one cell of a grid share the first one's place.
  ///
  /// The grid is as fine as the limit allows. Its size is returned too; 0 where no point was left
  /// out.
  package static func points(_ places: [Place], limit: Int) -> (marks: [Mark], cell: Double) {
    if places.count <= limit { return (places.map { Mark(place: $0, count: 1) }, 0) }
    var size = 1.0
    while true {
      let marks = gathered(places, cell: size)
      if marks.count <= limit { return (marks, size) }
      size += 0.5
    }
  }

  private static func gathered(_ places: [Place], cell size: Double) -> [Mark] {
    var index: [Place: Int] = [:]
    var marks: [Mark] = []
    for place in places {
      let cell = Place(x: (place.x / size).rounded(.down), y: (place.y / size).rounded(.down))
      if let found = index[cell] {
        marks[found].count += 1
      } else {
        index[cell] = marks.count
        marks.append(Mark(place: place, count: 1))
      }
    }
    return marks
  }

  /// At most `limit` positions of `count`, evenly spread, the first and the last among them.
  package static func positions(of count: Int, limit: Int) -> [Int] {
    guard count > limit, limit > 1 else { return Array(0..<min(count, max(limit, 0))) }
    return (0..<limit).map { $0 * (count - 1) / (limit - 1) }
  }
}
