import ColophonCore
import ColophonLineage
import ColophonRegistry

/// A made-up model with a closed lineage: a dataset, a model trained on it, an evaluation.
enum RegistrySample {
  static let engine = "1.0.0"

  /// The content of a number; equal numbers, equal contents.
  static func content(_ number: Int) -> VersionContent {
    let data = node(
      "people",
      "dataset",
      files: ["data/people.csv": Digest(of: "rows".utf8)],
      artifact: "dataset",
      number: 0
    )
    let model = node(
      "fit",
      "train",
      inputs: ["people": data.stamp],
      configuration: ["eta": .number(Double(number) / 16)],
      artifact: "model",
      number: number
    )
    let auc = Double(number % 1000) / 1000
    let final = node(
      "final",
      "evaluate",
      inputs: ["fit": model.stamp],
      values: ["roc_auc": .number(auc), "ci": ["roc_auc": ["low": .number(auc - 0.02)]]],
      number: number
    )
    return VersionContent(
      engine: engine,
      model: "fit",
      evaluation: ["final"],
      cells: [data, model, final]
    )
  }

  private static func node(
    _ name: String,
    _ kind: String,
    inputs: [String: Digest] = [:],
    files: [String: Digest] = [:],
    configuration: Value = [:],
    values: Value = [:],
    artifact: String? = nil,
    number: Int
  ) -> LineageNode {
    let made = artifact.map {
      StoredOutcome.Artifact(digest: Digest(of: "\(name) \(number)".utf8), kind: $0)
    }
    let output = CellOutput.digest(artifact: made?.digest, values: values, exhibits: [])
    let stamp = CellStamp(
      kind: kind,
      configuration: configuration,
      inputs: inputs,
      files: files,
      engine: engine,
      output: output
    )
    return LineageNode(
      name: name,
      kind: kind,
      stamp: stamp.digest,
      inputs: inputs,
      files: files,
      configuration: configuration,
      output: output,
      artifact: made,
      values: values
    )
  }

  static func candidate(_ number: Int, group: String) -> Candidate {
    Candidate(
      group: group,
      content: content(number),
      source: VersionSource(
        path: "study.md",
        title: "A study",
        text: "# A study\n",
        parameters: [:],
        seed: 1,
        cell: "release"
      )
    )
  }

  /// A gate that approves.
  static let approval = GateDecision(status: .approved, reason: "the sample is always approved")
}
