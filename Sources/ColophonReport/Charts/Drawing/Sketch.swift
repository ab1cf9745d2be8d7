import ColophonCore

/// A place in a picture, in its own units; y grows downwards.
package struct Place: Hashable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// The nodes of a picture, in the order in which they are painted.
struct Sketch {
  /// The size of texts that layouts are computed with; the style sheet sets no larger one.
  static let textSize = 12.5
  /// The height of a line of text.
  static let lineHeight = 15.0

  enum Anchor: String {
    case start
    case middle
    case end
  }

  private(set) var nodes: [HTMLNode] = []

  mutating func add(_ node: HTMLNode) { nodes.append(node) }

  mutating func line(_ classes: CSSClass, from a: Place, to b: Place) {
    nodes.append(
      .void(
        .line,
        [
          .classes(classes), .at(.x1, a.x), .at(.y1, a.y), .at(.x2, b.x), .at(.y2, b.y),
        ]
      )
    )
  }

  mutating func path(_ classes: CSSClass..., path: PathText, opacity: Double? = nil) {
    guard !path.isEmpty else { return }
    let names = HTMLAttribute(
      .className,
      classes.map { $0.rawValue }.joined(separator: " ")
    )
    var attributes = [names, HTMLAttribute(.d, path.text)]
    if let opacity {
      attributes.append(
        HTMLAttribute(.opacity, DecimalText.trimmed(DecimalText.fixed(opacity, decimals: 2)))
      )
    }
    nodes.append(.void(.path, attributes))
  }

  mutating func rect(
    _ classes: CSSClass...,
    box: Box,
    radius: Double = 0,
    opacity: Double? = nil,
    title: String? = nil
  ) {
    let names = HTMLAttribute(.className, classes.map { $0.rawValue }.joined(separator: " "))
    var attributes = [
      names, .at(.x, box.x), .at(.y, box.y), .at(.width, max(box.width, 0)),
      .at(.height, max(box.height, 0)),
    ]
    if radius > 0 { attributes.append(.at(.rx, radius)) }
    if let opacity {
      attributes.append(
        HTMLAttribute(.opacity, DecimalText.trimmed(DecimalText.fixed(opacity, decimals: 2)))
      )
    }
    let shape = HTMLNode.void(.rect, attributes)
    guard let title else { return nodes.append(shape) }
    nodes.append(.element(.g, [], [.element(.title, [], [.text(title)]), shape]))
  }

  mutating func circle(_ classes: CSSClass..., at place: Place, radius: Double) {
    let names = HTMLAttribute(.className, classes.map { $0.rawValue }.joined(separator: " "))
    nodes.append(
      .void(.circle, [names, .at(.cx, place.x), .at(.cy, place.y), .at(.r, radius)])
    )
  }

  mutating func text(
    _ text: String,
    _ classes: CSSClass...,
    at place: Place,
    anchor: Anchor = .start
  ) {
    guard !text.isEmpty else { return }
    let names = HTMLAttribute(.className, classes.map { $0.rawValue }.joined(separator: " "))
    var attributes = [names, .at(.x, place.x), .at(.y, place.y)]
    if anchor != .start { attributes.append(HTMLAttribute(.textAnchor, anchor.rawValue)) }
    nodes.append(.element(.text, attributes, [.text(text)]))
  }

  /// A text that is cut where there is no room for it, and then says all of it when pointed at.
  mutating func text(
    _ text: String,
    fittedTo room: Double,
    _ style: CSSClass,
    at place: Place,
    anchor: Anchor
  ) {
    let fitted = TextMeasure.fitted(text, to: room)
    guard fitted != text else { return self.text(text, style, at: place, anchor: anchor) }
    var inner = Sketch()
    inner.text(fitted, style, at: place, anchor: anchor)
    nodes.append(.element(.g, [], [.element(.title, [], [.text(text)])] + inner.nodes))
  }
}

/// A rectangle, by its upper left corner.
struct Box: Hashable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }

  func overlap(_ other: Box) -> Double {
    let w = min(right, other.right) - max(x, other.x)
    let h = min(bottom, other.bottom) - max(y, other.y)
    return w > 0 && h > 0 ? w * h : 0
  }

  func contains(_ place: Place) -> Bool {
    place.x >= x && place.x <= right && place.y >= y && place.y <= bottom
  }
}

extension HTMLAttribute {
  /// A coordinate, to a tenth of a unit.
  static func at(_ name: Name, _ value: Double) -> HTMLAttribute {
    HTMLAttribute(name, Coordinate.text(value))
  }
}

/// Writes coordinates: to a tenth, without trailing zeros, with a hyphen for minus.
enum Coordinate {
  static func text(_ value: Double) -> String {
    // Pictures are a few hundred units wide; what isn't finite has no place and never comes here.
    guard value.isFinite, abs(value) < 1e7 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }
}

/// The commands of a path.
struct PathText: Hashable {
  private(set) var text = ""
  private var pen: (x: String, y: String)?

  var isEmpty: Bool { text.isEmpty }

  static func == (a: PathText, b: PathText) -> Bool { a.text == b.text }
  func hash(into hasher: inout Hasher) { hasher.combine(text) }

  mutating func move(to place: Place) {
    pen = (Coordinate.text(place.x), Coordinate.text(place.y))
    text += "M\(pen?.x ?? "") \(pen?.y ?? "")"
  }

  mutating func line(to place: Place) {
    let next = (x: Coordinate.text(place.x), y: Coordinate.text(place.y))
    defer { pen = next }
    guard let pen else { return move(to: place) }
    if pen == next { return }
    if pen.y == next.y {
      text += "H\(next.x)"
    } else if pen.x == next.x {
      text += "V\(next.y)"
    } else {
      text += "L\(next.x) \(next.y)"
    }
  }

  mutating func curve(_ a: Place, _ b: Place, to end: Place) {
    let places = [a, b, end].map { "\(Coordinate.text($0.x)) \(Coordinate.text($0.y))" }
    text += "C\(places.joined(separator: " "))"
    pen = (Coordinate.text(end.x), Coordinate.text(end.y))
  }

  /// A point that a round pen draws.
  mutating func dot(at place: Place) {
    move(to: place)
    text += "h0"
  }

  /// A piece in relative commands, from a place.
  mutating func stamp(_ commands: String, at place: Place) {
    move(to: place)
    text += commands
    pen = nil
  }

  mutating func close() {
    text += "Z"
    pen = nil
  }

  /// Commands as they are; where the pen then stands is no longer known.
  mutating func append(_ commands: String) {
    text += commands
    pen = nil
  }
}
