/// Which coordinates of a point are compared how.
package struct Coordinates: Hashable, Sendable {
  /// Whether a coordinate is a category, whose values are alike or not.
  let isCategory: [Bool]

  package init(_ space: SearchSpace) {
    isCategory = space.ranges.map { range in
      if case .categorical(let values) = range.kind { return values.count > 1 }
      return false
    }
  }

  package init(numeric count: Int) { isCategory = Array(repeating: false, count: count) }

  var count: Int { isCategory.count }
}
