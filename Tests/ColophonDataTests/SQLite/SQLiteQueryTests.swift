import ColophonCore
import ColophonData
import Testing

/// Questions to Tests/Fixtures/shop.sqlite (40 customers, 60 purchases).
@Suite struct AskingSQLite {
  private func answer(_ query: String) throws -> TextTable {
    let file = try fixture("shop.sqlite")
    return try SQLiteQuery(query).table(of: file, digest: Digest(of: file))
  }

  private func column(_ query: String) throws -> [String] {
    let table = try answer(query)
    return (0..<table.rowCount).map { table.text($0, 0) }
  }

  @Test func readsNamesNumbersTextsAndMissingValues() throws {
    let table = try answer(
      "select id, city, 2.5 as half, null as gap from customer where id < 4 order by id"
    )
    #expect(table.header == ["id", "city", "half", "gap"])
    #expect(table.rowCount == 3)
    let rows = (0..<3).map { row in (0..<4).map { table.text(row, $0) } }
    // City 2 is missing, and the one with a comma comes through.
    #expect(
      rows == [["1", "Genf, GE", "2.5", ""], ["2", "", "2.5", ""], ["3", "Bern", "2.5", ""]]
    )
    #expect(try table.digest == Digest(of: fixture("shop.sqlite")))
  }

  @Test func tellsColumnsWithoutAsking() throws {
    let file = try fixture("shop.sqlite")
    let names = try SQLiteQuery("select city, count(*) as n from customer group by city")
      .columns(of: file)
    #expect(names == ["city", "n"])
  }

  @Test func keepsTheOrderOfTheQuery() throws {
    #expect(
      try column("select id from customer where id < 5 order by id desc") == ["4", "3", "2", "1"]
    )
  }

  /// An ORDER BY inside of a window or a subquery orders nothing.
  @Test(arguments: [
    "select price from purchase where customer in (1, 8, 15)",
    "select price from (select * from purchase order by price desc) where customer in (1, 8, 15)",
    "select price from purchase where customer in (1, 8, 15) -- order by price desc",
  ])
  func sortsRowsThatHaveNoOrder(query: String) throws {
    let numbers = try column(query).map { try #require(Double($0)) }
    #expect(numbers == numbers.sorted())
    #expect(numbers.count > 3)
  }

  @Test func sortsMissingValuesFirstThenNumbersThenTexts() throws {
    let made = try column("values ('b'), (10), (null), ('a'), (9.5), (2)")
    #expect(made == ["", "2", "9.5", "10", "a", "b"])
  }

  @Test(
    arguments: [
      ("selct 1", "data.sql", 0), ("", "data.sql", 0), ("drop table customer", "data.sql", 0),
      ("select idd from customer", "data.sql", 7), ("select id from", "data.sql", nil),
      ("select 1; select 2", "data.sql", 9), ("attach 'x.db' as y", "data.sql", 0),
      ("select random()", "data.sql", nil), ("select current_timestamp", "data.sql", nil),
      ("select date('NOW')", "data.sql-clock", 12), ("select date()", "data.sql-clock", 7),
      ("select strftime('%s')", "data.sql-clock", 7),
      ("pragma table_info(customer)", "data.sql", 0),
      ("select photo from customer", "data.sql-blob", nil),
      ("with x as (select 1) delete from customer", "data.sql", nil),
    ] as [(String, Diagnostic.Code, Int?)]
  )
  func refusesWhatIsNoQuestionOrHasAnotherAnswerTomorrow(
    query: String,
    code: Diagnostic.Code,
    offset: Int?
  ) throws {
    let found = faults { _ = try answer(query) }
    #expect(found.map { $0.code } == [code], "\(found)")
    #expect(found.first?.field == "source.query")
    if let offset { #expect(found.first?.offset == offset, "\(found)") }
  }

  @Test func ignoresTheClockInTextsAndComments() throws {
    #expect(try column("select 'know now' -- 'now'") == ["know now"])
  }

  @Test func refusesOtherFilesAndOnesWithALogBeside() throws {
    let query = SQLiteQuery("select 1 as x")
    let digest = Digest(of: [])
    let other = faults { _ = try query.table(of: Array("a,b\n1,2\n".utf8), digest: digest) }
    #expect(other.map { $0.code } == ["data.not-sqlite"])
    var file = try fixture("shop.sqlite")
    file[18] = 2
    let log = faults { _ = try query.table(of: file, digest: digest) }
    #expect(log.map { $0.code } == ["data.sqlite-log"])
  }

  @Test func survivesDamage() throws {
    let file = try fixture("shop.sqlite")
    var random = RandomStream(root: 1, cell: "fuzz", purpose: "sqlite")
    for _ in 0..<300 {
      var damaged = file
      for _ in 0..<8 {
        damaged[100 + random.integer(below: file.count - 100)] = UInt8(random.integer(below: 256))
      }
      _ = try? SQLiteQuery("select * from purchase, customer where id = customer")
        .table(of: damaged, digest: Digest(of: []))
    }
  }
}
