import ColophonCore
import ColophonLineage
import ColophonRegistry

/// Made-up versions.
enum RegistryStudySample {
  static func candidate(_ number: Int) -> Candidate {
    let auc = Double(number % 10_000) / 10_000
    let data = node(
      "people",
      "dataset",
      files: ["data/people.csv": Digest(of: "rows".utf8)],
      artifact: "dataset"
    )
    let model = node("fit", "train", inputs: ["people": data], artifact: "model", number: number)
    let final = node(
      "final",
      "evaluate",
      inputs: ["fit": model],
      values: ["roc_auc": .number(auc), "ci": ["roc_auc": ["low": .number(auc)]]]
    )
    return Candidate(
      group: "churn",
      content: VersionContent(
        engine: "1",
        model: "fit",
        evaluation: ["final"],
        cells: [data, model, final]
      ),
      source: VersionSource(
        path: "a.md",
        title: "A",
        text: "# A\n",
        parameters: [:],
        seed: 1,
        cell: "release"
      )
    )
  }

  private static func node(
    _ name: String,
    _ kind: String,
    inputs: [String: LineageNode] = [:],
    files: [String: Digest] = [:],
    values: Value = [:],
    artifact: String? = nil,
    number: Int = 0
  ) -> LineageNode {
    let made = artifact.map {
      StoredOutcome.Artifact(digest: Digest(of: "\(name) \(number)".utf8), kind: $0)
    }
    let output = CellOutput.digest(artifact: made?.digest, values: values, exhibits: [])
    let stamps = inputs.mapValues { $0.stamp }
    let stamp = CellStamp(
      kind: kind,
      configuration: ["number": .integer(number)],
      inputs: stamps,
      files: files,
      engine: "1",
      output: output
    )
    return LineageNode(
      name: name,
      kind: kind,
      stamp: stamp.digest,
      inputs: stamps,
      files: files,
      configuration: ["number": .integer(number)],
      output: output,
      artifact: made,
      values: values
    )
  }
}
