import ColophonCore
import ColophonLineage
import GRDB
import Testing

@Suite struct StoreConcurrencyTests {
  /// Tasks, and cells that each of them records; many of them the same.
  static let tasks = 16
  static let cells = 12

  @Test func servesManyTasksThroughTwoStoresAtOnce() async throws {
    let folder = try TemporaryFolder()
    let stores = [Store(directory: folder.store), Store(directory: folder.store)]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<StoreConcurrencyTests.tasks {
        let store = stores[task % stores.count]
        group.addTask { try StoreConcurrencyTests.work(in: store, task) }
      }
      try await group.waitForAll()
    }
    #expect(try stores[0].verify().isEmpty)
    #expect(try stores[0].statistics().entries == StoreConcurrencyTests.cells)
    #expect(try stores[1].runs(limit: 1_000).count == StoreConcurrencyTests.tasks)
  }

  /// Records every cell, whoever else does, and reads it back.
  private static func work(in store: Store, _ task: Int) throws {
    for step in 0..<cells {
      let number = (step + task) % cells
      let key = CellKey.sample(configuration: ["number": .integer(number)], cell: "c\(number)")
      let artifact = "weights of \(number)"
      let recorded = try store.recordSample(key, artifact: artifact)
      let found = try #require(try store.outcome(for: key.digest))
      #expect(found == recorded)
      let object = try #require(found.artifact)
      #expect(try store.read(object.digest) == Array(artifact.utf8))
      #expect(try store.previousKey(notebook: "a.md", cell: "c\(number)") == key)
    }
    try store.log(RunRecord(notebook: "a.md", started: Double(task), status: .done))
  }

  @Test func createsOneIndexWhenManyStoresBeginTogether() async throws {
    let folder = try TemporaryFolder()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          let store = Store(directory: folder.store)
          try store.recordSample(.sample(cell: "c\(task)"))
        }
      }
      try await group.waitForAll()
    }
    #expect(try Store(directory: folder.store).statistics().entries == 8)
  }

  @Test func refusesToCollectWhileAnotherStoreWrites() throws {
    let folder = try TemporaryFolder()
    let lock = StoreDamage.locked(path: folder[".colophon/lock"])
    do {
      let writer = Store(directory: folder.store)
      // Written and not recorded yet: to a collection it would be garbage.
      let object = try writer.write([1, 2, 3])
      let other = Store(directory: folder.store, patience: 0.05)
      #expect(throws: lock) { try other.collect() }
      #expect(try other.read(object) == [1, 2, 3])
      // It still shares the lock itself.
      let third = Store(directory: folder.store, patience: 0.05)
      #expect(throws: lock) { try third.collect() }
    }
    #expect(try Store(directory: folder.store, patience: 0.05).collect().objects == 1)
  }

  @Test func saysThatTheIndexIsLockedWhenItsPatienceEnds() throws {
    let folder = try TemporaryFolder()
    try Store(directory: folder.store).recordSample(.sample())
    let path = "\(folder.store)/index.sqlite"
    let holder = try DatabaseQueue(path: path)
    try holder.inDatabase { database in
      try database.inTransaction(.immediate) {
        let store = Store(directory: folder.store, patience: 0.05)
        #expect(throws: StoreDamage.locked(path: path)) { try store.recordSample(.sample(seed: 2)) }
        // Reading goes on beside a writer.
        let found = try store.outcome(for: CellKey.sample().digest)
        #expect(found != nil)
        return .rollback
      }
    }
    let store = Store(directory: folder.store, patience: 0.05)
    try store.recordSample(.sample(seed: 2))
    #expect(try store.statistics().entries == 2)
  }
}
