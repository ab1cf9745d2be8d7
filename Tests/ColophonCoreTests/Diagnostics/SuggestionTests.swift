import ColophonCore
import Testing

@Suite struct Suggestions {
  private static let names = ["max_depth", "n_estimators", "learning_rate", "subsample", "gamma"]

  @Test(
    arguments: [
      ("max_dpeth", "max_depth"), ("MaxDepth", "max_depth"), ("max-depth", "max_depth"),
      ("learning_rte", "learning_rate"), ("estimators", "n_estimators"), ("gama", "gamma"),
      ("learning", "learning_rate"), ("gammas", "gamma"), ("x", nil), ("banana", nil), ("", nil),
    ] as [(String, String?)]
  )
  func findsTheNearestName(word: String, name: String?) {
    #expect(Suggestion.nearest(to: word, among: Self.names) == name)
  }

  @Test func tiesGoToTheEarlierName() {
    #expect(Suggestion.nearest(to: "ab", among: ["ac", "ad"]) == "ac")
  }

  @Test func listsAFewNamesAndCountsMany() {
    #expect(Suggestion.hint(for: "gama", among: Self.names) == "did you mean 'gamma'?")
    #expect(Suggestion.hint(for: "zzz", among: ["a1", "b2"]) == "known here: a1, b2")
    #expect(Suggestion.hint(for: "zzz", among: []) == nil)
    let many = (0..<30).map { "name_number_\($0)" }
    #expect(
      Suggestion.hint(for: "zzz", among: many) == "there are 30 known names; 'name_number_0' is one"
    )
  }
}
