import ColophonCore
import ColophonTuning
import Testing

@Suite struct ASpaceGeometry {
  static let space = SearchSpace([
    ParameterRange("rate", .continuous(lower: 1e-4, upper: 1, .logarithmic)),
    ParameterRange("width", .integer(lower: 8, upper: 512, .logarithmic)),
    ParameterRange("depth", .integer(lower: 1, upper: 15, .linear)),
    ParameterRange("kind", .categorical([.string("a"), .string("b"), .string("c")])),
    ParameterRange(
      "degree",
      .integer(lower: 1, upper: 3, .linear),
      when: RangeCondition("kind", in: [.string("b")])
    ),
    ParameterRange("one", .continuous(lower: 2, upper: 2, .linear)),
  ])

  /// The short way to a configuration's point and the long one agree to rounding.
  @Test func snapsToThePointOfTheConfiguration() throws {
    let geometry = SpaceGeometry(Self.space)
    var random = RandomStream(root: 1, cell: "t", purpose: "points")
    for _ in 0..<500 {
      let point = Self.space.ranges.map { _ in random.uniform() }
      let long = try #require(Self.space.point(of: Self.space.configuration(at: point)))
      for (a, b) in zip(geometry.snapped(point), long) { #expect(abs(a - b) < 1e-12) }
    }
  }

  @Test func stepsToTheNextWholeNumbersAndToOtherCategories() {
    let geometry = SpaceGeometry(Self.space)
    #expect(geometry.neighbours(0.5 / 15, 2) == [1.5 / 15])
    #expect(geometry.neighbours(0.5, 3) == [0.5 / 3, 2.5 / 3])
    #expect(geometry.neighbours(0.3, 0).isEmpty)
  }
}
