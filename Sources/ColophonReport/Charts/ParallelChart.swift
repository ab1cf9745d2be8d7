package import ColophonCore

/// Points of many dimensions as lines across one vertical axis for each: the jobs of a tuning.
package struct ParallelChart: Codable, Hashable, Sendable {
  /// A mark on an axis.
  package struct Tick: Codable, Hashable, Sendable {
    package var label: String
    /// From 0 (the foot) to 1.
    package var place: Double

    package init(_ label: String, at place: Double) {
      self.label = label
      self.place = place
    }
  }

  package struct Axis: Codable, Hashable, Sendable {
    package var label: String
    package var ticks: [Tick]

    package init(_ label: String, _ ticks: [Tick]) {
      self.label = label
      self.ticks = ticks
    }
  }

  /// One point.
  package struct Line: Codable, Hashable, Sendable {
    package var name: String
    /// By axis, from 0 to 1; nil where it has none.
    package var places: [Double?]
    /// The values as they are printed, by axis.
    package var texts: [String]
    /// 0 for the best, 1 for the worst: how strongly it is drawn.
    package var rank: Double

    package init(_ name: String, places: [Double?], texts: [String], rank: Double) {
      self.name = name
      self.places = places
      self.texts = texts
      self.rank = rank
    }
  }

  package var text: ChartText
  /// From left to right.
  package var axes: [Axis]
  /// In the order of painting: the best last.
  package var lines: [Line]

  package init(_ text: ChartText, axes: [Axis], lines: [Line]) {
    self.text = text
    self.axes = axes
    self.lines = lines
  }
}
