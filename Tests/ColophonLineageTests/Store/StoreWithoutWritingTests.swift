import ColophonCore
import ColophonLineage
import Foundation
import Testing

@Suite struct StoreWithoutWritingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func readsWithoutChangingTheFolder() throws {
    let key = CellKey.sample()
    try Store(directory: folder.store).recordSample(key)
    let before = try folder.files().filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
    let store = Store(directory: folder.store, readOnly: true)
    let outcome = try #require(try store.outcome(for: key.digest))
    let artifact = try #require(outcome.artifact)
    #expect(try store.read(artifact.digest) == Array("weights".utf8))
    try store.recordSample(.sample(seed: 2))
    #expect(try store.outcome(for: CellKey.sample(seed: 2).digest) != nil)
    #expect(try !store.isWritable())
    let after = try folder.files().filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
    #expect(after == before)
  }

  @Test func keepsResultsInMemoryWhereNothingMayBeWritten() throws {
    let store = Store(directory: folder.store, readOnly: true)
    let recorded = try store.recordSample(.sample())
    #expect(try store.outcome(for: recorded.key) == recorded)
    #expect(try store.previousKey(notebook: "a.md", cell: "fit") == nil)
    #expect(try store.log(RunRecord(notebook: "a.md", started: 1)) == 0)
    #expect(try folder.files().isEmpty)
  }

  @Test func livesInMemoryWithoutAFolder() throws {
    let store = Store()
    let recorded = try store.recordSample(.sample())
    let artifact = try #require(recorded.artifact)
    #expect(try store.read(artifact.digest) == Array("weights".utf8))
    #expect(try Store().outcome(for: recorded.key) == nil)
    #expect(throws: StoreDamage.missing(sha("x"))) { try store.read(sha("x")) }
    #expect(throws: StoreDamage.self) { try store.collect() }
  }

  @Test func saysThatAFileStandsInThePlaceOfTheFolder() throws {
    try folder.write("I am a file", to: ".colophon")
    let store = Store(directory: folder.store)
    #expect(try store.outcome(for: sha("key")) == nil)
    #expect(throws: StoreDamage.self) { try store.write([1]) }
  }
}
