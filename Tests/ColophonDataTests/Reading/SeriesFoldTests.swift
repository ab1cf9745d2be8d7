import ColophonCore
import ColophonData
import Testing

@Suite struct SeriesFolds {
  private func table(_ text: String) throws -> TextTable {
    let bytes = Array(text.utf8)
    return try TextTable(
      bytes,
      digest: Digest(of: bytes),
      format: try #require(TableFormat(path: "a.csv"))
    )
  }

  private let long = "s,t,x,y,label\nb,2,3,4,no\na,10,5,6,yes\nb,1,1,2,no\na,9,7,8,yes\nb,3,9,,no\n"

  /// By hand: series in the order of their first rows, steps as numbers (9 before 10).
  @Test func makesARowOfEachSeries() throws {
    let fold = SeriesFold(id: "s", step: "t", once: ["label"])
    let wide = try table(long).folded(fold)
    #expect(wide.header == ["s", "label", "x_1", "y_1", "x_2", "y_2", "x_3", "y_3"])
    let rows = (0..<wide.rowCount).map { row in wide.header.indices.map { wide.text(row, $0) } }
    #expect(
      rows == [
        ["b", "no", "1", "2", "3", "4", "9", ""], ["a", "yes", "7", "8", "5", "6", "", ""],
      ]
    )
  }

  @Test(
    arguments: [
      (SeriesFold(id: "q", step: "t", once: []), "source.id"),
      (SeriesFold(id: "s", step: "label", once: []), "source.step"),
      (SeriesFold(id: "s", step: "t", once: ["x"]), "source.once"),
    ]
  )
  func saysWhatDoesNotHold(fold: SeriesFold, field: String) throws {
    let faults = #expect(throws: DataFaults.self) { try table(long).folded(fold) }
    #expect(faults?.faults.map { $0.field } == [field])
  }
}
