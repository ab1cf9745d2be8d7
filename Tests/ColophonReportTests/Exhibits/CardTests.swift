import ColophonCore
import ColophonReport
import Testing

@Suite struct ModelCards {
  @Test func sayWhatTheyLack() {
    #expect(SampleCard.card.gaps.isEmpty)
    #expect(SampleCard.bare.gaps.count == 5)
  }

  @Test func areTheSameAfterTheStore() throws {
    let value = try SampleCard.card.value
    #expect(try value.decode(ModelCard.self) == SampleCard.card)
  }

  @Test func readAnEvaluationsValues() throws {
    let facts = try #require(
      ModelCard.EvaluationFacts(
        "final",
        values: [
          "rows": 90, "threshold": 0.4, "roc_auc": 0.8, "f1": .null,
          "ci": ["roc_auc": ["low": 0.7, "high": 0.9]],
          "confusion": ["no": ["no": 4]],
          "slice": ["plan": ["a": ["rows": 40, "roc_auc": 0.75]]],
        ]
      )
    )
    #expect(facts.measures.map { $0.name } == ["f1", "roc_auc"])
    #expect(facts.measures[1].low == 0.7 && facts.measures[0].value == nil)
    #expect(facts.rows == 90 && facts.threshold == 0.4)
    #expect(facts.slices.map { $0.rows } == [40])
    #expect(ModelCard.EvaluationFacts("x", values: ["rows": 3]) == nil)
  }

  @Test func readAnAuditsValues() throws {
    let facts = try #require(
      ModelCard.AuditFacts(
        "audit",
        values: [
          "rows": 9, "four_fifths": false, "pre": ["CI": 0.1], "post": ["DI": 0.7, "TE": .null],
          "ci": ["post": ["DI": ["low": 0.6, "high": 0.8]]],
        ]
      )
    )
    #expect(facts.meetsFourFifths == false && facts.predictions[0].high == 0.8)
    #expect(facts.labels.map { $0.name } == ["CI"])
    #expect(ModelCard.AuditFacts("x", values: ["rows": 3]) == nil)
  }
}

@Suite struct GroupedBars {
  @Test func tellTheirNumbers() {
    let data = Chart.groupedBar(SampleCard.plans).data()
    #expect(data.columns.map { $0.header } == ["group", "reference", "now"])
    #expect(data.rows[3][1] == .missing)
    let rates = Chart.groupedBar(SampleCard.rates).data()
    #expect(rates.columns.map { $0.header } == ["group", "accepted", "note"])
  }
}
