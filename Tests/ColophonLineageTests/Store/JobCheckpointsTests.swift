import ColophonCore
import ColophonLineage
import Foundation
import Testing

@Suite struct StatesOfUnfinishedJobs {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = Store(directory: folder.store)
  }

  private func key(_ eta: Double) -> CellKey {
    .sample(configuration: ["eta": .number(eta)], inputs: [:], files: [:], cell: "fit")
  }

  private func checkpoints(_ eta: Double = 0.1, cell: String = "fit") throws -> JobCheckpoints {
    try #require(try store.checkpoints(of: key(eta).digest, notebook: "n.md", cell: cell))
  }

  private func state(_ round: Int) -> [UInt8] { Array("the state after round \(round)".utf8) }

  private func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.store + "/checkpoints")
      .filter { $0.split(separator: "/").count == 3 }.sorted()
  }

  @Test func theNewestIsReadBack() throws {
    let checkpoints = try checkpoints()
    #expect(try checkpoints.newest(of: "job") == nil)
    for round in [9, 10, 100] { try checkpoints.keep(state(round), round: round, of: "job") }
    let newest = try #require(try checkpoints.newest(of: "job"))
    #expect(newest.round == 100 && newest.bytes == state(100))
    // Another process sees the same; two are kept.
    let other = Store(directory: folder.store)
    let again = try other.checkpoints(of: key(0.1).digest, notebook: "n.md", cell: "fit")
    #expect(try again?.newest(of: "job")?.bytes == state(100))
    #expect(try files().count == 2)
  }

  @Test func partsKeysAndCellsAreApart() throws {
    try checkpoints().keep(state(1), round: 1, of: "a")
    #expect(try checkpoints().newest(of: "b") == nil)
    #expect(try checkpoints(0.2).newest(of: "a") == nil)
    #expect(try checkpoints(cell: "other").newest(of: "a") == nil)
  }

  /// Any flipped byte, and any cut: the state before counts, and the damaged one is set aside.
  @Test(arguments: [0, 31, 32, 40, -1, -20, -60])
  func aDamagedOneIsSkipped(place: Int) throws {
    let checkpoints = try checkpoints()
    try checkpoints.keep(state(1), round: 1, of: "job")
    try checkpoints.keep(state(2), round: 2, of: "job")
    let path = folder.store + "/checkpoints/" + (try #require(files().last))
    var bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
    if place >= 0 { bytes[place] ^= 0x10 } else { bytes.removeLast(min(bytes.count, -place)) }
    try Data(bytes).write(to: URL(filePath: path))
    #expect(try store.verify() == [.damagedCheckpoint(path: path)])
    let newest = try #require(try checkpoints.newest(of: "job"))
    #expect(newest.round == 1 && newest.bytes == state(1))
    #expect(try store.verify().allSatisfy { !$0.isDamage })
    #expect(try store.collect().leftovers == 1)
  }

  @Test func areGoneWhenTheCellIsDone() throws {
    let checkpoints = try checkpoints()
    try checkpoints.keep(state(1), round: 1, of: "job")
    checkpoints.forget()
    #expect(try checkpoints.newest(of: "job") == nil)
    #expect(try files().isEmpty)
    // Another process may still be at it.
    try checkpoints.keep(state(2), round: 2, of: "job")
    #expect(try checkpoints.newest(of: "job")?.round == 2)
  }

  @Test func collectionKeepsOnlyWhatARunWouldGoOnWith() throws {
    try checkpoints(0.1).keep(state(1), round: 1, of: "job")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000)],
      ofItemAtPath: folder.store + "/checkpoints/" + (try #require(files().first))
    )
    try checkpoints(0.2).keep(state(2), round: 2, of: "job")
    try checkpoints(0.3, cell: "done").keep(state(3), round: 3, of: "job")
    try store.recordSample(key(0.3), artifact: "a model")
    let statistics = try store.statistics()
    #expect(statistics.checkpoints == 3 && statistics.checkpointBytes > 3 * 32)
    let result = try store.collect()
    #expect(result.checkpoints == 2 && result.bytes > 64)
    #expect(try checkpoints(0.1).newest(of: "job") == nil)
    #expect(try checkpoints(0.2).newest(of: "job")?.round == 2)
    #expect(try checkpoints(0.3, cell: "done").newest(of: "job") == nil)
    #expect(try store.collect() == StoreCollection())
  }

  @Test func areNotKeptWhereTheStoreCannotBeWritten() throws {
    #expect(try Store().checkpoints(of: key(1).digest, notebook: "n", cell: "c") == nil)
    let reading = Store(directory: folder.store, readOnly: true)
    #expect(try reading.checkpoints(of: key(1).digest, notebook: "n", cell: "c") == nil)
  }
}
