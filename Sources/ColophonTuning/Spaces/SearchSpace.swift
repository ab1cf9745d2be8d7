package import ColophonCore

/// The hyperparameters of a tuning, in the order in which the author wrote them.
///
/// A configuration leaves out what its own values switch off.
package struct SearchSpace: Hashable, Sendable {
  package let ranges: [ParameterRange]

  /// The most hyperparameters that a tuning may have, as the managed service allows.
  package static let limit = 30

  package init(_ ranges: [ParameterRange]) { self.ranges = ranges }

  /// The configuration at a point of the unit cube, one coordinate for each range.
  package func configuration(at point: [Double]) -> Configuration {
    precondition(point.count == ranges.count, "\(point.count) places of \(ranges.count) ranges")
    var values: [String: Value] = [:]
    for (range, place) in zip(ranges, point) where isActive(range, in: values) {
      values[range.name] = range.value(at: place)
    }
    return Configuration(values)
  }

  /// The point of a configuration; 0.5 for what is switched off.
  ///
  /// Nil where it lies outside.
  package func point(of configuration: Configuration) -> [Double]? {
    var point: [Double] = []
    for range in ranges {
      guard let value = configuration[range.name] else {
        guard !isActive(range, in: configuration.values) else { return nil }
        point.append(0.5)
        continue
      }
      guard let place = range.place(of: value) else { return nil }
      point.append(place)
    }
    return point
  }

  /// Whether a hyperparameter counts beside the values of those before it.
  package func isActive(_ range: ParameterRange, in values: [String: Value]) -> Bool {
    guard let condition = range.condition else { return true }
    return values[condition.parameter].map { condition.values.contains($0) } ?? false
  }

  /// How many configurations there are, conditions not counted; nil for a continuum.
  package var count: Int? {
    var count = 1
    for range in ranges {
      guard let own = range.count else { return nil }
      let (product, overflows) = count.multipliedReportingOverflow(by: own)
      if overflows { return nil }
      count = product
    }
    return count
  }

  /// Every configuration of a space without a continuum, in the order of its ranges, the last one
  /// changing fastest; equal ones, which conditions make, once.
  package func all(limit: Int) -> [Configuration] {
    guard let count, count <= limit else { return [] }
    var seen: Set<Configuration> = []
    var found: [Configuration] = []
    for index in 0..<count {
      var rest = index
      var point = [Double](repeating: 0, count: ranges.count)
      for (place, range) in ranges.enumerated().reversed() {
        let own = range.count ?? 1
        point[place] = SearchSpace.place(rest % own, of: range)
        rest /= own
      }
      let configuration = configuration(at: point)
      if seen.insert(configuration).inserted { found.append(configuration) }
    }
    return found
  }

  private static func place(_ index: Int, of range: ParameterRange) -> Double {
    switch range.kind {
    case .continuous: 0.5
    case .integer(let lower, _, _): range.place(of: .integer(lower + index)) ?? 0
    case .categorical(let values): (Double(index) + 0.5) / Double(values.count)
    }
  }
}

/// One choice of hyperparameters.
package struct Configuration: Hashable, Sendable, Codable {
  package var values: [String: Value]

  package init(_ values: [String: Value]) { self.values = values }

  package subscript(name: String) -> Value? { values[name] }
}
