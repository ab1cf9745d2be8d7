import ColophonData
import ColophonEvaluation
import Testing

@Suite struct RefusedRows {
  private func problems(_ body: () throws -> Cases) -> [String] {
    do {
      _ = try body()
      return []
    } catch let error as InputProblems {
      return error.problems.map { $0.text(classes: ["a", "b", "c"]) }
    } catch {
      return ["\(error)"]
    }
  }

  @Test(arguments: [
    ([0.1, .nan, .infinity], "row 2 (and 1 more): the score is missing or not a number"),
    ([0.1, 0.2, -.infinity], "row 3: the score is infinite"),
  ])
  func nameTheFirstScoreThatIsNotFinite(scores: [Double], message: String) {
    let found = problems {
      try Cases(labels: .classes([0, 1, 1]), predictions: .binary(scores: scores))
    }
    #expect(found == [message])
  }

  @Test func nameAThirdLabel() {
    let found = problems {
      try Cases(labels: .classes([0, 2, -1]), predictions: .binary(scores: [0.1, 0.2, 0.3]))
    }
    #expect(found == ["row 2 (and 1 more): the label is none of the 2 classes"])
  }

  @Test func nameWeightsThatCannotBe() {
    func weighted(_ weights: [Double]) -> [String] {
      problems {
        try Cases(
          labels: .classes([0, 1]),
          predictions: .binary(scores: [0.1, 0.2]),
          weights: weights
        )
      }
    }
    #expect(weighted([1, -1]) == ["row 2: the weight -1.0 is not a number from 0 up"])
    #expect(weighted([.nan, 1]) == ["row 1: the weight NaN is not a number from 0 up"])
    #expect(weighted([0, 0]) == ["the data has weights that are all 0"])
    #expect(weighted([1]) == ["the data has 2 labels beside 1 weights"])
  }

  @Test func nameProbabilitiesThatDoNotAddUp() {
    func several(_ p: [Double]) -> [String] {
      problems {
        try Cases(
          labels: .classes([0, 1]),
          predictions: .multiclass(probabilities: p, classes: 3),
          classes: ["a", "b", "c"]
        )
      }
    }
    #expect(several([0.2, 0.3, 0.5, 0.1, 0.1, 0.8]) == [])
    #expect(several([0.2, 0.3, 0.5000009, 0.1, 0.1, 0.8]) == [])
    #expect(
      several([0.25, 0.25, 0.25, 0.1, 0.1, 0.8])
        == ["row 1 has probabilities that sum to 0.75, not 1"]
    )
    #expect(
      several([0.2, 0.3, 0.5, -0.5, 0.7, 0.8])
        == ["row 2: the probability of 'a' is -0.5, outside of 0 to 1"]
    )
    #expect(
      several([0.2, 0.3, 0.5, 1]) == ["the data has probabilities that don't fill whole rows"]
    )
  }

  @Test func nameTasksThatDoNotMatch() {
    #expect(
      problems { try Cases(labels: .numbers([1]), predictions: .binary(scores: [1])) }
        == ["the data has labels and predictions of different tasks"]
    )
  }

  @Test func tellWhichScoreIsNoProbability() throws {
    let cases = try Cases(
      labels: .classes([0, 1, 0, 1]),
      predictions: .binary(scores: [0.5, 9, 1.5, 0.2]),
      weights: [1, 0, 1, 1]
    )
    // Row 2 weighs nothing and is out; row 3 keeps its number.
    #expect(
      cases.probabilityProblem?.text() == "row 3: the score 1.5 is no probability from 0 to 1"
    )
    #expect(cases.count == 3)
  }
}
