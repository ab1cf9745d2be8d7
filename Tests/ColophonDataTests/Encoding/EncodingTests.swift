import ColophonCore
import ColophonData
import Testing

@Suite struct EncodingFeatures {
  /// Training rows 0 to 2 know red and blue and the sizes 1 and 3; row 3 has green, row 4 nothing.
  private func sample() throws -> Dataset {
    let text = """
      size,colour,note,part
      1,red,a,train
      ,blue,b,train
      3,red,c,train
      100,green,d,test
      ,,e,test

      """
    let columns: [String: ColumnType] = ["note": .text]
    return try dataset(
      text,
      DatasetRecipe(columns: columns, split: SplitRecipe(method: .column("part")))
    )
  }

  @Test func learnsLevelsAndMeansFromTrainingRowsAlone() throws {
    let dataset = try sample()
    let encoding = FeatureEncoding.fit(dataset)
    #expect(encoding.names == ["size", "colour=blue", "colour=red"])
    #expect(encoding.sources == ["size", "colour", "colour"])
    let matrix = try encoding.encode(dataset, rows: [0, 1, 3, 4])
    // The mean of 1 and 3 is 2; green was never seen, and a missing colour is none.
    #expect(matrix.values == [1, 0, 1, 2, 1, 0, 100, 0, 0, 2, 0, 0])
    #expect(matrix.row(1) == [2, 1, 0])
    #expect(matrix.column(2) == [1, 0, 0, 0])
  }

  @Test func countsARowOfWeightTwoTwiceAndOneOfWeightZeroNotAtAll() throws {
    let text = """
      size,colour,w,part
      1,red,2,train
      ,red,1,train
      4,blue,1,train
      100,green,0,train
      5,red,1,test

      """
    let recipe = DatasetRecipe(weight: "w", split: SplitRecipe(method: .column("part")))
    let encoding = FeatureEncoding.fit(try dataset(text, recipe))
    // (2 * 1 + 4) / 3 stands for the missing size; green is in no row that counts.
    #expect(encoding.parts[0].fill == 2)
    #expect(encoding.names == ["size", "colour=blue", "colour=red"])
  }

  @Test func keepsMissingValuesWhereAskedTo() throws {
    let dataset = try sample()
    let oneHot = try FeatureEncoding.fit(dataset, missing: .keep).encode(dataset, rows: [1, 3, 4])
    #expect(oneHot[0, 0].isNaN && oneHot[0, 1] == 1)
    #expect(Array(oneHot.row(1)) == [100, 0, 0])
    #expect(oneHot.row(2).allSatisfy { $0.isNaN })
    let ordinal = try FeatureEncoding.fit(dataset, categories: .ordinal, missing: .keep)
      .encode(dataset, rows: [0, 1, 3, 4])
    #expect(ordinal.names == ["size", "colour"])
    #expect(ordinal[0, 1] == 1 && ordinal[1, 1] == 0 && ordinal[2, 1].isNaN && ordinal[3, 1].isNaN)
    let plain = try FeatureEncoding.fit(dataset, categories: .ordinal).encode(
      dataset,
      rows: [3, 4]
    )
    #expect(plain.values == [100, -1, 2, -1])
  }

  @Test func takesTheColumnsAskedForInTheirOrder() throws {
    let encoding = FeatureEncoding.fit(
      try sample(),
      columns: ["colour", "size", "note", "nothing"]
    )
    #expect(encoding.names == ["colour=blue", "colour=red", "size"])
  }

  @Test func findsLevelsByNameInAnotherDataset() throws {
    let encoding = FeatureEncoding.fit(try sample())
    let other = try dataset(
      "colour,size\nyellow,7\nred,8\n",
      DatasetRecipe(split: .init(train: 1, validation: 0, test: 0))
    )
    let matrix = try encoding.encode(other, rows: [0, 1])
    #expect(matrix.values == [7, 0, 0, 8, 0, 1])
  }

  @Test func reportsColumnsThatAreGoneOrOfAnotherType() throws {
    let encoding = FeatureEncoding.fit(try sample())
    let other = try dataset(
      "colours,size\nred,big\nred,small\n",
      DatasetRecipe(split: .init(train: 1, validation: 0, test: 0))
    )
    let found = faults { _ = try encoding.encode(other, rows: [0]) }
    #expect(found.map { $0.code.description } == ["data.feature-type", "data.feature-missing"])
    #expect(found.last?.hint == "did you mean 'colours'?")
  }

  @Test func yieldsWeightsAndGroupsInTheRowsOrder() throws {
    let recipe = DatasetRecipe(target: "label", weight: "mark", group: "site")
    let made = try dataset(sixtyRows(), recipe)
    #expect(made.weights(of: [4, 1, 0]) == [4, 1, 0])
    let groups = try #require(made.groups(of: [0, 3, 4]))
    #expect(groups[0] == groups[1] && groups[1] != groups[2])
    #expect(try dataset(sixtyRows()).weights(of: [0]) == nil)
  }
}
