import ColophonCore
import ColophonLineage
import Foundation
import GRDB
import Testing

@Suite struct FileDigestsTests {
  let folder: TemporaryFolder
  let store: Store
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    store = Store(directory: folder.store)
    path = folder["data.csv"]
  }

  /// The moment at which the file was last touched, in nanoseconds since 1970.
  private func touched() -> Int64 {
    var status = stat()
    stat(path, &status)
    let changed = status.st_ctim
    return Int64(changed.tv_sec) * 1_000_000_000 + Int64(changed.tv_nsec)
  }

  /// Digests with a clock that stands some time after the file was touched.
  private func digests(after nanoseconds: Int64, trusting: Bool = true) -> FileDigests {
    let now = touched() + nanoseconds
    return FileDigests(store: store, trusting: trusting, clock: { now })
  }

  /// Puts a wrong digest in the place of the remembered one, so that trust shows.
  private func poison() throws {
    let index = try DatabaseQueue(path: "\(folder.store)/index.sqlite")
    try index.write {
      try $0.execute(sql: "UPDATE files SET digest = ?", arguments: [sha("poison").hex])
    }
  }

  @Test func digestsTheContent() throws {
    try folder.write("a,b\n1,2\n", to: "data.csv")
    let read = try #require(try digests(after: 0).read(path))
    #expect(read.bytes == Array("a,b\n1,2\n".utf8))
    #expect(read.digest == sha("a,b\n1,2\n"))
    #expect(try digests(after: 0).digest(of: path) == read.digest)
  }

  @Test func knowsNoMissingFileAndRefusesAFolder() throws {
    let digests = FileDigests(store: store, clock: { 0 })
    #expect(try digests.digest(of: folder["nowhere.csv"]) == nil)
    #expect(try digests.read(folder["nowhere.csv"]) == nil)
    #expect(throws: StoreDamage.unusable(path: folder.path, reason: "not a file")) {
      try digests.digest(of: folder.path)
    }
  }

  @Test func noticesAChangeOfTheSameSizeWithinTheSameMoment() throws {
    try folder.write("old", to: "data.csv")
    #expect(try digests(after: 0).digest(of: path) == sha("old"))
    try folder.write("new", to: "data.csv")
    #expect(try digests(after: 0).digest(of: path) == sha("new"))
  }

  @Test func noticesAChangeHiddenBehindAnOldModificationTime() throws {
    try folder.write("old", to: "data.csv")
    let rested = digests(after: 3_000_000_000)
    #expect(try rested.digest(of: path) == sha("old"))
    let times = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    // In place, so that inode and size stay; then the modification time is set back.
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.write(contentsOf: Data("new".utf8))
    try file.close()
    let attributes: [FileAttributeKey: Any] = [.modificationDate: try #require(times)]
    try FileManager.default.setAttributes(attributes, ofItemAtPath: path)
    #expect(try rested.digest(of: path) == sha("new"))
  }

  /// Two seconds of rest are asked for; less, or a time in the future, is not trusted.
  @Test(arguments: [
    (-1_000_000_000 as Int64, false), (0, false), (1_999_999_999, false), (2_000_000_001, true),
    (60_000_000_000, true),
  ])
  func trustsAFileOnlyAfterItRested(after: Int64, trusted: Bool) throws {
    try folder.write("content", to: "data.csv")
    #expect(try digests(after: after).digest(of: path) == sha("content"))
    if trusted {
      try poison()
      #expect(try digests(after: after).digest(of: path) == sha("poison"))
      // Asked to look afresh, or to read the bytes, it reads.
      #expect(try digests(after: after, trusting: false).digest(of: path) == sha("content"))
      #expect(try digests(after: after).digest(of: path) == sha("content"))
    } else {
      // Nothing was remembered, so there is no index yet.
      #expect(try folder.files() == ["data.csv"])
    }
  }

  @Test func readsEachTimeWithoutAStore() throws {
    try folder.write("content", to: "data.csv")
    let digests = FileDigests(store: Store(), clock: { Int64.max })
    #expect(try digests.digest(of: path) == sha("content"))
    #expect(try digests.digest(of: path) == sha("content"))
  }
}
