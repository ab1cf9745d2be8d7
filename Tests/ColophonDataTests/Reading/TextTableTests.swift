import ColophonCore
import ColophonData
import Testing

@Suite struct ReadingATable {
  @Test func takesQuotesLineEndsAndEmptyFieldsAsRFC4180Says() throws {
    let read = try table("a,b,c\r\n1,\"x,\"\"y\"\"\r\nz\",\r\n,\"\",3")
    #expect(read.header == ["a", "b", "c"])
    #expect(read.rowCount == 2)
    #expect(read.text(0, 1) == "x,\"y\"\r\nz")
    #expect(read.text(0, 2) == "")
    #expect(read.text(1, 1) == "")
    #expect(read.text(1, 2) == "3")
  }

  @Test(arguments: [
    "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2", "\u{FEFF}a,b\n\n1,2\n\n",
  ])
  func readsEveryLineEndWithAndWithoutTheLastOne(text: String) throws {
    let read = try table(text)
    #expect(read.header == ["a", "b"])
    #expect(read.rowCount == 1)
    #expect(read.text(0, 1) == "2")
  }

  @Test func separatesByTabsInATSVFileAlone() throws {
    let read = try table("a\tb\n1,5\t\"2\t3\"\n", as: "a.TSV")
    #expect(read.text(0, 0) == "1,5")
    #expect(read.text(0, 1) == "2\t3")
  }

  @Test func keepsAQuoteInsideAnUnquotedField() throws {
    #expect(try table("pipe\n5\" steel\n").text(0, 0) == "5\" steel")
  }

  @Test(arguments: [
    ("", "data.empty-file"), ("\n\n", "data.empty-file"), ("\u{FEFF}", "data.empty-file"),
    ("a,b\n", "data.no-rows"), ("a,b", "data.no-rows"),
    ("a,a\n1,2\n", "data.column-name"), (",b\n1,2\n", "data.column-name"),
    ("a, \n1,2\n", "data.column-name"),
    ("a,b\n1\n", "data.ragged-row"), ("a,b\n1,2,3\n", "data.ragged-row"),
    ("a\n\"1\n", "data.unclosed-quote"), ("\"a\n1\n", "data.unclosed-quote"),
    ("a\n\"1\"2\n", "data.stray-quote"), ("a\n1\u{0}\n", "data.nul-byte"),
  ])
  func refusesWhatIsNoTable(text: String, code: String) {
    let found = faults { _ = try table(text) }
    #expect(found.map { $0.code.description } == [code])
  }

  @Test func namesTheRowAndBothWidthsOfARaggedRow() {
    let found = faults { _ = try table("a,b\n1,2\n\"x\ny\",2\n1,2,3\n") }
    #expect(found.map { $0.message } == ["row 3 (line 5) has 3 fields, the header has 2"])
    #expect(found.first?.place == DataFault.Place(line: 5, column: 1))
  }

  @Test func tellsThreeRaggedRowsAndCountsTheRest() {
    let found = faults { _ = try table("a,b\n" + String(repeating: "1\n", count: 10)) }
    #expect(found.count == 4)
    #expect(found.last?.message.hasPrefix("7 more rows have") == true)
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0x62, 0xFF], 2, 2),  // never a byte of UTF-8
      ([0x61, 0x0A, 0xC0, 0x80], 2, 1),  // an overlong NUL
      ([0x61, 0x0A, 0xED, 0xA0, 0x80], 2, 1),  // a surrogate
      ([0x61, 0x0A, 0x0A, 0x78, 0xE2, 0x82], 3, 2),  // cut off
      ([0x61, 0x0A, 0xF4, 0x90, 0x80, 0x80], 2, 1),  // beyond U+10FFFF
    ] as [([UInt8], Int, Int)]
  )
  func placesTheFirstByteThatIsNotUTF8(bytes: [UInt8], line: Int, column: Int) {
    let found = faults { _ = try table(bytes) }
    #expect(found.map { $0.code.description } == ["data.encoding"])
    #expect(found.first?.place == DataFault.Place(line: line, column: column))
  }

  @Test func acceptsEveryUnicodeScalarButNUL() throws {
    var text = "a\n"
    for value in stride(from: UInt32(1), through: 0x10FFFF, by: 97) {
      guard let scalar = Unicode.Scalar(value), ![0x0A, 0x0D, 0x22, 0x2C].contains(value)
      else { continue }
      text.unicodeScalars.append(scalar)
    }
    #expect(try table(text).rowCount == 1)
  }

  @Test func agreesWithTheSlowReaderOnRandomText() throws {
    var random = RandomStream(root: 1, cell: "csv", purpose: "fuzz")
    let pieces = [
      "a", "\"", "\"\"", ",", ",", "\n", "\r\n", "\r", "1", " ", "é", "\"x,\ny\"", "\t",
    ]
    var tables = 0
    for _ in 0..<20_000 {
      var text = "x,y\n"
      for _ in 0..<(1 + random.integer(below: 6)) {
        if random.integer(below: 3) > 0 {
          text += pieces[random.integer(below: 13)] + "," + pieces[random.integer(below: 13)] + "\n"
        } else {
          text += pieces[random.integer(below: 13)]
        }
      }
      let slow = SlowCSV.records(text)?.dropFirst()
      let isTable = slow.map { $0.allSatisfy { $0.count == 2 } && !$0.isEmpty } ?? false
      let fast = try? table(text)
      #expect((fast != nil) == isTable, "\(text.debugDescription)")
      guard let fast, let slow, isTable else { continue }
      tables += 1
      let rows = (0..<fast.rowCount).map { row in (0..<2).map { fast.text(row, $0) } }
      #expect(rows == Array(slow), "\(text.debugDescription)")
    }
    // The generator must not have made noise alone.
    #expect(tables > 1000)
  }

  @Test func neverCrashesOnRandomBytes() {
    var random = RandomStream(root: 2, cell: "csv", purpose: "fuzz")
    let likely = Array("\",\n\r\0a1\t".utf8) + [0xEF, 0xBB, 0xBF, 0xFF, 0xC3, 0xA9]
    for _ in 0..<20_000 {
      let bytes = (0..<random.integer(below: 24)).map { _ in
        random.integer(below: 8) == 0
          ? UInt8(random.integer(below: 256)) : likely[random.integer(below: likely.count)]
      }
      for name in ["a.csv", "a.tsv.gz"] {
        guard let read = try? table(bytes, as: name) else { continue }
        #expect(read.rowCount > 0)
      }
    }
  }
}
