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

  /// Which part of a text stands at its place.
  enum Anchor {
    case start
    case middle
    case end

    /// The class that says so; texts start at their place by themselves.
    var style: CSSClass? {
      switch self {
      case .start: nil
      case .middle: .middle
      case .end: .end
      }
    }
  }

  private(set) var nodes: [HTMLNode] = []
  /// The lines of each style since something else than texts and lines was painted, and the node that
  /// holds them all.
  private var lines: [CSSClass: (node: Int, path: PathText)] = [:]

  mutating func add(_ node: HTMLNode) {
    nodes.append(node)
    lines = [:]
  }

  /// A straight line; neighbours of one style share a path.
  mutating func line(_ style: CSSClass, from a: Place, to b: Place) {
    var (place, path) = lines[style] ?? (node: nodes.count, path: PathText())
    path.move(to: a)
    path.line(to: b)
    let node = HTMLNode.void(.path, [.classes(style), HTMLAttribute(.d, path.text)])
    if place < nodes.count { nodes[place] = node } else { nodes.append(node) }
    lines[style] = (place, path)
  }

  /// A path; `width` is that of its stroke, where the style leaves it open.
  mutating func path(
    _ classes: CSSClass...,
    path: PathText,
    opacity: Double? = nil,
    width: Double? = nil
  ) {
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
    if let width { attributes.append(.at(.strokeWidth, width)) }
    add(.void(.path, attributes))
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
    guard let title else { return add(shape) }
    add(.element(.g, [], [.element(.title, [], [.text(title)]), shape]))
  }

  mutating func circle(_ classes: CSSClass..., at place: Place, radius: Double) {
    let names = HTMLAttribute(.className, classes.map { $0.rawValue }.joined(separator: " "))
    add(.void(.circle, [names, .at(.cx, place.x), .at(.cy, place.y), .at(.r, radius)]))
  }

  mutating func text(
    _ text: String,
    _ classes: CSSClass...,
    at place: Place,
    anchor: Anchor = .start
  ) {
    guard !text.isEmpty else { return }
    let all = classes + [anchor.style].compactMap { $0 }
    let names = HTMLAttribute(.className, all.map { $0.rawValue }.joined(separator: " "))
    nodes.append(.element(.text, [names, .at(.x, place.x), .at(.y, place.y)], [.text(text)]))
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
