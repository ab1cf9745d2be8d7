import GRDB

extension AuditCheck {
  /// Looks at the file as SQLite does, and at the layout.
  mutating func checkPages() throws {
    let complaints = try String.fetchAll(database, sql: "PRAGMA integrity_check(10)")
    for complaint in complaints where complaint != "ok" { add(.file(complaint)) }
    // Its parts are compared by text: another definition is another registry.
    let layout = try String.fetchAll(
      database,
      sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    )
    let expected = RegistryFile.definitions
    if layout != expected { add(.file("its tables are not laid out as they should be")) }
  }

  /// Compares the sum of every page.
  mutating func checkSums() throws {
    let layout = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let pageSize = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
    guard let connection = database.sqliteConnection, pageSize > PageSums.size,
      let faults = PageSums.faults(connection, pageSize: pageSize)
    else { return add(.file("its pages can't be read")) }
    if layout < RegistryFile.layoutWithSums {
      // Written before pages had sums; unless its header says so and they have.
      if faults.hasRoom { add(.file("its layout is \(layout), and its pages have sums")) }
      return
    }
    if faults.isCut { add(.file("it ends within a page")) }
    if !faults.pages.isEmpty { add(.pages(faults.pages)) }
  }
}
