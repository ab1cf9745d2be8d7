import ColophonCore
import ColophonData
import Testing

/// A column of the values, ten times over, as text.
private func repeated(_ values: [String], times: Int = 10) -> String {
  "x,y\n" + (0..<times).flatMap { _ in values }.map { "\($0),1\n" }.joined()
}

@Suite struct InferringAType {
  @Test(
    arguments: [
      (["1", "2.5", "", "NA"], ColumnType.numeric), (["1", "x"], .category),
      (["1", "inf"], .category), (["1", "1e999"], .category), (["true", "false"], .category),
      (["2026-01-31", "?"], .time), (["2026-01-31T10:00Z", "2026-02-01"], .time),
      (["2026-02-30"], .category), (["", "NA"], .numeric), (["1,5"], .category),
    ] as [([String], ColumnType)]
  )
  func looksAtEveryValue(values: [String], type: ColumnType) throws {
    let quoted = values.map { $0.contains(",") ? "\"\($0)\"" : $0 }
    #expect(try dataset(repeated(quoted)).table["x"]?.type == type)
  }

  @Test func callsManyTextsText() throws {
    // 20 texts are a category whatever the number of rows; 21 of 210 rows are not.
    #expect(try dataset(repeated((0..<20).map { "v\($0)" })).table["x"]?.type == .category)
    #expect(try dataset(repeated((0..<21).map { "v\($0)" })).table["x"]?.type == .text)
    // 21 of 420 rows are a twentieth.
    let many = repeated((0..<21).map { "v\($0)" }, times: 20)
    #expect(try dataset(many).table["x"]?.type == .category)
  }

  @Test func letsADeclarationOverrule() throws {
    let text = repeated(["1", "2", "10"])
    let column = try dataset(text, DatasetRecipe(columns: ["x": .category])).table["x"]
    guard case .categories(let codes, let levels)? = column?.storage else {
      Issue.record("not a category")
      return
    }
    // Numeric levels stand in numeric order, so 10 comes after 2.
    #expect(levels == ["1", "2", "10"])
    #expect(Array(codes.prefix(3)) == [0, 1, 2])
    #expect(try dataset(text, DatasetRecipe(columns: ["x": .text])).table["x"]?.type == .text)
    let times = try dataset(text, DatasetRecipe(columns: ["x": .time])).table["x"]
    #expect(times?.type == .time)
    #expect(times?.text(2) == "10")
  }

  @Test func namesRowColumnAndTextOfWhatIsNotNumeric() {
    let found = faults {
      _ = try dataset("x,y\n1,1\n\"a\nb\",2\n3,3\n", DatasetRecipe(columns: ["x": .numeric]))
    }
    #expect(
      found.map { $0.message } == ["column 'x' is numeric, but row 2 (line 3) holds 'a\nb'"]
    )
    #expect(found.first?.field == "columns.x")
    #expect(found.first?.place == DataFault.Place(line: 3, column: 1))
  }

  @Test func sortsLevelsByUnicodeScalarsWhateverTheRowsOrder() throws {
    for values in [["é", "z", "B", "a"], ["a", "B", "z", "é"]] {
      guard case .categories(_, let levels)? = try dataset(repeated(values)).table["x"]?.storage
      else {
        Issue.record("not a category")
        return
      }
      #expect(levels == ["B", "a", "z", "é"])
    }
  }

  @Test func readsTheCellsOwnMissingTextsInPlaceOfTheUsualOnes() throws {
    let text = repeated(["-999", " ", "1.5", "NA"])
    let usual = try dataset(text).table["x"]
    #expect(usual?.missingCount == 20)
    #expect(usual?.numbers?[0] == -999)
    let own = try dataset(text, DatasetRecipe(missing: ["-999", "NA"])).table["x"]
    #expect(own?.missingCount == 30)
    let fewer = try dataset(text, DatasetRecipe(missing: ["-999"])).table["x"]
    #expect(fewer?.type == .category)
  }

  @Test(arguments: [
    ("1970-01-01", 0.0), ("1970-01-01T00:00:01.5", 1.5), ("1969-12-31 23:59:59", -1),
    ("2000-02-29", 951_782_400), ("2026-07-01T12:30:00+02:00", 1_782_901_800),
    ("0001-01-01", -62_135_596_800), ("9999-12-31", 253_402_214_400),
    ("2026-07-01T12:30Z", 1_782_909_000), ("2026-07-01T12:30-0530", 1_782_928_800),
  ])
  func countsSecondsFrom1970(text: String, seconds: Double) {
    #expect(ISOTime.seconds(text) == seconds)
  }

  @Test(arguments: [
    "2026-13-01", "2026-00-01", "2026-01-32", "2025-02-29", "1900-02-29", "2026-1-1", "2026-01",
    "20260101", "2026-01-01T", "2026-01-01T24:00", "2026-01-01T10:60", "2026-01-01T10:00:60",
    "2026-01-01T10:00:00.", "2026-01-01T10:00+25:00", "2026-01-01x", "0000-01-01", "",
  ])
  func takesNothingElseForATime(text: String) { #expect(ISOTime.seconds(text) == nil) }

  @Test func writesTimesThatItReadsBack() {
    for day in stride(from: -700_000, through: 2_900_000, by: 12_345) {
      let seconds = Double(day) * 86_400 + Double(abs(day) % 86_400)
      guard seconds > -62_135_596_800, seconds < 253_402_300_800 else { continue }
      #expect(ISOTime.seconds(ISOTime.text(seconds)) == seconds)
    }
  }
}

@Suite struct SettlingTheTask {
  @Test(
    arguments: [
      (["a", "b"], nil, Task.binary, ["a", "b"]),
      (["a", "b", "c"], nil, .multiclass, ["a", "b", "c"]),
      (["0", "1"], nil, .binary, ["0", "1"]), (["1.0", "1", "-2"], nil, .binary, ["-2", "1"]),
      (["1", "2", "3"], nil, .regression, []),
      (["1", "2", "10"], .multiclass, .multiclass, ["1", "2", "10"]),
      (["0", "1"], .regression, .regression, []),
      (["0", "1"], .multiclass, .multiclass, ["0", "1"]),
    ] as [([String], Task?, Task, [String])]
  )
  func byTheTargetUnlessTheCellSaysIt(
    values: [String],
    task: Task?,
    expected: Task,
    classes: [String]
  ) throws {
    let made = try dataset(repeated(values), DatasetRecipe(target: "x", task: task))
    #expect(made.task == expected)
    #expect(made.classes == classes)
    switch made.labels(of: [0, 1]) {
    case .classes(let labels): #expect(labels.count == 2 && expected.isClassification)
    case .numbers(let numbers): #expect(numbers.count == 2 && !expected.isClassification)
    case .absent: #expect(expected == .clustering)
    case nil: Issue.record("no labels")
    }
  }

  @Test func putsThePositiveLabelLast() throws {
    let text = repeated(["no", "yes"])
    let usual = try dataset(text, DatasetRecipe(target: "x"))
    #expect(usual.classes == ["no", "yes"])
    let other = try dataset(text, DatasetRecipe(target: "x", positive: "no"))
    #expect(other.classes == ["yes", "no"])
    #expect(other.labels(of: [0, 1]) == .classes([1, 0]))
    let number = try dataset(repeated(["0", "1"]), DatasetRecipe(target: "x", positive: "0.0"))
    #expect(number.classes == ["1", "0"])
  }

  @Test(arguments: [
    (DatasetRecipe(target: "z"), ["data.unknown-column"]),
    (DatasetRecipe(target: "x", positive: "yess"), ["data.positive"]),
    (DatasetRecipe(positive: "yes"), ["data.positive"]),
    (DatasetRecipe(target: "y", positive: "1"), ["data.positive"]),
    (DatasetRecipe(target: "y", task: .multiclass), ["data.target"]),
    (DatasetRecipe(target: "x", task: .regression), ["data.column-type"]),
    (DatasetRecipe(task: .binary), ["data.task"]),
    (DatasetRecipe(target: "y", task: .ranking), ["data.task"]),
    (DatasetRecipe(target: "y", task: .forecasting), ["data.task"]),
    (DatasetRecipe(target: "x", columns: ["x": .ignore]), ["data.column-role"]),
    (DatasetRecipe(target: "x", weight: "x"), ["data.column-role"]),
    (DatasetRecipe(target: "y", weight: "x"), ["data.column-type"]),
    (DatasetRecipe(target: "y", time: "x"), ["data.column-type"]),
    (DatasetRecipe(target: "x", split: SplitRecipe(method: .time)), ["data.split-method"]),
    (DatasetRecipe(target: "x", split: SplitRecipe(method: .group)), ["data.split-method"]),
    (DatasetRecipe(split: SplitRecipe(method: .stratified)), ["data.split-method"]),
    (
      DatasetRecipe(target: "y", task: .regression, split: SplitRecipe(method: .stratified)),
      ["data.split-method"]
    ),
    (
      DatasetRecipe(target: "x", split: SplitRecipe(method: .column("y"))),
      ["data.split-value", "data.split-value", "data.split-value"]
    ),
    (
      DatasetRecipe(target: "q", columns: ["w": .text], weight: "v"),
      ["data.unknown-column", "data.unknown-column", "data.unknown-column"]
    ),
    (
      DatasetRecipe(split: SplitRecipe(train: 0.5, validation: 0, test: 0.4)),
      ["data.split-fraction"]
    ),
    (DatasetRecipe(split: SplitRecipe(train: -1, validation: 1, test: 1)), ["data.split-fraction"]),
    (
      DatasetRecipe(split: SplitRecipe(train: .nan, validation: 0, test: 0)),
      ["data.split-fraction"]
    ),
    (
      DatasetRecipe(split: SplitRecipe(train: 0, validation: 0.5, test: 0.5)),
      ["data.split-fraction"]
    ),
  ])
  func reportsWhatTheDataCanNotFulfil(recipe: DatasetRecipe, codes: [String]) {
    let found = faults { _ = try dataset(repeated(["no", "yes"]), recipe) }
    #expect(Array(found.map { $0.code.description }.prefix(3)) == codes)
  }

  @Test func suggestsTheColumnThatWasMeant() {
    let found = faults { _ = try dataset(sixtyRows(), DatasetRecipe(target: "lable")) }
    #expect(found.first?.hint == "did you mean 'label'?")
    #expect(found.first?.field == "target")
  }

  @Test func leavesRowsWithoutATargetOutOfEverySplit() throws {
    let text = repeated(["no", "yes", ""])
    let made = try dataset(text, DatasetRecipe(target: "x"))
    for (row, split) in made.splits.enumerated() { #expect((split == nil) == (row % 3 == 2)) }
    #expect(made.findings.contains(.unlabelled(rows: 10)))
    #expect(made.labels(of: [2]) == .classes([-1]))
  }

  @Test func refusesAMissingOrNegativeWeight() {
    for (weight, code) in [("", "data.missing-value"), ("-1", "data.weight")] {
      let text = "x,y\n" + String(repeating: "1,1\n2,2\n", count: 20) + "3,\(weight)\n"
      let found = faults { _ = try dataset(text, DatasetRecipe(target: "x", weight: "y")) }
      #expect(found.map { $0.code.description } == [code])
      #expect(found.first?.message.contains("row 41") == true)
    }
  }

  @Test func takesFeaturesThatHaveNoOtherRole() throws {
    let recipe = DatasetRecipe(
      target: "label",
      columns: ["mark": .ignore],
      group: "site",
      time: "day",
      split: SplitRecipe(method: .group)
    )
    #expect(try dataset(sixtyRows(), recipe).features.map { $0.name } == ["size", "shape"])
  }
}
