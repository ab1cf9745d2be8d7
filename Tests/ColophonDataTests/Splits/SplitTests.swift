import ColophonCore
import ColophonData
import Testing

@Suite struct SplittingRows {
  private static let fractions: [[Double]] = [
    [0.7, 0.15, 0.15], [0.8, 0, 0.2], [1, 0, 0], [0.6, 0.2, 0.2], [1 / 3, 1 / 3, 1 / 3],
  ]

  private func drawing(_ fractions: [Double], cell: String = "d") -> SplitDrawing {
    SplitDrawing(fractions: fractions, root: 7, cell: cell)
  }

  private func sizes(_ splits: [Split?]) -> [Int] {
    Split.allCases.map { split in splits.reduce(0) { $0 + ($1 == split ? 1 : 0) } }
  }

  @Test(arguments: fractions, [1, 2, 3, 10, 99, 1000])
  func givesEachSplitItsShareWithinOneRow(fractions: [Double], rows: Int) {
    let splits = drawing(fractions).random(rows: Array(0..<rows), of: rows)
    #expect(splits.allSatisfy { $0 != nil })
    for (size, fraction) in zip(sizes(splits), fractions) {
      #expect(abs(Double(size) - fraction * Double(rows)) < 1)
    }
  }

  @Test(arguments: fractions)
  func givesEachClassItsShareWithinOneRow(fractions: [Double]) {
    var random = RandomStream(root: 9, cell: "splits", purpose: "law")
    for classCount in [2, 3, 26] {
      let classes = (0..<997).map { _ in
        Int32(min(random.integer(below: classCount), random.integer(below: classCount)))
      }
      let splits = drawing(fractions).stratified(classes: classes, count: classCount)
      #expect(splits.allSatisfy { $0 != nil })
      for label in 0..<Int32(classCount) {
        let rows = classes.indices.filter { classes[$0] == label }
        for (size, fraction) in zip(sizes(rows.map { splits[$0] }), fractions) {
          #expect(abs(Double(size) - fraction * Double(rows.count)) < 1)
        }
      }
      // The leftovers are dealt so that the whole fits too: at most one row a split and class pair
      // that had a leftover, in practice within 2.
      for (size, fraction) in zip(sizes(splits), fractions) {
        #expect(abs(Double(size) - fraction * 997) <= 2)
      }
    }
  }

  @Test func takesExactSharesWhereTheyAreWholeNumbers() {
    // 0.7 · 10 is a hair below 7 in binary; nobody should notice.
    let splits = drawing([0.7, 0.1, 0.2]).stratified(
      classes: (0..<20).map { Int32($0 % 2) },
      count: 2
    )
    #expect(sizes(splits) == [14, 2, 4])
  }

  @Test func keepsGroupsWhole() {
    var random = RandomStream(root: 11, cell: "splits", purpose: "law")
    let keys = (0..<1000).map { _ in Int32(random.integer(below: 60)) }
    let splits = drawing([0.7, 0.15, 0.15]).groups(keys, count: 60)
    for key in 0..<Int32(60) {
      #expect(Set(keys.indices.filter { keys[$0] == key }.map { splits[$0] }).count <= 1)
    }
    // A group of some 17 rows at most is dealt wrongly in each split.
    for (size, fraction) in zip(sizes(splits), [700.0, 150, 150]) {
      #expect(abs(Double(size) - fraction) < 30)
    }
  }

  @Test func putsTheEarliestRowsIntoTraining() {
    let times = (0..<100).map { Double(($0 * 37) % 50) }
    let splits = drawing([0.6, 0.2, 0.2]).time(times, rows: Array(0..<100))
    #expect(sizes(splits) == [60, 20, 20])
    let order = (0..<100).sorted { (times[$0], $0) < (times[$1], $1) }
    let places = order.compactMap { splits[$0] }.compactMap { Split.allCases.firstIndex(of: $0) }
    #expect(places == places.sorted())
  }

  @Test func readsAColumnAndMakesItNoFeature() throws {
    let text = "x,y,part\n1,2,train\n2,3,Test\n3,4,\n4,5,validation\n"
    let made = try dataset(text, DatasetRecipe(split: SplitRecipe(method: .column("part"))))
    #expect(made.splits == [.train, .test, nil, .validation])
    #expect(made.features.map { $0.name } == ["x", "y"])
  }

  @Test(arguments: [nil, SplitRecipe.Method.random, .stratified, .group, .time])
  func dependsOnNoOtherColumn(method: SplitRecipe.Method?) throws {
    let recipe = DatasetRecipe(
      target: "label",
      group: "site",
      time: "day",
      split: SplitRecipe(method: method)
    )
    let before = try dataset(sixtyRows(), recipe)
    let changed = sixtyRows().replacing("round", with: "square").replacing(".5,", with: ".75,")
    let after = try dataset(changed, recipe)
    #expect(before.splits == after.splits)
    #expect(Set(before.splits) == [.train, .validation, .test])
  }

  @Test func differsBetweenSeedsAndBetweenCells() throws {
    let table = try table(sixtyRows())
    let recipe = DatasetRecipe(target: "label")
    func splits(_ root: UInt64, _ cell: String) throws -> [Split?] {
      try DatasetReader.read(table, recipe, root: root, cell: cell).splits
    }
    #expect(try splits(1, "a") == splits(1, "a"))
    #expect(try splits(1, "a") != splits(2, "a"))
    #expect(try splits(1, "a") != splits(1, "b"))
  }

  @Test(arguments: [
    (DatasetRecipe(target: "label", group: "site", time: "day"), "time"),
    (DatasetRecipe(target: "label", group: "site"), "group"),
    (DatasetRecipe(target: "label"), "stratified"), (DatasetRecipe(target: "size"), "random"),
  ])
  func choosesTheMethodThatTheColumnsAskFor(recipe: DatasetRecipe, method: String) throws {
    let methods: [String: SplitRecipe.Method] = [
      "time": .time, "group": .group, "stratified": .stratified, "random": .random,
    ]
    var explicit = recipe
    explicit.split.method = methods[method]
    #expect(try dataset(sixtyRows(), recipe).splits == dataset(sixtyRows(), explicit).splits)
  }

  @Test func refusesASplitThatWouldBeEmpty() {
    let found = faults { _ = try dataset("x\n1\n2\n3\n") }
    #expect(found.map { $0.code.description } == ["data.empty-split"])
  }
}
