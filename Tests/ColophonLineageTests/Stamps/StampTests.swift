import ColophonCore
import ColophonLineage
import Testing

@Suite struct StampTests {
  static let base = CellStamp(
    kind: "train",
    configuration: ["eta": 0.1],
    inputs: ["churn": sha("a")],
    files: ["x.csv": sha("x")],
    engine: "1.0.0",
    libraries: ["libxgboost": "1.7.4"],
    output: sha("model")
  )

  @Test func changesWithEveryIngredient() {
    var variants = Array(repeating: StampTests.base, count: 7)
    variants[0].kind = "tune"
    variants[1].configuration = ["eta": 0.2]
    variants[2].inputs = ["churn": sha("b")]
    variants[3].files = [:]
    variants[4].engine = "1.0.1"
    variants[5].libraries = ["libxgboost": "1.7.5"]
    variants[6].output = sha("other model")
    let digests = Set(variants.map { $0.digest } + [StampTests.base.digest])
    #expect(digests.count == 8)
  }

  @Test func stampsTheCellsOfAReportInOrder() {
    let notebook = sha("notebook")
    let ab = ReportStamp(notebook: notebook, cells: [sha("a"), sha("b")])
    let ba = ReportStamp(notebook: notebook, cells: [sha("b"), sha("a")])
    let other = ReportStamp(notebook: sha("edited"), cells: [sha("a"), sha("b")])
    #expect(Set([ab, ba, other]).count == 3)
    #expect(ab == ReportStamp(notebook: notebook, cells: [sha("a"), sha("b")]))
  }

  @Test func leavesAdviceOutOfTheOutput() {
    let plain = CellOutput.digest(artifact: sha("a"), values: ["x": 1], exhibits: [])
    #expect(plain != CellOutput.digest(artifact: nil, values: ["x": 1], exhibits: []))
    #expect(plain != CellOutput.digest(artifact: sha("a"), values: ["x": 2], exhibits: []))
    #expect(plain != CellOutput.digest(artifact: sha("a"), values: ["x": 1], exhibits: [1]))
  }

  @Test(
    arguments: [
      (Reproducibility.exact, [], Reproducibility.exact),
      (.exact, [.exact, .library], .library),
      (.library, [.exact], .library),
      (.exact, [.library, .external, .exact], .external),
      (.external, [.exact], .external),
    ] as [(Reproducibility, [Reproducibility], Reproducibility)]
  )
  func takesTheWeakestPromise(
    own: Reproducibility,
    inputs: [Reproducibility],
    expected: Reproducibility
  ) {
    #expect(Reproducibility.weakest(own, inputs) == expected)
  }
}
