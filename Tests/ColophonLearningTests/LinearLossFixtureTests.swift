import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Against the optima of losses with corners; see Fixtures/make/linear_losses.py.
@Suite struct LinearLossFixtures {
  /// The promise is 1e-6 of the largest coefficient.
  static let tolerance = 1e-6

  static let cases = (try? fixture("linear_losses.json")["cases"]?.asArray) ?? []

  @Test func thereAreCases() { #expect(Self.cases.count >= 14) }

  @Test(arguments: cases.indices)
  func findsTheSameOptimum(index: Int) throws {
    let expected = Self.cases[index]
    let name = try #require(expected["name"]?.asString)
    let task = try #require(Task(rawValue: try need(expected["task"]?.asString)))
    let data = try SampleData(try #require(expected["data"]?.asString))
    let job = makeJob(
      task,
      classes: task == .binary ? ["0", "1"] : [],
      splits: [.train: data.rows(Array(data.labels.indices), task: task)]
    )
    let keys = ["loss", "alpha", "l1_ratio", "quantile", "epsilon"]
    var entries = keys.compactMap { key in expected[key].map { (key, content($0)) } }
    if let weights = expected["class_weight"] { entries.append(("class_weight", map(weights))) }
    let (recipe, diagnostics, _) = read(LinearLearner.self, entries)
    #expect(diagnostics.isEmpty, "\(name)")
    let result = try recipe.fit(job, observer: SilentObserver())
    let found = try #require(result.model.coefficients)
    let coefficients = try #require(expected["coefficients"]).numbers
    let intercepts = try #require(expected["intercepts"]).numbers
    #expect(relativeError(found.values, coefficients) < Self.tolerance, "\(name)")
    #expect(relativeError(found.intercepts, intercepts) < Self.tolerance, "\(name)")
    #expect(zip(found.values, coefficients).allSatisfy { ($0 == 0) == ($1 == 0) }, "\(name): zeros")
    #expect(result.notes.allSatisfy { !$0.isWarning }, "\(name): \(result.notes)")
  }

  private func map(_ value: Value) -> Node.Content {
    guard let members = value.asObject else { return content(value) }
    let place = SourcePosition(path: "a.md", line: 20, column: 5)
    return .mapping(
      members.sorted { $0.key < $1.key }.map { key, value in
        Node.Entry(
          key: key,
          keyPosition: place,
          value: Node(content(value), text: "", at: place)
        )
      }
    )
  }
}
