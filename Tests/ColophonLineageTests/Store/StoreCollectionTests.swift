import ColophonCore
import ColophonLineage
import Foundation
import Testing

@Suite struct StoreCollectionTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = Store(directory: folder.store)
  }

  private func key(_ eta: Double, inputs: [String: Digest] = [:], cell: String = "fit") -> CellKey {
    .sample(configuration: ["eta": .number(eta)], inputs: inputs, files: [:], cell: cell)
  }

  @Test func keepsWhatTheLastRunsUseAndDropsTheRest() throws {
    try store.recordSample(key(0.1), artifact: "old")
    try store.recordSample(key(0.2), artifact: "new")
    let result = try store.collect()
    // One outcome and one artifact.
    #expect(result.entries == 1)
    #expect(result.objects == 2)
    #expect(result.bytes > 3)
    #expect(try store.outcome(for: key(0.1).digest) == nil)
    #expect(try store.outcome(for: key(0.2).digest) != nil)
    #expect(try store.verify().isEmpty)
    #expect(try store.collect() == StoreCollection())
  }

  @Test func keepsWhatIsListedByKeyOutputArtifactOrObject() throws {
    let a = try store.recordSample(key(0.1), artifact: "a")
    let b = try store.recordSample(key(0.2), artifact: "b")
    let c = try store.recordSample(key(0.3), artifact: "c")
    try store.recordSample(key(0.4), artifact: "d")
    try store.recordSample(key(0.5), artifact: "e")
    let loose = try store.write(Array("a checkpoint".utf8))
    let artifact = try #require(c.artifact?.digest)
    let result = try store.collect(keeping: [a.key, b.output, artifact, loose])
    #expect(result.entries == 1)
    for outcome in [a, b, c] { #expect(try store.outcome(for: outcome.key) == outcome) }
    #expect(try store.read(loose) == Array("a checkpoint".utf8))
  }

  @Test func keepsTheAncestorsOfWhatIsKept() throws {
    let data = try store.recordSample(key(1, cell: "data"), artifact: "rows")
    let features = try store.recordSample(
      key(2, inputs: ["data": data.output], cell: "features"),
      artifact: "columns"
    )
    let model = key(3, inputs: ["features": features.output])
    try store.recordSample(model, artifact: "model")
    // The notebook goes on with other cells of the same names.
    for cell in ["data", "features", "fit"] {
      try store.recordSample(key(9, cell: cell), artifact: "later \(cell)")
    }
    #expect(try store.collect(keeping: [model.digest]).entries == 0)
    #expect(try store.outcome(for: data.key) == data)
    #expect(try store.collect().entries == 3)
  }

  @Test func keepsWhatAsManyLoggedRunsUsedAsAreAskedFor() throws {
    for eta in [0.1, 0.2, 0.3] {
      try store.recordSample(key(eta), artifact: "eta \(eta)")
      try store.log(
        RunRecord(
          notebook: "a.md",
          started: eta,
          status: .done,
          jobs: [
            JobRecord(
              cell: "fit",
              kind: "train",
              key: key(eta).digest,
              status: .done,
              why: "ran",
              started: eta,
              seconds: 1
            )
          ]
        )
      )
    }
    #expect(try store.collect(runs: 2).entries == 1)
    #expect(try store.outcome(for: key(0.1).digest) == nil)
    #expect(try store.outcome(for: key(0.2).digest) != nil)
    #expect(try store.collect(runs: 1).entries == 1)
    #expect(try store.outcome(for: key(0.3).digest) != nil)
  }

  @Test func stillExplainsWhatItForgot() throws {
    try store.recordSample(key(0.1))
    try store.recordSample(key(0.2))
    try store.keep(key(0.1), notebook: "b.md", cell: "fit")
    _ = try store.collect()
    #expect(try store.previousKey(notebook: "b.md", cell: "fit") == key(0.1))
  }

  @Test func removesTemporaryFilesOfKilledProcesses() throws {
    let digest = try store.write([1])
    let name = ".colophon/objects/\(digest.hex.prefix(2))/.tmp-1-1"
    try folder.write("half a mod", to: name)
    #expect(try store.verify() == [.leftover(path: folder[name])])
    #expect(try store.collect(keeping: [digest]).leftovers == 1)
    #expect(try store.verify().isEmpty)
    #expect(try store.read(digest) == [1])
  }
}
