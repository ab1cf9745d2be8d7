import ColophonCore
import ColophonLineage
import Foundation
import Testing

@Suite struct StoreTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = Store(directory: folder.store)
  }

  @Test func givesBackWhatWasRecorded() throws {
    let key = CellKey.sample()
    let recorded = try store.recordSample(key)
    let other = Store(directory: folder.store)
    let found = try #require(try other.outcome(for: key.digest))
    #expect(found == recorded)
    #expect(found.libraries == ["libxgboost": "1.7.4"])
    #expect(found.reproducibility == .library)
    #expect(found.work == 12.5)
    let artifact = try #require(found.artifact)
    #expect(try other.read(artifact.digest) == Array("weights".utf8))
  }

  @Test func returnsTheOutcomeAsLaterRunsWillReadIt() throws {
    // 3.0 becomes 3 and NaN becomes nothing on the way through JSON; both runs must see the same.
    let key = CellKey.sample()
    let values: Value = ["epochs": 3.0, "auc": .number(.nan), "low": .number(-.infinity)]
    let recorded = try store.recordSample(key, values: values)
    #expect(recorded.values == ["epochs": 3, "auc": .null, "low": "-Infinity"])
    #expect(try store.outcome(for: key.digest) == recorded)
    #expect(try Store(directory: folder.store).outcome(for: key.digest) == recorded)
  }

  @Test func knowsNothingOfOtherKeys() throws {
    try store.recordSample(.sample())
    #expect(try store.lookup(CellKey.sample(seed: 2).digest) == .absent)
  }

  @Test func createsNothingBeforeTheFirstWrite() throws {
    #expect(try store.outcome(for: sha("key")) == nil)
    #expect(try store.previousKey(notebook: "a.md", cell: "fit") == nil)
    #expect(try store.runs().isEmpty)
    #expect(try store.verify().isEmpty)
    #expect(try store.statistics() == StoreStatistics())
    #expect(try folder.files().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder.store))
  }

  @Test func createsMissingFoldersAbove() throws {
    let deep = Store(directory: folder["a/b/c/.colophon"])
    try deep.recordSample(.sample())
    #expect(try deep.outcome(for: CellKey.sample().digest) != nil)
  }

  @Test func keepsTheSameBytesOnce() throws {
    let first = try store.write(Array("weights".utf8))
    let again = try store.write(Array("weights".utf8))
    #expect(first == again)
    #expect(try folder.objects().count == 1)
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 1_000_000])
  func keepsObjectsOfAnySize(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let digest = try store.write(bytes)
    #expect(digest == Digest(of: bytes))
    #expect(try Store(directory: folder.store).read(digest) == bytes)
  }

  @Test func namesObjectsAfterTheirDigest() throws {
    let digest = try store.write(Array("weights".utf8))
    let name = "\(digest.hex.prefix(2))/\(digest.hex.dropFirst(2))"
    #expect(try folder.objects() == [".colophon/objects/\(name)"])
  }

  @Test func replacesTheRowOfTheSameKey() throws {
    let key = CellKey.sample()
    try store.recordSample(key, values: ["a": 1])
    try store.recordSample(key, values: ["a": 2])
    #expect(try store.outcome(for: key.digest)?.values == ["a": 2])
    #expect(try store.statistics().entries == 1)
  }

  @Test func refusesToRecordAnArtifactThatWasNotWritten() throws {
    let key = CellKey.sample()
    var outcome = try StoredOutcome.sample(key, in: store)
    outcome.artifact = StoredOutcome.Artifact(digest: sha("nowhere"), kind: "model")
    #expect(throws: StoreDamage.missing(sha("nowhere"))) {
      try store.record(outcome, key: key, notebook: "a.md", cell: "fit")
    }
    #expect(try store.lookup(key.digest) == .absent)
  }

  @Test func remembersTheLastKeyOfEachNotebooksCell() throws {
    let first = CellKey.sample(configuration: ["eta": 0.1])
    let second = CellKey.sample(configuration: ["eta": 0.2])
    try store.recordSample(first, notebook: "a.md")
    try store.recordSample(second, notebook: "a.md")
    try store.recordSample(first, notebook: "b.md")
    #expect(try store.previousKey(notebook: "a.md", cell: "fit") == second)
    #expect(try store.previousKey(notebook: "b.md", cell: "fit") == first)
    #expect(try store.previousKey(notebook: "c.md", cell: "fit") == nil)
    #expect(try store.ingredients(of: first.digest) == first)
  }

  @Test func notesThatAFoundResultIsUsedAgain() throws {
    let first = CellKey.sample(configuration: ["eta": 0.1])
    let second = CellKey.sample(configuration: ["eta": 0.2])
    try store.recordSample(first)
    try store.recordSample(second)
    try store.keep(first, notebook: "a.md", cell: "fit")
    #expect(try store.previousKey(notebook: "a.md", cell: "fit") == first)
  }

  @Test func countsWhatItHolds() throws {
    try store.recordSample(.sample(cell: "a"), artifact: "one")
    try store.recordSample(.sample(kind: "tune", cell: "b"), artifact: "two", notebook: "b.md")
    let statistics = try store.statistics()
    #expect(statistics.entries == 2)
    #expect(statistics.objects == 4)
    #expect(statistics.notebooks == 2)
    #expect(statistics.kinds == ["train": 1, "tune": 1])
    #expect(statistics.leftovers == 0)
  }
}
