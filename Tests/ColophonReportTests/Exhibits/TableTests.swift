import ColophonCore
import ColophonReport
import Testing

@Suite struct Tables {
  static func page(_ exhibit: Exhibit) -> String {
    var content = PageContent(title: "t", colophon: SamplePages.colophon("a.md"), manifest: "{}")
    content.body = [
      .cell(CellSection(kind: "table", name: "p", configuration: "", exhibits: [exhibit]))
    ]
    return String(decoding: Page.render(content), as: UTF8.self)
  }

  @Test func scopeTheirHeaders() {
    let page = Tables.page(.table(SamplePages.metrics))
    #expect(page.contains(#"<table class="dr""#))
    #expect(page.contains(#"<th scope="col">metric<th scope="col">value"#))
    #expect(page.contains(#"<th scope="row">AUC<td>0.846"#))
  }

  @Test func fillShortRowsAndCutLongOnes() {
    let table = TableExhibit(
      columns: [TableColumn("a"), TableColumn("b")],
      rows: [["1"], ["1", "2", "3"], []]
    )
    let page = Tables.page(.table(table))
    #expect(page.contains(#"<tr><th scope="row">1<td><tr>"#))
    #expect(page.contains(#"<tr><th scope="row">1<td>2<tr>"#))
    #expect(HTMLCheck(page).problems == [])
  }

  @Test func foldRowsThatAreAlwaysThere() {
    let page = Tables.page(.table(SamplePages.long))
    #expect(page.ranges(of: #"<tr class="more">"#).count == 25)
    #expect(page.contains(" show all 30 rows"))
    #expect(page.contains(#"data-show="5""#))
  }

  @Test func giveTheNumberBehindAUnitToSortBy() {
    let table = TableExhibit(
      columns: [TableColumn("size", .numeric)],
      rows: [[.number(2048, .bytes)], [.number(3, .bytes)]]
    )
    #expect(Tables.page(.table(table)).contains(#"data-v="2048.0">2 KiB"#))
  }

  @Test(arguments: [
    (2283.3, NumberFormat.general(4), "2,283"), (1_234_567, .fixed(1), "1,234,567.0"),
    (1e9, .general(3), "1e9"), (.nan, .fixed(2), "–"), (-0.5, .fixed(2), "−0.50"),
    (0.265, .percent(1), "26.5\u{202F}%"),
  ])
  func typesetNumbers(number: Double, format: NumberFormat, text: String) {
    let table = TableExhibit(
      columns: [TableColumn("x", .numeric)],
      rows: [[.number(number, format)]],
      rowHeaderColumn: nil
    )
    #expect(Tables.page(.table(table)).contains(#"<td>\#(text)</table>"#))
  }

  @Test func nameVerdictsInWords() {
    let page = Tables.page(.requirements(SamplePages.requirements))
    #expect(page.contains(#"<td class="holds">holds"#))
    #expect(page.contains(#"<td class="fails">does not hold"#))
    #expect(page.contains("<code>final.recall</code> = 0.79, <code>audit.post.DI</code> = 0.94"))
  }
}

@Suite struct StoredExhibits {
  @Test func readBackEqual() throws {
    let exhibits: [Exhibit] = [
      .facts([Fact("a", "b", note: "c")]), .table(SamplePages.columns), .table(SamplePages.long),
      .group([.text("x"), .group([])]), .notice(kind: .advice, text: "y"),
      .requirements(SamplePages.requirements),
    ]
    let text = try Value(encoding: exhibits).canonicalText
    #expect(try Value(json: Array(text.utf8)).decode([Exhibit].self) == exhibits)
  }
}
