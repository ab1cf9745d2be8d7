import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

@Suite struct ThePopulationStabilityIndex {
  /// (0.5 - 0.4) ln(0.5 / 0.4) + (0.3 - 0.4) ln(0.3 / 0.4) + 0 = 0.0510825623765991, by hand.
  @Test func isTheSumOverTheBins() throws {
    let found = try #require(PopulationStability.index([40, 40, 20], [50, 30, 20]))
    #expect(abs(found - 0.0510825623765991) < 1e-15)
  }

  @Test func isZeroForEqualSharesAndSymmetric() {
    #expect(PopulationStability.index([1, 2, 3], [10, 20, 30]) == 0)
    let there = PopulationStability.index([1, 9], [7, 3])
    let back = PopulationStability.index([7, 3], [1, 9])
    #expect(there == back)
  }

  /// A share of 0 counts as 1e-4, so that the index stays finite.
  @Test func isFiniteForEmptyBins() throws {
    let found = try #require(PopulationStability.index([10, 0], [0, 10]))
    #expect(found > 10 && found < 20)
    #expect(PopulationStability.index([0, 0], [1, 1]) == nil)
  }

  private func dataset(_ numbers: [Double], _ levels: [String]) -> Dataset {
    let known = Array(Set(levels)).sorted()
    return Dataset(
      table: Table(
        columns: [
          Column(name: "n", type: .numeric, storage: .numbers(numbers)),
          Column(
            name: "c",
            type: .category,
            storage: .categories(
              codes: levels.map { Int32(known.firstIndex(of: $0) ?? 0) },
              levels: known
            )
          ),
        ],
        rowCount: numbers.count
      ),
      task: .clustering,
      target: nil,
      splits: numbers.map { _ in .train }
    )
  }

  private func drift(_ old: Dataset, _ new: Dataset) -> [ColumnDrift] {
    ColumnDrift.columns(
      ["n", "c", "gone"],
      from: old,
      rows: Array(old.splits.indices),
      to: new,
      rows: Array(new.splits.indices)
    )
  }

  @Test func isNearZeroForTheSameRowsInAnotherOrder() {
    let old = dataset((0..<100).map { Double($0) }, (0..<100).map { "\($0 % 3)" })
    let new = dataset((0..<100).reversed().map { Double($0) }, (0..<100).map { "\((99 - $0) % 3)" })
    let found = drift(old, new)
    #expect(found.map { $0.column } == ["n", "c"])
    // Thirty-four of each level become thirty-three of another.
    #expect(found.allSatisfy { $0.index < 0.001 })
  }

  @Test func isFarForAShiftedColumnAndForMissingValues() {
    let old = dataset((0..<100).map { Double($0) }, (0..<100).map { _ in "a" })
    let shifted = dataset((0..<100).map { Double($0 + 60) }, (0..<100).map { $0 < 50 ? "a" : "b" })
    let found = drift(old, shifted)
    #expect(found.allSatisfy { $0.index > ColumnDrift.farBound })
    let missing = dataset((0..<100).map { $0 < 40 ? .nan : Double($0) }, (0..<100).map { _ in "a" })
    let holes = drift(old, missing)
    #expect(holes[0].index > ColumnDrift.farBound && holes[1].index == 0)
  }
}
