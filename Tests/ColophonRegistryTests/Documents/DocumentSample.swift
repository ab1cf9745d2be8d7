import ColophonCore
import ColophonLineage
import ColophonRegistry
import Foundation

/// A small registered model with everything that a document may tell of: data with columns and parts,
/// slices, intervals, an audit for bias, a gate, decisions, a second run.
struct DocumentSample {
  static let table = """
    age,income,region,left
    31,2400.5,north,no
    45,3100,south,yes
    52,2800.25,north,no
    23,1900,east,yes
    38,2600,south,no
    61,4100,north,yes
    29,2050,east,no
    47,3300.75,south,yes

    """

  static let notebook = """
    ---
    title: Who leaves & why
    authors: [Ada Lovelace, "Grace <Hopper>"]
    abstract: Eight people, one straight line.
    ---

    # Who leaves

    """

  static let model = "a model's bytes\n"
  static let report = "<!doctype html><title>Who leaves</title>\n"

  let sample: SampleRegistry
  let subject: DocumentSubject

  init(status: VersionStatus = .approved) throws {
    sample = try SampleRegistry()
    let hand = sample.hand()
    var candidate = Candidate(
      group: "leavers",
      content: DocumentSample.content,
      source: VersionSource(
        path: "notebooks/leavers.md",
        title: "Who leaves & why",
        text: DocumentSample.notebook,
        parameters: ["rounds": 40, "note": "a \"quoted\" note"],
        seed: 7,
        cell: "release"
      )
    )
    candidate.alias = "champion"
    _ = try sample.registry.register(candidate, by: hand) { _, _ in
      DocumentSample.decision(status)
    }
    let name = VersionName("leavers", 1)
    try sample.registry.note(
      verdict: "identical",
      document: "{}",
      of: name,
      by: sample.hand("grace")
    )
    let version = try sample.registry.show(name)
    var subject = DocumentSubject(
      version,
      notebook: .init(
        path: "notebooks/leavers.md",
        title: "Who leaves & why",
        text: DocumentSample.notebook,
        authors: ["Ada Lovelace", "Grace <Hopper>"],
        abstract: "Eight people, one straight line."
      )
    )
    subject.license = "https://creativecommons.org/licenses/by/4.0/"
    self.subject = subject
  }

  /// The run that the version came from, as a report tells of it.
  var run: DocumentSubject {
    var run = subject
    run.version = nil
    run.name = "output/leavers.html"
    run.report = .init(
      path: "output/leavers.html",
      digest: Digest(of: DocumentSample.report.utf8)
    )
    return run
  }

  /// The same run, had a cell failed.
  var failedRun: DocumentSubject {
    var failed = run
    failed.failed = ["release"]
    return failed
  }

  private static func decision(_ status: VersionStatus) -> GateDecision {
    GateDecision(
      status: status,
      reason: "all 2 conditions hold",
      conditions: [
        .init(
          list: "reject_if",
          text: "final.recall < 50 %",
          holds: status == .rejected,
          readings: ["final.recall": "0.75"]
        ),
        .init(
          list: "approve_if",
          text: "final.ci.roc_auc.low > 0.6",
          holds: status == .approved,
          readings: ["final.ci.roc_auc.low": "0.625"]
        ),
      ]
    )
  }

  private static var content: VersionContent {
    let data = Sample.node(
      "people",
      "dataset",
      files: ["data/people.csv": Digest(of: table.utf8)],
      configuration: ["source": "data/people.csv", "target": "left"],
      values: people,
      artifact: "dataset",
      number: 0
    )
    let model = node(
      "fit",
      "train",
      [data],
      configuration: [
        "algorithm": "linear_learner", "data": "people",
        "hyperparameters": ["alpha": 0.01, "l1_ratio": 0],
      ],
      values: ["parameters": 4, "epochs": 12],
      artifact: .init(digest: Digest(of: DocumentSample.model.utf8), kind: "model")
    )
    let final = node("final", "evaluate", [model], values: evaluation)
    let audit = node("fairness", "bias", [model], values: bias)
    return VersionContent(
      engine: Sample.engine,
      model: "fit",
      evaluation: ["final", "fairness"],
      cells: [data, model, final, audit],
      gate: .init(approveIf: ["final.ci.roc_auc.low > 0.6"], rejectIf: ["final.recall < 50 %"]),
      card: .init(
        description: "A straight line over four columns.",
        intendedUse: "To decide whom to call; never whom to dismiss.",
        limitations: "Learned from eight people."
      )
    )
  }

  private static func node(
    _ name: String,
    _ kind: String,
    _ inputs: [LineageNode],
    configuration: Value = [:],
    values: Value,
    artifact: StoredOutcome.Artifact? = nil
  ) -> LineageNode {
    let output = CellOutput.digest(artifact: artifact?.digest, values: values, exhibits: [])
    let stamps = Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, $0.stamp) })
    let libraries = kind == "train" ? ["xgboost": "1.7.4"] : [:]
    let stamp = CellStamp(
      kind: kind,
      configuration: configuration,
      inputs: stamps,
      files: [:],
      engine: Sample.engine,
      libraries: libraries,
      output: output
    )
    return LineageNode(
      name: name,
      kind: kind,
      stamp: stamp.digest,
      inputs: stamps,
      configuration: configuration,
      output: output,
      artifact: artifact,
      libraries: libraries,
      values: values
    )
  }

  private static let people: Value = [
    "rows": 8, "columns": 4, "task": "binary", "classes": ["no": 4, "yes": 4],
    "split": ["train": ["rows": 4], "validation": ["rows": 2], "test": ["rows": 2]],
    "column": [
      "age": ["count": 8, "missing": 0, "mean": 40.75], "income": ["count": 8, "mean": 2781.4375],
      "region": ["count": 8, "levels": ["north": 3, "south": 3, "east": 2]],
      "left": ["count": 8, "levels": ["no": 4, "yes": 4]],
    ],
  ]

  private static let evaluation: Value = [
    "rows": 8, "threshold": 0.5, "roc_auc": 0.8125, "recall": 0.75, "precision": .number(.nan),
    "ci": ["roc_auc": ["low": 0.625, "high": 0.9375]],
    "slice": [
      "region": [
        "north": ["rows": 3, "roc_auc": 0.75], "south": ["rows": 3, "roc_auc": 0.5],
      ]
    ],
  ]

  private static let bias: Value = [
    "rows": 8, "four_fifths": true, "pre": ["DPL": 0.125], "post": ["DI": 0.875, "DPPL": 0.0625],
    "ci": ["post": ["DI": ["low": 0.5, "high": 1.25]]],
  ]
}
