import ColophonCore
import ColophonLineage
import Testing

@Suite struct CellKeyTests {
  /// Every ingredient changed on its own.
  static let variants: [CellKey] = [
    .sample(kind: "tune"),
    .sample(configuration: ["learning_rate": 0.2]),
    .sample(configuration: ["learning_rate": "0.1"]),
    .sample(seed: 2),
    .sample(inputs: ["churn": sha("other")]),
    .sample(inputs: ["customers": sha("churn")]),
    .sample(inputs: [:]),
    .sample(files: ["data/x.csv": sha("y")]),
    .sample(files: ["data/y.csv": sha("x")]),
    .sample(build: sha("next")),
    .sample(cell: "refit"),
  ]

  @Test(arguments: variants)
  func changesWithEveryIngredient(variant: CellKey) {
    #expect(variant.digest != CellKey.sample().digest)
  }

  @Test func differsBetweenAllVariants() {
    let digests = CellKeyTests.variants.map { $0.digest }
    #expect(Set(digests).count == CellKeyTests.variants.count)
  }

  @Test func isTheSameForEqualIngredients() {
    // 1.0 and 1 have the same canonical form.
    let whole = CellKey.sample(configuration: ["eta": 1, "depth": 4])
    let point = CellKey.sample(configuration: ["depth": 4.0, "eta": 1.0])
    #expect(whole.digest == point.digest)
  }

  @Test(arguments: variants + [.sample(seed: .max)])
  func readsBackWhatItWrote(key: CellKey) throws {
    let text = key.value.canonicalText
    let read = try #require(CellKey(try Value(json: text.utf8)))
    #expect(read.digest == key.digest)
    #expect(read.seed == key.seed)
    #expect(read.inputs == key.inputs)
  }

  @Test(arguments: ["{}", "[]", "null", #"{"format":"colophon-cell-key/1"}"#])
  func refusesWhatIsNoKey(text: String) throws {
    #expect(CellKey(try Value(json: text.utf8)) == nil)
  }

  @Test func keepsItsCanonicalFormForEver() {
    // The form is part of every stored key: a change of it must be a new format number.
    let key = CellKey(
      kind: "train",
      configuration: ["eta": 0.5],
      seed: CellKey.Seed(root: .max, cell: "fit"),
      inputs: ["churn": sha("a")],
      files: [:],
      build: sha("b")
    )
    #expect(
      key.value.canonicalText
        == #"{"build":"\#(sha("b"))","configuration":{"eta":0.5},"files":{},"#
        + #""format":"colophon-cell-key/1","inputs":{"churn":"\#(sha("a"))"},"kind":"train","#
        + #""seed":{"cell":"fit","root":"18446744073709551615"}}"#
    )
  }
}
