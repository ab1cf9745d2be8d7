import ColophonCore
import ColophonLineage
import Testing

@Suite struct StalenessTests {
  static let base = CellKey.sample()

  /// What changed since the last run, and the sentence that must be said.
  static let sentences: [(CellKey?, CellKey, Staleness.Found, String)] = [
    (base, base, .result, "kept: same 4 digests"),
    (nil, .sample(inputs: [:], files: [:]), .result, "kept: same 2 digests"),
    (nil, base, .nothing, "ran: first run"),
    (base, base, .notAsked, "ran: asked to run afresh"),
    (base, base, .damage, "ran: its stored result was damaged"),
    (base, base, .nothing, "ran: its result was no longer in the store"),
    (
      base, .sample(configuration: ["learning_rate": 0.2]), .nothing, "ran: learning_rate 0.1 → 0.2"
    ),
    (
      .sample(configuration: ["hyperparameters": ["eta": 0.1, "max_depth": 4]]),
      .sample(configuration: ["hyperparameters": ["eta": 0.2, "max_depth": 4]]), .nothing,
      "ran: hyperparameters.eta 0.1 → 0.2"
    ),
    (
      base, .sample(configuration: ["learning_rate": 0.1, "patience": 20]), .nothing,
      "ran: patience added: 20"
    ),
    (base, .sample(configuration: [:]), .nothing, "ran: learning_rate removed (was 0.1)"),
    (
      .sample(configuration: ["strategy": "Random"]),
      .sample(configuration: ["strategy": "Bayesian"]), .nothing, "ran: strategy Random → Bayesian"
    ),
    (
      .sample(configuration: "old"), .sample(configuration: "new"), .nothing,
      "ran: configuration changed"
    ),
    (
      base, .sample(files: ["data/x.csv": sha("y")]), .nothing,
      // The first eight digits of SHA-256 of "x" and of "y".
      "ran: data/x.csv changed (2d71 1642 → a1fc e436)"
    ),
    (
      base, .sample(files: ["data/x.csv": sha("x"), "data/z.csv": sha("z")]), .nothing,
      "ran: data/z.csv is read now"
    ),
    (base, .sample(files: [:]), .nothing, "ran: data/x.csv is no longer read"),
    (base, .sample(inputs: ["churn": sha("new")]), .nothing, "ran: input 'churn' changed"),
    (
      base, .sample(inputs: ["churn": sha("churn"), "b": sha("b")]), .nothing,
      "ran: input 'b' is new"
    ),
    (base, .sample(inputs: [:]), .nothing, "ran: input 'churn' is gone"),
    (base, .sample(build: sha("next build")), .nothing, "ran: new engine build"),
    (base, .sample(seed: 2), .nothing, "ran: seed 1 → 2"),
    (base, .sample(kind: "tune"), .nothing, "ran: kind train → tune"),
    (
      base, .sample(configuration: ["learning_rate": 0.2], seed: 2), .nothing,
      "ran: learning_rate 0.1 → 0.2; seed 1 → 2"
    ),
    (
      .sample(configuration: ["a": 1, "b": 1, "c": 1]),
      .sample(configuration: ["a": 2, "b": 2, "c": 2], build: sha("next")), .nothing,
      "ran: a 1 → 2; b 1 → 2; c 1 → 2 and 1 more"
    ),
    (
      base,
      .sample(
        kind: "tune",
        configuration: ["learning_rate": 0.2],
        seed: 2,
        inputs: ["churn": sha("new")],
        files: ["data/x.csv": sha("y")],
        build: sha("next")
      ), .nothing,
      "ran: kind train → tune; learning_rate 0.1 → 0.2; "
        + "data/x.csv changed (2d71 1642 → a1fc e436) and 3 more"
    ),
  ]

  @Test(arguments: sentences)
  func saysWhyACellRan(
    previous: CellKey?,
    present: CellKey,
    found: Staleness.Found,
    sentence: String
  ) {
    let staleness = Staleness.explain(previous: previous, present: present, found: found)
    #expect(staleness.description == sentence)
  }

  /// Each predicate, a change that it notices, and whether the others stay silent.
  @Test(arguments: [
    ("kind", CellKey.sample(kind: "tune")),
    ("settings", .sample(configuration: [:])),
    ("files", .sample(files: [:])),
    ("inputs", .sample(inputs: [:])),
    ("seed", .sample(seed: 2)),
    ("build", .sample(build: sha("next"))),
  ])
  func looksAtOneIngredientEach(name: String, changed: CellKey) {
    let predicates: [(String, (CellKey, CellKey) -> [Staleness.Reason])] = [
      ("kind", Staleness.kindChanged), ("settings", Staleness.settingsChanged),
      ("files", Staleness.filesChanged), ("inputs", Staleness.inputsChanged),
      ("seed", Staleness.seedChanged), ("build", Staleness.buildChanged),
    ]
    for (other, predicate) in predicates {
      #expect(predicate(StalenessTests.base, StalenessTests.base).isEmpty)
      #expect(predicate(StalenessTests.base, changed).isEmpty == (other != name), "\(other)")
    }
  }

  @Test(arguments: CellKeyTests.variants)
  func alwaysFindsAReasonForAnotherKey(variant: CellKey) {
    // A cell under another name has another history, so only the rest is compared.
    if variant.seed.cell != StalenessTests.base.seed.cell { return }
    let staleness = Staleness.explain(
      previous: StalenessTests.base,
      present: variant,
      found: .nothing
    )
    #expect(staleness != .ran([.resultGone]))
  }
}
