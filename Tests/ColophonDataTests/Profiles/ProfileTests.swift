import ColophonCore
import ColophonData
import Testing

@Suite struct ProfilingAColumn {
  @Test func sumsUpFewNumbers() throws {
    let summary = try #require(NumberSummary([4, .nan, 1, 3, 2]))
    #expect(summary.mean == 2.5)
    // The squares about 2.5 sum to 5; 5 / 3 under the root.
    #expect(summary.std == (5.0 / 3).squareRoot())
    #expect([summary.lowerQuartile, summary.median, summary.upperQuartile] == [1.75, 2.5, 3.25])
    #expect(summary.edges.first == 1 && summary.edges.last == 4)
    #expect(summary.counts.count == 20 && summary.counts.reduce(0, +) == 4)
    #expect(summary.counts.first == 1 && summary.counts.last == 1)
  }

  @Test func holdsTheEdgesOfOneNumberNoneAndTheWidestRange() throws {
    let one = try #require(NumberSummary([7, 7]))
    #expect(one.edges == [7, 7] && one.counts == [2] && one.std == 0)
    #expect(try #require(NumberSummary([7])).std.isNaN)
    #expect(NumberSummary([]) == nil && NumberSummary([.nan]) == nil)
    let widest = -Double.greatestFiniteMagnitude
    let wide = try #require(NumberSummary([widest, -widest]))
    #expect(wide.edges.allSatisfy { $0.isFinite } && wide.edges == wide.edges.sorted())
  }

  @Test func putsAValueOnAnEdgeIntoTheBinAbove() {
    let counts = NumberSummary.counts([0, 1, 2, 3, 4, 5], edges: [0, 2, 4])
    // 2 belongs to [2, 4], and so does 4; 5 lies outside.
    #expect(counts == [2, 3])
  }

  @Test func ranksLevelsByCountThenText() throws {
    let text = "x,y\n" + ["b", "a", "c", "a", "", "b"].map { "\($0),1\n" }.joined()
    let profile = ColumnProfile(
      try #require(
        try dataset(text, DatasetRecipe(split: .init(train: 1, validation: 0, test: 0))).table["x"]
      )
    )
    #expect(profile.levels.map { $0.label } == ["a", "b", "c"])
    #expect(profile.levels.map { $0.count } == [2, 2, 1])
    #expect(profile.count == 5 && profile.missing == 1 && profile.distinct == 3)
  }

  @Test func countsClassesBySplit() throws {
    let made = try dataset(sixtyRows(), DatasetRecipe(target: "label"))
    let profile = DatasetProfile(made)
    #expect(profile.rows == 60)
    #expect(profile.splits == [42, 9, 9])
    // 20 and 40 rows at 70, 15 and 15 per cent are whole numbers.
    #expect(profile.classes.map { $0.bySplit } == [[14, 3, 3], [28, 6, 6]])
    #expect(profile.rarestClass?.label == "no")
    #expect(profile.rarestClass?.share == 20.0 / 60)
  }
}
