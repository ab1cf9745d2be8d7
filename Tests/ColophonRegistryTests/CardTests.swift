import ColophonCore
import ColophonLineage
import ColophonRegistry
import Testing

/// The card that the evidence of a version makes, without the model or the store.
@Suite struct VersionCards {
  private static let people = Sample.node(
    "people",
    "dataset",
    configuration: [
      "target": "left", "positive": "no", "weight": "w", "columns": ["code": "category"],
    ],
    values: [
      "rows": 10, "task": "binary", "classes": ["no": 4, "yes": 6],
      "split": ["train": ["rows": 7], "validation": ["rows": 0], "test": ["rows": 3]],
      "column": [
        "age": ["mean": 41.5, "missing": 2], "code": ["missing": 0], "left": ["missing": 0],
        "w": ["mean": 1.5, "missing": 0],
      ],
    ],
    artifact: "dataset",
    number: 0
  )

  private static let judges: [LineageNode] = [
    Sample.node(
      "final",
      "evaluate",
      configuration: ["model": "fit", "split": "test"],
      values: [
        "rows": 3, "roc_auc": 0.8, "class": ["no": ["f1": 0.5]],
        "ci": [
          "roc_auc": ["low": 0.7, "high": 0.9], "class": ["no": ["f1": ["low": 0.4, "high": 0.6]]],
        ],
        "slice": [
          "code": ["a": ["rows": 2, "roc_auc": 0.6, "ci": ["roc_auc": ["low": 0.5, "high": 0.7]]]]
        ],
      ],
      number: 1
    ),
    Sample.node("audit", "bias", values: ["four_fifths": true, "post": ["DI": 0.9]], number: 2),
    Sample.node(
      "duel",
      "compare",
      values: ["best": "fit", "p_value": 0.01, "challenger": ["fit": ["p_value": 0.01]]],
      number: 3
    ),
    Sample.node("cv", "crossvalidate", values: ["roc_auc": ["mean": 0.8, "std": 0.1]], number: 4),
    Sample.node("why", "explain", values: ["importance": ["age": 0.1, "code": 0.4]], number: 5),
    Sample.node("later", "drift", values: ["drifted": false, "age": ["psi": 0.01]], number: 6),
    Sample.node("other", "simulate", values: ["mfu": 0.4], number: 7),
  ]

  private static func card(model: LineageNode) -> ModelCard {
    ModelCard(
      of: VersionContent(
        engine: Sample.engine,
        model: model.name,
        evaluation: judges.map { $0.name },
        cells: [people, model] + judges,
        card: .init(description: "Who leaves.", intendedUse: "Calls.", limitations: "One spring.")
      ),
      in: "churn",
      number: 3
    )
  }

  private static func trained(_ name: String = "fit") -> LineageNode {
    Sample.node(
      name,
      "train",
      inputs: ["people": people.stamp],
      configuration: ["algorithm": "xgboost", "data": "people", "hyperparameters": ["eta": 0.1]],
      values: ["parameters": 12],
      artifact: "model",
      number: 9
    )
  }

  @Test func gatherWhatTheEvidenceTells() throws {
    let model = VersionCards.trained()
    let card = VersionCards.card(model: model)
    #expect(
      card.identity
        == .init(
          name: "churn",
          digest: try #require(model.artifact).digest.description,
          version: "3",
          algorithm: "xgboost",
          task: "binary",
          target: "left",
          // The positive label is the last.
          classes: ["yes", "no"],
          parameters: 12
        )
    )
    #expect(card.statement.intendedUse == "Calls." && card.statement.limitations == "One spring.")
    #expect(card.training == [.init("hyperparameters.eta", 0.1)])
    #expect(card.gaps.isEmpty)
    let data = try #require(card.data)
    #expect(data.rows == 10 && data.parts == [.init("train", rows: 7), .init("test", rows: 3)])
    #expect(
      data.columns == [
        .init("age", type: "numeric", role: "feature", missing: 2),
        .init("code", type: "category", role: "feature"),
        .init("left", type: "category", role: "target"),
        .init("w", type: "numeric", role: "weight"),
      ]
    )
  }

  @Test func tellMetricsAndSlicesWithTheirIntervals() throws {
    let card = VersionCards.card(model: VersionCards.trained())
    let final = try #require(card.evaluations.first)
    #expect(card.evaluations.count == 1 && final.data == "the test part of people")
    #expect(
      final.measures == [
        .init("roc_auc", 0.8, low: 0.7, high: 0.9), .init("class.no.f1", 0.5, low: 0.4, high: 0.6),
      ]
    )
    let slice = try #require(final.slices.first)
    #expect(slice.rows == 2 && slice.measures == [.init("roc_auc", 0.6, low: 0.5, high: 0.7)])
    #expect(card.audits.map { $0.meetsFourFifths } == [true])
  }

  @Test func tellWhatOtherCellsFound() {
    let card = VersionCards.card(model: VersionCards.trained())
    let told = card.findings.map {
      "\($0.kind): " + $0.settings.map { $0.name }.joined(separator: " ")
    }
    #expect(
      told == [
        "compare: best p_value", "crossvalidate: roc_auc.mean roc_auc.std",
        "explain: importance.code importance.age", "drift: drifted",
      ]
    )
  }

  /// A tuning's model was trained by its template, with what the search chose.
  @Test func tellWhatATuningChose() {
    let tuned = Sample.node(
      "search",
      "tune",
      inputs: ["people": VersionCards.people.stamp],
      configuration: [
        "strategy": "Random", "max_jobs": 20, "objective": ["metric": "validation:roc_auc"],
        "train": [
          "cell": "fit",
          "configuration": [
            "algorithm": "xgboost", "data": "people", "hyperparameters": ["eta": 0.1, "gamma": 0],
          ],
        ],
      ],
      values: ["best": ["hyperparameters": ["eta": 0.3]]],
      artifact: "model",
      number: 8
    )
    let card = VersionCards.card(model: tuned)
    #expect(card.identity.algorithm == "xgboost")
    #expect(
      card.training == [
        .init("hyperparameters.eta", 0.3), .init("hyperparameters.gamma", 0),
        .init("tuning.strategy", "Random"), .init("tuning.max_jobs", 20),
        .init("tuning.objective.metric", "validation:roc_auc"),
      ]
    )
  }

  @Test func sayWhatNobodyStated() {
    let card = ModelCard(of: Sample.content(4), in: "churn", number: 1)
    #expect(
      card.gaps == [
        "an intended use", "limitations", "the data it learned from", "an audit for bias",
      ]
    )
  }
}
