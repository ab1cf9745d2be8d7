import ColophonCore
import Testing

@Suite struct Catalogues {
  @Test func keepsTheOrderAndFindsByName() {
    let catalogue = Catalogue("loss", [("b", 1), ("a", 2)]) { $0.0 }
    #expect(catalogue.names == ["b", "a"])
    #expect(catalogue["a"]?.1 == 2)
    #expect(catalogue["c"] == nil)
  }
}
