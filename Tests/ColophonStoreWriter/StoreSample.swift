import ColophonCore
import ColophonLineage

/// A made-up result whose artifact tells by itself whether it is whole.
struct StoreSample {
  let key: CellKey
  let outcome: StoredOutcome

  init(number: Int, size: Int, in store: Store) throws {
    key = CellKey(
      kind: "train",
      configuration: ["number": .integer(number)],
      seed: CellKey.Seed(root: 1, cell: "fit"),
      build: Digest(of: "build".utf8)
    )
    var random = RandomStream(root: UInt64(number), cell: "fit", purpose: "artifact")
    let bytes = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let artifact = try store.write(bytes)
    let values: Value = ["number": .integer(number), "size": .integer(size)]
    outcome = StoredOutcome(
      key: key.digest,
      kind: "train",
      cell: "fit",
      output: CellOutput.digest(artifact: artifact, values: values, exhibits: []),
      artifact: StoredOutcome.Artifact(digest: artifact, kind: "model"),
      values: values
    )
  }

  func record(in store: Store) throws {
    try store.record(outcome, key: key, notebook: "a.md", cell: "fit")
  }
}
