import ColophonData
import ColophonEvaluation
import Testing

@Suite struct DependenceTests {
  static func numbers(_ values: [Double]) -> Column {
    Column(name: "x", type: .numeric, storage: .numbers(values))
  }

  @Test func gridsHoldAllValuesWhereTheyAreFew() {
    let column = Self.numbers([3, 1, 2, 1, .nan, 3])
    #expect(FeatureGrid(column, rows: Array(0..<6), limit: 3) == .numbers([1, 2, 3]))
    #expect(FeatureGrid(column, rows: [4], limit: 3) == nil)
  }

  /// numpy.quantile(range(11), [0, 0.25, 0.5, 0.75, 1]) and of repeated values.
  @Test func gridsAreQuantilesWhereTheyAreMany() {
    let column = Self.numbers((0...10).map { Double($0) })
    #expect(
      FeatureGrid(column, rows: Array(0...10), limit: 5) == .numbers([0, 2.5, 5, 7.5, 10])
    )
    let lumpy = Self.numbers([0, 0, 0, 0, 0, 1, 2, 3, 4, 5])
    #expect(FeatureGrid(lumpy, rows: Array(0..<10), limit: 4) == .numbers([0, 2, 5]))
  }

  @Test func levelsStandInTheirOrderTheMostFrequentKept() {
    let column = Column(
      name: "c",
      type: .category,
      storage: .categories(codes: [2, 0, 2, 1, 1, -1], levels: ["a", "b", "c", "d"])
    )
    let rows = Array(0..<6)
    #expect(FeatureGrid(column, rows: rows, limit: 9) == .levels(["a", "b", "c"]))
    #expect(FeatureGrid(column, rows: rows, limit: 2) == .levels(["b", "c"]))
    let set = FeatureGrid.levels(["c"]).column(column, at: 0)
    #expect(set.storage == .categories(codes: [2, 2, 2, 2, 2, 2], levels: ["a", "b", "c", "d"]))
  }

  @Test func curvesAreAveragedAndCentred() {
    let partial = PartialDependence(curves: [[1, 3], [2, 6], [6, 3]])
    #expect(partial.mean == [2, 4, 4.5])
    #expect(partial.centred.curves == [[0, 0], [1, 3], [5, 0]])
    #expect(partial.curve(1) == [3, 6, 3])
    // The standard deviation of 2, 4, 4.5, and a quarter of 2.5.
    #expect(abs(partial.importance(ofLevels: false) - 1.3228756555322954) < 1e-12)
    #expect(partial.importance(ofLevels: true) == 0.625)
  }

  @Test func lossesAreSummed() {
    let loss = PermutationImportance(feature: "x", losses: [1, 2, 6])
    #expect(loss.mean == 3)
    #expect(abs(loss.deviation - 7.0.squareRoot()) < 1e-12)
    #expect(PermutationImportance(feature: "x", losses: [1]).deviation == 0)
  }
}
