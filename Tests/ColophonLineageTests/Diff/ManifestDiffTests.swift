import ColophonCore
import ColophonLineage
import Testing

@Suite struct ManifestDiffTests {
  @Test func hasNothingToSayOfTheSameReport() {
    let diff = ManifestDiff(.sample(), .sample())
    #expect(diff.isEmpty)
    let words = StampWords(Manifest.sample().stamp)
    #expect(diff.text == "the two reports carry the same stamp: \(words)\n")
  }

  @Test func showsEverythingThatChangedSideBySide() {
    let now = Manifest.sample(
      source: "# Who left?\n",
      parameters: ["rounds": 500, "budget": 40],
      seed: 21,
      version: "1.1.0",
      libraries: ["libxgboost": "1.7.4", "zlib": "1.3"],
      fit: {
        $0.configuration = ["algorithm": "xgboost", "hyperparameters": ["eta": 0.2]]
        $0.values = ["test": ["roc_auc": 0.969], "epochs": 12]
        $0.stamp = sha("x")
      },
      churn: { $0.files = ["data/telco.csv": sha("y")] }
    )
    let diff = ManifestDiff(.sample(), now)
    let digests = (sha(Manifest.sampleSource).short, sha("# Who left?\n").short)
    let stamps = "\(StampWords(Manifest.sample().stamp)) → \(StampWords(now.stamp))"
    #expect(
      diff.text == """
        \(stamps)

        notebook
          digest \(digests.0) → \(digests.1)

        parameters
          budget –   → 40
          rounds 300 → 500 (+200)
          seed   20  → 21  (+1)

        configuration
          fit.hyperparameters.eta 0.1 → 0.2 (+0.1)

        data
          data/telco.csv \(sha("telco").short) → a1fc e436

        engine
          libraries.zlib –     → '1.3'
          version        1.0.0 → 1.1.0

        results
          fit.epochs       –     → 12
          fit.test.roc_auc 0.971 → 0.969 (−0.002)

        """
    )
  }

  @Test func namesCellsThatOnlyOneReportHas() {
    let whole = Manifest.sample()
    let half = Manifest(
      notebook: whole.notebook,
      parameters: whole.parameters,
      seed: whole.seed,
      engine: whole.engine,
      cells: [whole.cells[0]]
    )
    let diff = ManifestDiff(whole, half)
    #expect(diff.lines(of: .cells).map { $0.path } == ["fit"])
    #expect(diff.lines(of: .cells).first?.now == nil)
    #expect(diff.lines(of: .results).isEmpty)
    #expect(ManifestDiff(half, whole).lines(of: .cells).first?.was == nil)
  }

  @Test func tellsThatAnOutputChangedUnderEqualValues() {
    let diff = ManifestDiff(.sample(), .sample(fit: { $0.output = sha("x") }))
    #expect(diff.lines.map { $0.path } == ["fit (output)"])
  }

  @Test func saysTheSameToScripts() throws {
    let diff = ManifestDiff(.sample(), .sample(parameters: ["rounds": 500]))
    let line = try #require(diff.value["parameters"]?.asArray?.first)
    #expect(line == ["path": "rounds", "was": 300, "now": 500, "step": .number(200)])
    #expect(diff.value["results"] == [])
  }

  @Test func comparesFilesWithoutConfigurations() throws {
    let file = try Manifest(json: Array(try Manifest.sample().fileText().utf8))
    #expect(ManifestDiff(file, .sample()).lines.isEmpty)
  }
}
