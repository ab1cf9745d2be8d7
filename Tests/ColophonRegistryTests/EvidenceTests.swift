import ColophonCore
import ColophonLineage
import ColophonRegistry
import Testing

/// What the evidence of versions says, alone and side by side.
@Suite struct Evidence {
  /// A version with an evaluation, a test beside another model, and a finding about a group.
  private func version(_ number: Int, parameters: [String: Value], tested: Bool) throws
    -> RegisteredVersion
  {
    let fit = ["fit": Sample.content(number).cells[1].stamp]
    var content = Sample.content(number)
    content.cells.append(
      Sample.node(
        "by_region",
        "evaluate",
        inputs: fit,
        values: [
          "recall": .number(Double(number) / 10),
          "slice": [
            "region": [
              "north": ["recall": 0.5, "ci": ["recall": ["low": 0.4, "high": 0.6]]]
            ]
          ],
          "confusion": ["yes": ["no": 3]], "curve": [1, 2, 3],
        ],
        number: number
      )
    )
    content.evaluation.append("by_region")
    if tested {
      content.cells.append(
        Sample.node(
          "duel",
          "compare",
          inputs: fit,
          values: [
            "difference": 0.25, "low": 0.125, "high": 0.375, "p_value": 0.01, "best": "fit",
          ],
          number: number
        )
      )
      content.evaluation.append("duel")
    }
    content.cells.append(
      Sample.node(
        "fair",
        "bias",
        inputs: fit,
        values: ["post": ["DI": .number(Double(number))]],
        number: number
      )
    )
    content.evaluation.append("fair")
    return try registered(content, parameters: parameters, number)
  }

  /// The version that a registry makes of a content, under the number that is wanted.
  private func registered(
    _ content: VersionContent,
    parameters: [String: Value] = [:],
    _ number: Int
  ) throws -> RegisteredVersion {
    let sample = try SampleRegistry()
    var candidate = Sample.candidate(number, group: "churn")
    candidate.content = content
    candidate.source.parameters = parameters
    _ = try sample.registry.register(candidate, by: sample.hand()) { _, _ in
      GateDecision(status: .approved, reason: "")
    }
    return try sample.registry.show(VersionName("churn", 1))
  }

  @Test func standsWithItsIntervals() throws {
    let readings = try version(4, parameters: [:], tested: true).content.readings
    func interval(_ cell: String, _ path: String) -> [Double]? {
      readings.first { $0.cell == cell && $0.path == path }?.interval
    }
    #expect(interval("final", "roc_auc") == [0.004 - 0.02, 0.004 + 0.02])
    #expect(interval("by_region", "slice.region.north.recall") == [0.4, 0.6])
    #expect(interval("duel", "difference") == [0.125, 0.375])
    let paths = readings.map { $0.path }
    #expect(!paths.contains { $0.contains("confusion") || $0.contains("curve") })
    #expect(!paths.contains { $0.hasSuffix("low") || $0.hasSuffix("high") })
  }

  @Test func isComparedByKind() throws {
    let comparison = VersionComparison(
      try version(4, parameters: ["rounds": 20], tested: false),
      try version(5, parameters: ["rounds": 30], tested: true)
    )
    // Two cells measure, so each path says which.
    let metrics = Dictionary(uniqueKeysWithValues: comparison.metrics.map { ($0.path, $0) })
    #expect(metrics["by_region.recall"]?.was == 0.4 && metrics["by_region.recall"]?.now == 0.5)
    #expect(metrics["final.roc_auc"]?.nowInterval == [0.005 - 0.02, 0.005 + 0.02])
    #expect(comparison.slices.map { $0.path } == ["by_region.slice.region.north.recall"])
    #expect(comparison.parameters.map { $0.description } == ["rounds 20 \u{2192} 30"])
    let difference = try #require(comparison.tests.first { $0.path == "duel.difference" })
    #expect(difference.was == nil && difference.nowInterval == [0.125, 0.375])
    #expect(comparison.evidence.map { $0.path } == ["fair.post.DI"])
    #expect(!comparison.metrics.contains { $0.path.contains("p_value") })
  }

  @Test func ofOneCellNeedsNoName() throws {
    let (a, b) = (Sample.content(1), Sample.content(2))
    #expect(a.readings.allSatisfy { $0.cell == "final" })
    let comparison = VersionComparison(try registered(a, 1), try registered(b, 2))
    #expect(comparison.metrics.contains { $0.path == "roc_auc" })
    #expect(comparison.tests.isEmpty && comparison.evidence.isEmpty)
  }
}
