import ColophonCore
import ColophonData
import Testing

@Suite struct ReadingAFile {
  @Test func digestsTheBytesAsTheyLieOnDisk() throws {
    let plain = Array("a,b\n1,2\n".utf8)
    let packed = try gzipped(plain)
    for (name, bytes) in [("t.csv", plain), ("t.csv.gz", packed)] {
      let read = try withFile(name, bytes) { try TextTable(path: $0) }
      #expect(read.digest == Digest(of: bytes))
      #expect(read.text(0, 1) == "2")
    }
  }

  @Test func joinsTheMembersOfAGzipFile() throws {
    let bytes = try gzipped(Array("a\n1\n".utf8)) + gzipped(Array("2\n".utf8)) + [0, 0, 0]
    #expect(try table(bytes, as: "a.csv.gz").rowCount == 2)
  }

  @Test func refusesEveryTruncationAndEveryChangeOfContentOfAGzipFile() throws {
    let plain = Array("a,b\n1,2\n3,4\n".utf8)
    let whole = try gzipped(plain)
    for length in 0..<whole.count {
      let found = faults { _ = try table(Array(whole[..<length]), as: "a.csv.gz") }
      #expect(found.map { $0.code.description } == ["data.gzip"], "\(length) bytes")
    }
    // Header bytes 4 to 9 hold the time, flags and system, which no check covers.
    for place in whole.indices where !(4...9).contains(place) {
      var bytes = whole
      bytes[place] ^= 0x10
      let read = try? table(bytes, as: "a.csv.gz")
      // The last bits of the compressed block are padding, whose change changes nothing.
      let isSame = read.map { $0.rowCount == 2 && $0.text(1, 1) == "4" && $0.text(0, 0) == "1" }
      #expect(isSame != false, "byte \(place)")
    }
  }

  @Test func refusesBytesThatFollowAGzipFile() throws {
    let bytes = try gzipped(Array("a\n1\n".utf8)) + Array("tail".utf8)
    #expect(faults { _ = try table(bytes, as: "a.csv.gz") }.first?.code == "data.gzip")
  }

  @Test func callsAFileAsTheNotebookDoes() {
    let found = faults { _ = try TextTable(path: "/nowhere/at/all.csv", name: "all.csv") }
    #expect(found.map { $0.message } == ["there is no file 'all.csv'"])
    #expect(found.first?.code == "data.file-missing")
  }

  @Test(arguments: ["data.xlsx", "data", "data.gz", "data.csv.zip"])
  func saysWhichNamesItReads(path: String) {
    let found = faults { _ = try CSVHeader.read(path: path) }
    #expect(found.first?.code == "data.unknown-format")
  }

  @Test func refusesAFolder() throws {
    let found = faults { _ = try TextTable(path: "/tmp/../tmp/.csv/..") }
    #expect(found.first?.code == "data.unknown-format")
    #expect(faults { _ = try ByteSource(path: "/") }.first?.code == "data.file-unreadable")
  }
}

@Suite struct PeekingAtAHeader {
  @Test func readsTheNamesOfALongFile() throws {
    let text = "a,\"b\nc\",d\n" + String(repeating: "1,2,3\n", count: 30_000)
    for (name, bytes) in [
      ("t.csv", Array(text.utf8)), ("t.csv.gz", try gzipped(Array(text.utf8))),
    ] {
      let names = try withFile(name, bytes) { try CSVHeader.read(path: $0) }
      #expect(names == ["a", "b\nc", "d"])
    }
  }

  @Test func readsOnWhereAHeaderIsLong() throws {
    let names = (0..<20_000).map { "column_\($0)" }
    let text = names.joined(separator: ",") + "\n" + "1\n"
    for (name, bytes) in [
      ("t.csv", Array(text.utf8)), ("t.csv.gz", try gzipped(Array(text.utf8))),
    ] {
      #expect(try withFile(name, bytes) { try CSVHeader.read(path: $0) } == names)
    }
  }

  @Test func doesNotLookAtTheRows() throws {
    let names = try withFile("t.csv", Array("a,b\n1\n\"".utf8) + [0xFF]) {
      try CSVHeader.read(path: $0)
    }
    #expect(names == ["a", "b"])
  }

  @Test(arguments: [
    ("", "data.empty-file"), ("a,a\n", "data.column-name"), ("a,\n", "data.column-name"),
    ("\"a\n", "data.unclosed-quote"),
  ])
  func reportsAHeaderThatIsNone(text: String, code: String) throws {
    let found = try withFile("t.csv", Array(text.utf8)) { path in
      faults { _ = try CSVHeader.read(path: path) }
    }
    #expect(found.map { $0.code.description } == [code])
  }
}
