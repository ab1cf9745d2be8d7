import ColophonCells
import ColophonCore
import ColophonReport
import Testing

@Suite struct RequireCells {
  private let supply = FolderSupply(
    made: [
      "final": ["roc_auc": 0.91, "log_loss": .number(.infinity), "f1": .null, "best": "search"]
    ]
  )

  private func require(_ conditions: [String]) throws -> Outcome {
    let (cell, _, found) = read(
      RequireKind.self,
      ["conditions": .array(conditions.map { .string($0) })]
    )
    #expect(found.isEmpty)
    return try run(cell, supply)
  }

  @Test func countWhatHolds() throws {
    let outcome = try require([
      "final.roc_auc >= 0.9", "final.roc_auc > 95 %", "final.best == \"search\"",
    ])
    #expect(outcome.verdict == Verdict(held: 2, total: 3))
    #expect(outcome.values["passed"] == .boolean(false))
    guard case .requirements(let shown)? = outcome.exhibits.first else {
      Issue.record("no requirements are shown")
      return
    }
    #expect(shown.map { $0.holds } == [true, false, true])
    #expect(shown[0].condition == "final.roc_auc >= 0.9")
    #expect(shown[0].values == [Requirement.Reading(path: "final.roc_auc", value: "0.91")])
  }

  @Test(arguments: [
    ("final.f1 > 0.5", "'final.f1' is missing"),
    ("final.nothing > 1", "'final.nothing' is missing"),
    ("final.log_loss < 1", "'final.log_loss' is not finite"),
    ("final.best > 1", "a number is needed here"),
  ])
  func failWhereNothingCanBeDecided(condition: String, words: String) {
    #expect { try require(["final.roc_auc > 0", condition]) } throws: { "\($0)".contains(words) }
  }

  @Test func tellEveryConditionThatCannotBeDecided() {
    #expect { try require(["final.f1 > 0", "final.log_loss < 1"]) } throws: { error in
      "\(error)".contains("final.f1") && "\(error)".contains("final.log_loss")
    }
  }

  @Test func letAnAuthorAskWhatIsMissing() throws {
    let outcome = try require(["final.f1 is missing or final.f1 > 0.5"])
    #expect(outcome.verdict == Verdict(held: 1, total: 1))
  }

  @Test func beWrittenAsAList() {
    #expect(RequireKind.listField == "conditions")
    let place = SourcePosition(path: "n.md", line: 3, column: 1)
    let (recipe, found) = CellRecipe.read(
      RequireKind.self,
      Node(
        .sequence([
          Node(.string("final.roc_auc > 0.5"), text: "final.roc_auc > 0.5", at: place)
        ]),
        at: place
      ),
      at: place
    )
    #expect(found == [])
    #expect(recipe.references.map { $0.cell.value } == ["final"])
    #expect(recipe.valueUses.map { $0.path.description } == ["final.roc_auc"])
  }

  @Test func needACondition() {
    let (_, _, none) = read(RequireKind.self, [:])
    #expect(none.map { $0.code } == ["cell.missing-field"])
    let (_, _, empty) = read(RequireKind.self, ["conditions": []])
    #expect(empty.map { $0.code } == ["require.empty"])
  }
}
