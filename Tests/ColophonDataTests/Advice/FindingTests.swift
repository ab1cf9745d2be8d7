import ColophonCore
import ColophonData
import Testing

@Suite struct FindingTraps {
  private func rows(_ count: Int, _ line: (Int) -> String, head: String) -> String {
    head + "\n" + (0..<count).map { line($0) + "\n" }.joined()
  }

  @Test func findsRowsThatStandInTwoSplits() throws {
    let text = "x,y,part\n1,a,train\n2,b,train\n1,a,test\n1,a,test\n2,a,test\n2,b,validation\n"
    let made = try dataset(
      text,
      DatasetRecipe(target: "y", split: SplitRecipe(method: .column("part")))
    )
    #expect(
      made.repeatedRows == [
        .repeatedRows(first: .train, second: .validation, rows: 1, example: [1, 5]),
        .repeatedRows(first: .train, second: .test, rows: 2, example: [0, 2]),
      ]
    )
  }

  @Test func findsAFeatureThatTellsTheTarget() throws {
    let head = "y,cut,same,noise,kind"
    let text = rows(
      200,
      {
        "\($0 % 2),\($0 % 2 * 1000 + $0),\($0 % 2 == 0 ? "p" : "q"),\($0 * 7919 % 200 / 2),\($0 / 2 % 3)k"
      },
      head: head
    )
    let made = try dataset(text, DatasetRecipe(target: "y"))
    #expect(
      made.tellingFeatures == [
        .tellsTarget(column: "cut", score: 1), .tellsTarget(column: "same", score: 1),
      ]
    )
  }

  @Test func findsAColumnThatIsTheNumberInAnotherUnit() throws {
    let text = rows(
      100,
      { "\($0 * 31 % 100),\(Double($0 * 31 % 100) * 2.54 + 1),\($0 * 17 % 100)" },
      head: "y,inches,other"
    )
    let made = try dataset(text, DatasetRecipe(target: "y"))
    let columns = made.tellingFeatures.map { finding -> String in
      if case .tellsTarget(let column, _) = finding { column } else { "" }
    }
    #expect(columns == ["inches"])
  }

  @Test func findsIdentifiers() throws {
    let text = rows(
      40,
      { "\(1000 + $0 * 7 % 40),c\($0),\($0 * 3),\(Double($0) + 0.5),\($0 * $0 * 3)" },
      head: "number,code,steps,half,customer_id"
    )
    let made = try dataset(text, DatasetRecipe(columns: ["code": .category]))
    let columns = made.identifiers.map { finding -> String in
      if case .identifier(let column) = finding { column } else { "" }
    }
    // Steps of three don't fill their range, halves are no whole numbers.
    #expect(columns == ["number", "code", "customer_id"])
  }

  @Test func saysNothingOfHonestData() throws {
    let made = try dataset(sixtyRows(), DatasetRecipe(target: "label"))
    #expect(made.tellingFeatures.isEmpty && made.identifiers.isEmpty)
  }
}
