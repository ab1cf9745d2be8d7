import ColophonCore
import ColophonLineage

/// A digest that is easy to make up: of the text itself.
func sha(_ text: String) -> Digest { Digest(of: text.utf8) }

extension CellKey {
  /// The key of a training cell, with what a test cares about.
  static func sample(
    kind: String = "train",
    configuration: Value = ["learning_rate": 0.1],
    seed: UInt64 = 1,
    inputs: [String: Digest] = ["churn": sha("churn")],
    files: [String: Digest] = ["data/x.csv": sha("x")],
    build: Digest = sha("build"),
    cell: String = "fit"
  ) -> CellKey {
    CellKey(
      kind: kind,
      configuration: configuration,
      seed: Seed(root: seed, cell: cell),
      inputs: inputs,
      files: files,
      build: build
    )
  }
}

extension StoredOutcome {
  /// The outcome of a key, with its artifact written to the store.
  static func sample(
    _ key: CellKey,
    artifact: String? = "weights",
    values: Value = ["test": ["roc_auc": 0.97]],
    in store: Store
  ) throws -> StoredOutcome {
    let object = try artifact.map { try store.write(Array($0.utf8)) }
    return StoredOutcome(
      key: key.digest,
      kind: key.kind,
      cell: key.seed.cell,
      output: CellOutput.digest(artifact: object, values: values, exhibits: []),
      artifact: object.map { Artifact(digest: $0, kind: "model") },
      values: values,
      files: key.files,
      libraries: ["libxgboost": "1.7.4"],
      reproducibility: .library,
      work: 12.5
    )
  }
}

extension Store {
  /// Writes and records a made-up result.
  @discardableResult
  func recordSample(
    _ key: CellKey,
    artifact: String? = "weights",
    values: Value = ["test": ["roc_auc": 0.97]],
    notebook: String = "a.md"
  ) throws -> StoredOutcome {
    let outcome = try StoredOutcome.sample(key, artifact: artifact, values: values, in: self)
    return try record(outcome, key: key, notebook: notebook, cell: key.seed.cell)
  }
}

extension Manifest {
  static let sampleSource = "# Who will leave?\n"

  /// A record of two cells, `churn` and `fit`.
  static func sample(
    source: String = sampleSource,
    parameters: [String: Value] = ["rounds": 300],
    seed: UInt64 = 20,
    version: String = "1.0.0",
    libraries: [String: String] = ["libxgboost": "1.7.4"],
    fit: (inout Cell) -> Void = { _ in },
    churn: (inout Cell) -> Void = { _ in }
  ) -> Manifest {
    var data = Cell(
      name: "churn",
      kind: "dataset",
      stamp: sha("churn stamp"),
      files: ["data/telco.csv": sha("telco")],
      configuration: ["source": "data/telco.csv"],
      output: sha("churn output"),
      values: ["rows": 569, "classes": ["Yes": 212, "No": 357]]
    )
    var model = Cell(
      name: "fit",
      kind: "train",
      stamp: sha("fit stamp"),
      inputs: ["churn": sha("churn stamp")],
      files: [:],
      configuration: ["algorithm": "xgboost", "hyperparameters": ["eta": 0.1]],
      output: sha("fit output"),
      reproducibility: .library,
      values: ["test": ["roc_auc": 0.971]],
      advice: [Advice(code: "train.no-seed", message: "no seed is set", line: 9, column: 3)]
    )
    churn(&data)
    fit(&model)
    return Manifest(
      notebook: Notebook(
        path: "notebooks/churn.md",
        digest: sha(source),
        title: "Who will leave?",
        source: source
      ),
      parameters: parameters,
      seed: seed,
      engine: Engine(version: version, libraries: libraries),
      cells: [data, model]
    )
  }
}
