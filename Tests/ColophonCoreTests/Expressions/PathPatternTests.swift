import ColophonCore
import Testing

@Suite struct PathPatterns {
  private func segments(_ text: String) throws -> [ValuePath.Segment] {
    let paths = try Expression(parsing: "cell.\(text)").paths
    return try #require(paths.first).path.segments
  }

  @Test(arguments: [
    ("rows", "rows", true), ("rows", "columns", false), ("rows", "rows.x", false),
    ("classes.*", "classes.Yes", true), ("classes.*", "classes.\"not so\"", true),
    ("classes.*", "classes", false), ("{train,test}.rows", "test.rows", true),
    ("{train,test}.rows", "dev.rows", false), ("folds[*]", "folds[3]", true),
    ("folds[*]", "folds.x", false), ("folds[*]", "folds", false),
    ("shap[*].*", "shap[0].age", true),
    ("best.**", "best.a.b[2]", true), ("best.**", "best", true), ("best.**", "worst.a", false),
    ("*.mean", "f1.mean", true),
  ])
  func matches(pattern: String, path: String, holds: Bool) throws {
    #expect(PathPattern(pattern).matches(try segments(path)) == holds)
  }

  @Test func knowsWhatLeadsToAPromise() throws {
    let pattern: PathPattern = "ci.*.low"
    #expect(pattern.matches(try segments("ci"), orLeadsTo: true))
    #expect(pattern.matches(try segments("ci.f1"), orLeadsTo: true))
    #expect(!pattern.matches(try segments("cj"), orLeadsTo: true))
    #expect(!pattern.matches(try segments("ci.f1.low.x"), orLeadsTo: true))
  }

  @Test func offersExamples() {
    #expect(PathPattern("{a,b}.*").examples == ["a.NAME", "b.NAME"])
    #expect(PathPattern("folds[*]").examples == ["folds[0]"])
    #expect(PathPattern("x.**").examples == ["x"])
  }

  @Test func exactPatternsTakeNamesWithDots() throws {
    let pattern = PathPattern(exactly: ["classes", "v1.0 {x}"])
    #expect(pattern.matches([.name("classes"), .name("v1.0 {x}")]))
    #expect(pattern.description == "classes.\"v1.0 {x}\"")
  }

  @Test func everyLeafOfAValueIsAPathThatReadsIt() throws {
    let value: Value = ["a": [1, ["b c": 2]], "d\"\\": 3, "e": ["f": true]]
    let leaves = ValuePath.leaves(of: value)
    #expect(leaves == ["a[0]", "a[1].\"b c\"", "\"d\\\"\\\\\"", "e.f"])
    for leaf in leaves { #expect(ValuePath.find(try segments(leaf), in: value) != nil, "\(leaf)") }
    #expect(ValuePath.find([.index(5)], in: [1]) == nil)
    #expect(ValuePath.find([.name("a"), .index(-1)], in: value) == nil)
  }

  @Test func offersNamesWithDotsInQuotes() {
    let pattern = PathPattern(exactly: ["test", "quantile_0.9"])
    #expect(pattern.examples == ["test.\"quantile_0.9\""])
  }
}
