import ColophonCells
import ColophonCore
import ColophonData
import ColophonReport
import Testing

/// Clusters made elsewhere, measured.
extension EvaluateCells {
  static let clusters = """
    x,y,group,kind,w
    0,0,a,p,1
    1,0,a,p,2
    0,1,a,q,1
    9,9,b,q,1
    9,8,b,q,0
    """

  /// Runs an evaluate cell over clusters made elsewhere.
  private func evaluateClusters(
    _ more: [String: Value] = [:],
    _ fields: [String: Value] = [:],
    text: String = clusters
  ) throws -> (outcome: Outcome, cell: EvaluateKind, diagnostics: [Diagnostic]) {
    var section: [String: Value] = [
      "file": "p.csv", "features": ["x", "y"], "cluster": "group",
    ]
    section.merge(more) { _, new in new }
    var reader = FieldReader(
      Config(["predictions": .object(section)]).entries
        + fields.sorted { $0.key < $1.key }.flatMap { Config([$0.key: $0.value]).entries },
      context: "a cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    let cell = EvaluateKind(reading: &reader)
    let outcome = try run(cell, FolderSupply(files: ["p.csv": Array(text.utf8)]))
    return (outcome, cell, reader.diagnostics)
  }

  @Test func measureClusters() throws {
    let (outcome, cell, _) = try evaluateClusters(["label": "kind", "weight": "w"])
    // Means (0.5, 0.25) and (9, 9): 0.3125 + 2 · 0.3125 + 0.8125 + 0.
    #expect(value(outcome, "inertia")?.asNumber == 1.75)
    #expect(value(outcome, "purity")?.asNumber == 0.8)
    #expect(value(outcome, "clusters") == .integer(2))
    #expect(value(outcome, "cluster", "a", "rows") == .integer(3))
    #expect(value(outcome, "cluster", "b", "silhouette")?.asNumber == 0)
    for leaf in leaves(.object(outcome.values), []) {
      #expect(cell.values.contains { $0.matches(leaf) }, "\(leaf)")
    }
    let bare = try evaluateClusters().outcome
    #expect(value(bare, "silhouette")?.asNumber != nil)
    #expect(value(bare, "purity") == nil)
  }

  @Test func refuseClustersThatCannotBeMeasured() {
    for (text, words) in [
      ("x,y,group\n0,,a\n1,1,b\n", "row 1 has no finite number in 'y'"),
      ("x,y,group\n0,1,\n1,1,b\n", "row 1: the prediction (column 'group') is missing"),
      ("x,y,group\n0,z,a\n1,1,b\n", "'z'"),
      ("x,group\n0,a\n1,b\n", "has no column 'y'"),
    ] {
      #expect {
        _ = try evaluateClusters(text: text)
      } throws: { error in
        "\(error)".contains(words)
      }
    }
    #expect(throws: CellFailure.self) {
      try evaluateClusters([:], ["metrics": ["purity"]])
    }
  }

  /// Distances between rows alone have no interval: a row drawn twice would be its own neighbour.
  @Test func giveClustersIntervalsButForSilhouettes() throws {
    let labelled: [String: Value] = ["label": "kind"]
    let many = (0..<60).map { row in
      let isFirst = row % 3 == 0
      return "\(row % 7 + (isFirst ? 0 : 9)),\(row % 5),\(isFirst ? "a" : "b"),"
        + "\(row % 6 == 0 ? "p" : "q"),1\n"
    }
    let text = "x,y,group,kind,w\n" + many.joined()
    let (outcome, cell, _) = try evaluateClusters(
      labelled,
      ["confidence": ["resamples": 200]],
      text: text
    )
    for name in ["inertia", "davies_bouldin", "calinski_harabasz", "adjusted_rand", "purity"] {
      let low = value(outcome, "ci", name, "low")?.asNumber
      let high = value(outcome, "ci", name, "high")?.asNumber
      let middle = try #require(value(outcome, name)?.asNumber)
      #expect(low.map { $0 < middle } == true && high.map { middle < $0 } == true, "\(name)")
    }
    #expect(value(outcome, "silhouette")?.asNumber != nil)
    #expect(value(outcome, "ci", "silhouette", "low") == .null)
    for leaf in leaves(.object(outcome.values), []) {
      #expect(cell.values.contains { $0.matches(leaf) }, "\(leaf)")
    }
    let alone = try #expect(throws: CellFailure.self) {
      try evaluateClusters(
        [:],
        ["confidence": ["resamples": 100], "metrics": ["silhouette"]],
        text: text
      )
    }
    #expect(alone?.message.contains("'silhouette' has no interval") == true)
  }

  @Test func needFeaturesAndClustersTogether() {
    for half: [String: Value] in [
      ["file": "p.csv", "cluster": "group"], ["file": "p.csv", "features": ["x"], "label": "kind"],
    ] {
      let (_, _, found) = read(EvaluateKind.self, ["predictions": .object(half)])
      #expect(found.contains { $0.code == "evaluate.predictions" })
    }
  }
  static let lists = """
    q,truth,score,w
    a,0,0.9,1
    b,2,0.5,2
    a,1,0.8,1
    b,0,0.5,2
    a,3,0.1,1
    c,0,0.4,1
    """
}
