import ColophonCore
import ColophonLineage
import Foundation
import Testing

@Suite struct StoreDamageTests {
  let folder: TemporaryFolder
  let key = CellKey.sample()

  init() throws { folder = try TemporaryFolder() }

  private func file(of digest: Digest) -> String {
    "\(folder.store)/objects/\(digest.hex.prefix(2))/\(digest.hex.dropFirst(2))"
  }

  private func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  /// The record's object is the one that is not the artifact.
  private func recordDigest(_ outcome: StoredOutcome) throws -> Digest {
    let names = try folder.objects().map { $0.split(separator: "/").suffix(2).joined() }
    return try #require(names.compactMap { Digest($0) }.first { $0 != outcome.artifact?.digest })
  }

  @Test func treatsADamagedRecordAsAbsentAndMendsItWithTheNextRun() throws {
    let store = Store(directory: folder.store)
    let outcome = try store.recordSample(key)
    let record = try recordDigest(outcome)
    try overwrite(file(of: record), Array("{}".utf8))
    #expect(try store.verify() == [.damagedObject(record)])
    #expect(try store.lookup(key.digest) == .damaged(.damagedObject(record)))
    #expect(try store.outcome(for: key.digest) == nil)
    try store.recordSample(key)
    #expect(try store.outcome(for: key.digest) == outcome)
    let leftover = file(of: record) + ".damaged"
    #expect(try store.verify() == [.leftover(path: leftover)])
    #expect(try store.collect().leftovers == 1)
    #expect(try store.verify().isEmpty)
  }

  @Test func noticesADamagedArtifactWhenItIsRead() throws {
    let store = Store(directory: folder.store)
    let artifact = try #require(try store.recordSample(key).artifact?.digest)
    // The same size, so only the digest can tell.
    try overwrite(file(of: artifact), Array("weighty".utf8))
    #expect(throws: StoreDamage.object(artifact)) { try store.read(artifact) }
    // It was set aside: from now on the cell counts as never run.
    let finding = StoreFinding.missingObject(artifact, cell: "fit")
    #expect(try store.lookup(key.digest) == .damaged(finding))
    try store.recordSample(key)
    #expect(try store.read(artifact) == Array("weights".utf8))
  }

  @Test func noticesAnArtifactOfAnotherSizeOrNoneAtAll() throws {
    let store = Store(directory: folder.store)
    let artifact = try #require(try store.recordSample(key).artifact?.digest)
    let finding = StoreFinding.missingObject(artifact, cell: "fit")
    try overwrite(file(of: artifact), Array("wei".utf8))
    #expect(try store.lookup(key.digest) == .damaged(finding))
    try FileManager.default.removeItem(atPath: file(of: artifact))
    #expect(try store.lookup(key.digest) == .damaged(finding))
    #expect(try store.verify() == [finding])
    #expect(finding.isDamage)
  }

  @Test func replacesADamagedObjectThatIsWrittenAgain() throws {
    let store = Store(directory: folder.store)
    let digest = try store.write([1, 2, 3])
    try overwrite(file(of: digest), [])
    try store.write([1, 2, 3])
    #expect(try store.read(digest) == [1, 2, 3])
  }

  @Test(arguments: ["this is no database, however long it is", "SQLite format 3\0 and then noise"])
  func throwsWhereTheIndexIsNone(content: String) throws {
    try Store(directory: folder.store).recordSample(key)
    try overwrite("\(folder.store)/index.sqlite", Array(content.utf8))
    let store = Store(directory: folder.store)
    #expect {
      try store.outcome(for: key.digest)
    } throws: { error in
      guard case StoreDamage.index(let path, _) = error else { return false }
      return path.hasSuffix("/.colophon/index.sqlite")
    }
    #expect(throws: StoreDamage.self) { try store.recordSample(key) }
  }

  @Test(arguments: 0..<24)
  func neverCrashesOnAnIndexWithNoise(round: Int) throws {
    let store = Store(directory: folder.store)
    for number in 0..<40 {
      try store.recordSample(.sample(configuration: ["number": .integer(number)]))
    }
    try store.log(RunRecord(notebook: "a.md", started: 1))
    let path = "\(folder.store)/index.sqlite"
    let copy = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: copy.store, withIntermediateDirectories: true)
    // The copy of a live index may lack what is still in the log; that is noise enough as well.
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    var random = RandomStream(root: UInt64(round), cell: "noise", purpose: "bytes")
    let firstSafe = round % 2 == 0 ? 0 : 100
    for _ in 0..<(1 << (round % 8)) where bytes.count > firstSafe {
      let place = firstSafe + random.integer(below: bytes.count - firstSafe)
      bytes[place] = UInt8(random.integer(below: 256))
    }
    if round % 5 == 4 { bytes.removeLast(random.integer(below: bytes.count)) }
    try Data(bytes).write(to: URL(fileURLWithPath: "\(copy.store)/index.sqlite"))
    let other = Store(directory: copy.store)
    do {
      _ = try other.outcome(for: key.digest)
      _ = try other.previousKey(notebook: "a.md", cell: "fit")
      _ = try other.runs()
      _ = try other.statistics()
      _ = try other.verify()
    } catch { #expect(error is StoreDamage, "\(error)") }
  }

  @Test func refusesAStoreOfANewerEngine() throws {
    try Store(directory: folder.store).recordSample(key)
    // `user_version` is the big-endian number at byte 60 of the file.
    let path = "\(folder.store)/index.sqlite"
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    bytes[63] = 9
    try overwrite(path, bytes)
    #expect(throws: StoreDamage.newer(path: path, version: 9)) {
      try Store(directory: folder.store).outcome(for: key.digest)
    }
  }

  @Test func takesAnEmptyIndexForNone() throws {
    // What a process leaves behind that was killed while it created the index.
    try FileManager.default.createDirectory(atPath: folder.store, withIntermediateDirectories: true)
    try folder.write("", to: ".colophon/index.sqlite")
    let store = Store(directory: folder.store)
    #expect(try store.outcome(for: key.digest) == nil)
    try store.recordSample(key)
    #expect(try store.outcome(for: key.digest) != nil)
  }

  @Test(arguments: [
    (
      StoreDamage.index(path: ".colophon/index.sqlite", reason: "file is not a database"),
      "the store's index .colophon/index.sqlite is damaged (file is not a database)"
    ),
    (.locked(path: ".colophon"), "another process is using the store .colophon"),
    (
      .newer(path: ".colophon", version: 2),
      "the store .colophon was made by a newer engine (layout 2)"
    ),
    (
      .unusable(path: ".colophon", reason: "No space left on device"),
      ".colophon can't be used (No space left on device)"
    ),
    (.object(sha("x")), "the stored object 2d71 1642 is damaged"),
    (.missing(sha("x")), "the stored object 2d71 1642 is missing"),
  ])
  func speaksInSentences(damage: StoreDamage, sentence: String) {
    #expect(damage.description == sentence)
    #expect(!damage.hint.isEmpty)
  }
}
