/// The commands of a path, in few bytes.
///
/// Coordinates are rounded to tenths of a unit before distances are taken, so that nothing drifts
/// along a path of relative commands; of the absolute and the relative form the shorter is written.
struct PathText: Hashable {
  private(set) var text = ""
  private var pen: Tenths?
  /// Where the piece began, to which closing it returns.
  private var start: Tenths?
  /// The command and the number that were written last, after which less has to be said.
  private var command: Character?
  private var number = ""

  var isEmpty: Bool { text.isEmpty }

  static func == (a: PathText, b: PathText) -> Bool { a.text == b.text }
  func hash(into hasher: inout Hasher) { hasher.combine(text) }

  mutating func move(to place: Place) {
    let next = Tenths(place)
    write("M", [next.x, next.y], relative: pen.map { ("m", [next.x - $0.x, next.y - $0.y]) })
    // Numbers after a move would be lines.
    command = nil
    (pen, start) = (next, next)
  }

  mutating func line(to place: Place) {
    let next = Tenths(place)
    guard let pen else { return move(to: place) }
    if pen == next { return }
    let (x, y) = (next.x - pen.x, next.y - pen.y)
    if y == 0 {
      write("H", [next.x], relative: ("h", [x]))
    } else if x == 0 {
      write("V", [next.y], relative: ("v", [y]))
    } else {
      write("L", [next.x, next.y], relative: ("l", [x, y]))
    }
    self.pen = next
  }

  mutating func curve(_ a: Place, _ b: Place, to end: Place) {
    let places = [a, b, end].map { Tenths($0) }
    write(
      "C",
      places.flatMap { [$0.x, $0.y] },
      relative: pen.map { pen in ("c", places.flatMap { [$0.x - pen.x, $0.y - pen.y] }) }
    )
    pen = places[2]
  }

  /// A point that a round pen draws.
  mutating func dot(at place: Place) {
    move(to: place)
    text += "h0"
    number = "0"
  }

  /// A piece in relative commands, from a place.
  mutating func stamp(_ commands: String, at place: Place) {
    move(to: place)
    append(commands)
  }

  mutating func close() {
    text += "z"
    (pen, command, number) = (start, nil, "")
  }

  /// Commands as they are; where the pen then stands is no longer known.
  mutating func append(_ commands: String) {
    text += commands
    (pen, command, number) = (nil, nil, "")
  }

  /// Writes the shorter of two forms.
  private mutating func write(
    _ absolute: Character,
    _ places: [Int],
    relative: (command: Character, places: [Int])?
  ) {
    var shortest = piece(absolute, places)
    if let relative {
      let other = piece(relative.command, relative.places)
      if other.text.utf8.count <= shortest.text.utf8.count { shortest = other }
      command = shortest.text == other.text ? relative.command : absolute
    } else {
      command = absolute
    }
    text += shortest.text
    number = shortest.last
  }

  /// A command and its numbers as they are written after what was.
  ///
  /// A command that is the last one again need not be named, nor two numbers be parted where the
  /// second has a sign, or a point after one that already has its own.
  private func piece(_ command: Character, _ places: [Int]) -> (text: String, last: String) {
    var text = command == self.command ? "" : String(command)
    var last = command == self.command ? number : nil
    for place in places {
      let next = Tenths.text(place)
      let isParted =
        last.map { !next.hasPrefix("-") && !(next.hasPrefix(".") && $0.contains(".")) } ?? false
      text += (isParted ? " " : "") + next
      last = next
    }
    return (text, last ?? "")
  }
}

/// A place in tenths of a unit.
private struct Tenths: Hashable {
  var x: Int
  var y: Int

  init(_ place: Place) { (x, y) = (Tenths.rounded(place.x), Tenths.rounded(place.y)) }

  /// Pictures are a few hundred units wide; what isn't finite has no place and never comes here.
  private static func rounded(_ value: Double) -> Int {
    value.isFinite && abs(value) < 1e7 ? Int((value * 10).rounded()) : 0
  }

  /// Tenths in units: `12`, `1.5`, `-.5`.
  static func text(_ tenths: Int) -> String {
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    if rest == 0 { return "\(sign)\(whole)" }
    return sign + (whole == 0 ? "" : "\(whole)") + ".\(rest)"
  }
}
