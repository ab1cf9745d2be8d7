/// A point that is named in the picture, such as "best round 112, 0.312".
package struct ChartMark: Codable, Hashable, Sendable {
  package var x: Double
  package var y: Double
  package var label: String
  /// Whether a thin line drops from the point to the horizontal axis.
  package var drops: Bool

  package init(x: Double, y: Double, _ label: String, drops: Bool = false) {
    self.x = x
    self.y = y
    self.label = label
    self.drops = drops
  }
}

/// A line of reference across the picture.
package struct ChartRule: Codable, Hashable, Sendable {
  package enum Direction: String, Codable, Hashable, Sendable {
    case vertical
    case horizontal
  }

  package var direction: Direction
  /// Where the line meets its axis.
  package var value: Double
  package var label: String?

  package init(_ direction: Direction, at value: Double, _ label: String? = nil) {
    self.direction = direction
    self.value = value
    self.label = label
  }
}
