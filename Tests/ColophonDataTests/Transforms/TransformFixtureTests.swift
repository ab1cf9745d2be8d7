import ColophonCore
import ColophonData
import Testing

/// Every step against scikit-learn and pandas (Tests/Fixtures/make/transforms.py).
@Suite struct TransformsBesideTheirPeers {
  private static let fixtures = (try? Value(json: fixture("transforms.json"))) ?? .null
  static let cases = fixtures["cases"]?.asArray ?? []

  /// The fixture's table; a text that stands for a number is missing.
  private func sample(weighted: Bool, target: String) throws -> Dataset {
    let table = try #require(Self.fixtures["table"]?.asObject)
    var columns = try table.keys.sorted().map { name -> Column in
      let values = try #require(table[name]?.asArray)
      guard values.contains(where: { $0.asString != nil }) else {
        let numbers = values.map { $0.asNumber ?? .nan }
        return Column(name: name, type: .numeric, storage: .numbers(numbers))
      }
      let texts = values.map { $0.asString ?? "" }
      let levels = Set(texts).sorted()
      let codes = texts.map { Int32(levels.firstIndex(of: $0) ?? 0) }
      return Column(
        name: name,
        type: .category,
        storage: .categories(codes: codes, levels: levels)
      )
    }
    let splits = try #require(table["part"]?.asArray).map { Split(rawValue: $0.asString ?? "") }
    columns.removeAll { $0.name == "part" }
    return Dataset(
      table: Table(columns: columns, rowCount: splits.count),
      task: target == "label" ? .binary : .regression,
      target: target,
      classes: target == "label" ? ["no", "yes"] : [],
      weight: weighted ? "w" : nil,
      group: "site",
      time: "day",
      splits: splits
    )
  }

  @Test func hasCases() { #expect(Self.cases.count == 75) }

  @Test(arguments: cases.indices)
  func agrees(index: Int) throws {
    let item = Self.cases[index]
    let name = try #require(item["step"]?.asString)
    let config = try #require(item["config"])
    let tolerance = try #require(item["tolerance"]?.asNumber)
    let dataset = try sample(
      weighted: item["weighted"]?.asBoolean ?? false,
      target: item["target"]?.asString ?? "number"
    )
    let made = try prepare(dataset, step(name, config))
    for (column, expected) in item["columns"]?.asObject ?? [:] {
      let numbers = try #require(made.table[column]?.numbers, "\(name) made no '\(column)'")
      let wanted = expected.asArray?.map { $0.asNumber ?? .nan } ?? []
      #expect(numbers.count == wanted.count)
      let wrong = zip(numbers, wanted).enumerated().first {
        !isClose($0.element.0, $0.element.1, tolerance)
      }
      #expect(wrong == nil, "\(name) \(config) \(column): \(wrong.debugDescription)")
    }
    let learned = made.preparation?.steps.last?.learned["score"]
    for (column, expected) in item["scores"]?.asObject ?? [:] {
      let score = try #require(learned?[column]?.asNumber)
      let wanted = try #require(expected.asNumber)
      #expect(isClose(score, wanted, tolerance), "\(config) \(column): \(score), not \(wanted)")
    }
  }
}
