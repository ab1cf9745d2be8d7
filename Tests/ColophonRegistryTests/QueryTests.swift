import ColophonCore
import ColophonRegistry
import Testing

/// The query language: what each word selects, and what is wrong with a query.
@Suite struct Queries {
  /// Versions 1 to 6 of 'churn', of which 2 is rejected, 3 pending; version 1 of 'other'.
  private func filled() throws -> SampleRegistry {
    let sample = try SampleRegistry()
    for number in 1...6 {
      let status: VersionStatus = number == 2 ? .rejected : number == 3 ? .pending : .approved
      try sample.register(number, status: status)
    }
    try sample.register(900, group: "other")
    try sample.registry.promote(VersionName("churn", 4), to: "champion", by: sample.hand())
    return sample
  }

  @Test(arguments: [
    ("status = Approved", "other@1 churn@6 churn@5 churn@4 churn@1"),
    ("status != Approved", "churn@3 churn@2"),
    ("status = Approved and group = churn", "churn@6 churn@5 churn@4 churn@1"),
    ("roc_auc > 0.5", "other@1"),
    ("roc_auc.low > 0.5 and status = Approved", "other@1"),
    ("final.roc_auc >= 0.004 and group = churn", "churn@6 churn@5 churn@4"),
    ("roc_auc <= 0.2%", "churn@2 churn@1"),
    ("best = even and not status = Rejected", "other@1 churn@6 churn@4"),
    ("best = \"odd\"", "churn@5 churn@3 churn@1"),
    ("significant = true and group = churn", "churn@6 churn@5 churn@4 churn@3"),
    ("alias = champion", "churn@4"), ("alias is not missing", "churn@4"),
    ("version >= 5 or alias = champion", "churn@6 churn@5 churn@4"),
    ("ancestor(dataset:people) and version = 1", "other@1 churn@1"),
    ("ancestor(people) and version = 6", "churn@6"), ("ancestor(nobody)", ""),
    ("ancestor('file:data/people.csv') and version = 2", "churn@2"),
    ("cost is missing and version = 1", "other@1 churn@1"), ("cost > 1", ""),
    // A text is neither less nor greater than a number.
    ("best > 0", ""), ("roc_auc = high", ""),
    ("(status = Rejected or status = PendingManualApproval) and roc_auc < 1", "churn@3 churn@2"),
  ])
  func selects(query: String, expected: String) throws {
    let sample = try filled()
    let found = try sample.registry.list(RegistryQuery(query)).versions
    #expect(found.map { "\($0.group)@\($0.number)" }.joined(separator: " ") == expected)
  }

  @Test func findsAModelByItsDigits() throws {
    let sample = try filled()
    let model = try sample.registry.show(VersionName("churn", 5)).content.modelDigest
    let digits = String(try #require(model).hex.prefix(12))
    let found = try sample.registry.list(RegistryQuery("model = \(digits)x")).versions
    #expect(found.isEmpty)
    let real = try sample.registry.list(RegistryQuery("model = sha256:\(digits)")).versions
    #expect(real.map { $0.number } == [5])
  }

  @Test(arguments: [
    ("status = Aproved", 9, "there is no status 'Aproved'"),
    ("roc_auc >", 9, "the query ends where a value should follow"),
    ("roc_auc > high", 10, "only numbers have an order"), ("(a = 1", 6, "')' should follow"),
    ("a = 1 b = 2", 6, "expected 'and' or 'or' here"), ("version = x", 10, "a version is a number"),
    ("a = 'x", 4, "this quote is never closed"), ("a ; b", 2, "';' has no meaning in a query"),
    ("", 0, "a name should follow"), ("not", 3, "a name should follow"),
    ("group = 3", 8, "'group' is compared with a word"),
  ])
  func saysWhatIsWrong(query: String, offset: Int, words: String) {
    do throws(ExpressionProblem) {
      _ = try RegistryQuery(query)
      Issue.record("'\(query)' was read")
    } catch {
      #expect(error.offset == offset && error.message.contains(words), "\(error)")
    }
  }

  @Test func endsWhereNestingIsTooDeep() {
    let query = String(repeating: "(", count: 5000) + "a = 1"
    #expect(throws: ExpressionProblem.self) { try RegistryQuery(query) }
  }

  @Test func saysThatThereIsMore() throws {
    let sample = try filled()
    let some = try sample.registry.list(nil, limit: 3)
    #expect(some.versions.count == 3 && some.hasMore)
    #expect(try !sample.registry.list(nil, limit: 7).hasMore)
  }

  @Test(arguments: [
    ("roc_auc > 0", []), ("status = Approved and alias = champion", []),
    ("rocauc > 0", ["no version has a value 'rocauc'; did you mean 'roc_auc'?"]),
    ("roc_auc > 0 or zzzzzzzz is missing", ["no version has a value 'zzzzzzzz'"]),
    (
      "not ancestor(dataset:peple)",
      ["no version has an ancestor 'dataset:peple'; did you mean 'dataset:people'?"]
    ),
  ])
  func saysWhatNoVersionHas(query: String, hints: [String]) throws {
    #expect(try filled().registry.unknown(in: RegistryQuery(query)) == hints)
  }

  @Test func tellsTheValuesThatAreCompared() throws {
    let query = try RegistryQuery("version = 6 and roc_auc.low < 1 and (best = even or cost > 1)")
    #expect(query.paths == ["roc_auc.low", "best", "cost"])
    let found = try filled().registry.list(query).versions
    let low = try #require(found.first?.values["roc_auc.low"]?.asNumber)
    #expect(abs(low - (0.006 - 0.02)) < 1e-15)
    #expect(found.first?.values["best"] == "even" && found.first?.values["cost"] == nil)
  }
}
