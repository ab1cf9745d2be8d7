import ColophonCore
import ColophonData
import Foundation
import Testing

/// Folds as scikit-learn makes them.
private let sklearn: Value = {
  let tests = URL(filePath: #filePath).appending(path: "../../..").standardized
  guard let data = try? Data(contentsOf: tests.appending(path: "Fixtures/folds.json")),
    let value = try? Value(json: data)
  else { return .null }
  return value
}()

private func rows(_ value: Value?) -> [[Int]] {
  (value?.asArray ?? []).map { ($0.asArray ?? []).compactMap { $0.asInteger } }
}

private func integers(_ value: Value?) -> [Int] {
  value?.asArray?.compactMap { $0.asInteger } ?? []
}

private func cases(_ name: String) -> [Value] { sklearn[name]?.asArray ?? [] }

/// Rows with holes between them, of three classes and seven groups.
private let someRows = (0..<200).filter { $0 % 3 != 1 }
private let someClasses = someRows.map { Int32($0 % 7 == 0 ? 2 : $0 % 5 == 0 ? 1 : 0) }
private let someGroups = someRows.map { Int32(($0 * $0) % 11) }

private func folds(_ scheme: FoldScheme, count: Int = 5, root: UInt64 = 1) -> [Fold] {
  let drawing = FoldDrawing(count: count, root: root, cell: "cv")
  switch scheme {
  case .kfold: return drawing.random(someRows)
  case .stratified: return drawing.stratified(someRows, classes: someClasses)
  case .group: return drawing.grouped(someRows, groups: someGroups)
  case .timeSeries: return FoldDrawing.walkForward(someRows, count: count) ?? []
  case .leaveOneOut: return FoldDrawing.leaveOneOut(someRows)
  }
}

@Suite struct EveryFoldScheme {
  @Test func isCovered() { #expect(!cases("forward").isEmpty) }

  @Test(arguments: FoldScheme.allCases)
  func learnsFromNoRowThatItHoldsOut(scheme: FoldScheme) {
    for fold in folds(scheme) {
      #expect(Set(fold.train).isDisjoint(with: fold.held))
      #expect(fold.train == fold.train.sorted() && fold.held == fold.held.sorted())
      #expect(!fold.held.isEmpty && !fold.train.isEmpty)
      #expect(Set(fold.train + fold.held).isSubset(of: someRows))
    }
  }

  @Test(arguments: FoldScheme.allCases.filter { $0 != .timeSeries })
  func holdsOutEachRowOnce(scheme: FoldScheme) {
    let folds = folds(scheme)
    #expect(folds.flatMap { $0.held }.sorted() == someRows)
    // All that is not held out is learned from.
    for fold in folds { #expect((fold.train + fold.held).sorted() == someRows) }
  }

  @Test(arguments: FoldScheme.allCases)
  func drawsTheSameFoldsAgain(scheme: FoldScheme) { #expect(folds(scheme) == folds(scheme)) }

  @Test(arguments: [FoldScheme.kfold, .stratified])
  func drawsOtherFoldsFromAnotherSeed(scheme: FoldScheme) {
    #expect(folds(scheme) != folds(scheme, root: 2))
  }
}

@Suite struct FoldsBesideScikitLearn {
  @Test(arguments: cases("forward"))
  func walkForwardOverTheSameRows(expected: Value) throws {
    let count = try #require(expected["rows"]?.asInteger)
    let found = try #require(
      FoldDrawing.walkForward(
        Array(0..<count),
        count: expected["folds"]?.asInteger ?? 0,
        gap: expected["gap"]?.asInteger ?? 0
      )
    )
    #expect(found.map { $0.train } == rows(expected["train"]))
    #expect(found.map { $0.held } == rows(expected["held"]))
  }

  @Test(arguments: cases("refused"))
  func refuseTheSameWindows(expected: Value) {
    let found = FoldDrawing.walkForward(
      Array(0..<(expected["rows"]?.asInteger ?? 0)),
      count: expected["folds"]?.asInteger ?? 0,
      gap: expected["gap"]?.asInteger ?? 0
    )
    #expect((found == nil) == (expected["fails"] == .boolean(true)), "\(expected)")
  }

  @Test(arguments: cases("sizes"))
  func haveTheSameSizes(expected: Value) {
    let drawing = FoldDrawing(count: expected["folds"]?.asInteger ?? 2, root: 0, cell: "c")
    let found = drawing.random(Array(0..<(expected["rows"]?.asInteger ?? 0)))
    #expect(found.map { $0.held.count } == integers(expected["held"]))
  }

  @Test(arguments: cases("shares"))
  func haveTheSameSharesOfEachClass(expected: Value) {
    let counts = integers(expected["counts"])
    let labels = counts.enumerated().flatMap { Array(repeating: Int32($0), count: $1) }
    let drawing = FoldDrawing(count: expected["folds"]?.asInteger ?? 2, root: 9, cell: "c")
    let found = drawing.stratified(Array(labels.indices), classes: labels).map { fold in
      counts.indices.map { label in fold.held.count { labels[$0] == Int32(label) } }
    }
    #expect(found == rows(expected["held"]))
  }

  @Test(arguments: cases("groups"))
  func keepGroupsTogetherInFoldsOfTheSameSizes(expected: Value) {
    let counts = integers(expected["counts"])
    let groups = counts.enumerated().flatMap { Array(repeating: Int32($0), count: $1) }
    let drawing = FoldDrawing(count: expected["folds"]?.asInteger ?? 2, root: 9, cell: "c")
    let found = drawing.grouped(Array(groups.indices), groups: groups)
    #expect(found.map { $0.held.count }.sorted() == integers(expected["held"]))
    for fold in found {
      #expect(Set(fold.train.map { groups[$0] }).isDisjoint(with: fold.held.map { groups[$0] }))
    }
  }
}

@Suite struct AFoldRecipe {
  /// Ten rows: eight to train; a number, a class, a group and a time.
  func dataset(_ task: Task = .binary, time: Bool = false, group: Bool = false) -> Dataset {
    let rows = 10
    return Dataset(
      table: Table(
        columns: [
          Column(name: "x", type: .numeric, storage: .numbers((0..<rows).map { Double($0) })),
          Column(name: "t", type: .time, storage: .numbers((0..<rows).map { Double(-$0) })),
          Column(
            name: "g",
            type: .category,
            storage: .categories(
              codes: (0..<rows).map { Int32($0 % 3) },
              levels: ["a", "b", "c"]
            )
          ),
          Column(
            name: "y",
            type: .category,
            storage: .categories(codes: (0..<rows).map { Int32($0 % 2) }, levels: ["n", "y"])
          ),
        ],
        rowCount: rows
      ),
      task: task,
      target: task == .regression ? "x" : "y",
      classes: task == .regression ? [] : ["n", "y"],
      group: group ? "g" : nil,
      time: time ? "t" : nil,
      splits: (0..<rows).map { $0 < 8 ? .train : .test }
    )
  }

  @Test(arguments: [
    (Task.binary, false, false, FoldScheme.stratified),
    (.regression, false, false, .kfold),
    (.binary, false, true, .group),
    (.binary, true, true, .timeSeries),
    (.regression, true, false, .timeSeries),
  ])
  func takesTheSchemeThatTheDataAsksFor(
    task: Task,
    time: Bool,
    group: Bool,
    scheme: FoldScheme
  ) {
    let data = dataset(task, time: time, group: group)
    #expect(FoldRecipe().scheme(time: data.time, group: data.group, task: task) == scheme)
  }

  /// Time runs against the rows' order: the last rows are the earliest.
  @Test func walksForwardInTheOrderOfTime() throws {
    let folds = try FoldRecipe(count: 3).folds(of: dataset(time: true), root: 1, cell: "c")
    #expect(folds.map { $0.held } == [[4, 5], [2, 3], [0, 1]])
    #expect(folds.map { $0.train } == [[6, 7], [4, 5, 6, 7], [2, 3, 4, 5, 6, 7]])
  }

  @Test(arguments: FoldScheme.allCases)
  func neverTouchesRowsOfOtherSplits(scheme: FoldScheme) throws {
    let data = dataset(time: true, group: true)
    let folds = try FoldRecipe(scheme: scheme, count: 3).folds(of: data, root: 1, cell: "c")
    #expect(folds.allSatisfy { ($0.train + $0.held).allSatisfy { $0 < 8 } })
  }

  @Test(arguments: [
    (FoldRecipe(scheme: .kfold, count: 9), "folds"),
    (FoldRecipe(scheme: .group, count: 5), "scheme"),
    (FoldRecipe(scheme: .timeSeries, count: 5), "scheme"),
  ])
  func saysWhyThereAreNoFolds(recipe: FoldRecipe, field: String) {
    let found = #expect(throws: DataFaults.self) {
      try recipe.folds(of: dataset(), root: 1, cell: "c")
    }
    #expect(found?.faults.map { $0.field } == [field])
  }

  @Test func saysThatThereAreTooFewGroups() {
    let found = #expect(throws: DataFaults.self) {
      try FoldRecipe(count: 4).folds(of: dataset(group: true), root: 1, cell: "c")
    }
    #expect(found?.faults.first?.message.contains("3 groups") == true)
  }

  @Test func saysThatTheGapLeavesNothing() {
    let found = #expect(throws: DataFaults.self) {
      try FoldRecipe(count: 3, gap: 2).folds(of: dataset(time: true), root: 1, cell: "c")
    }
    #expect(found?.faults.map { $0.field } == ["gap"])
  }
}
