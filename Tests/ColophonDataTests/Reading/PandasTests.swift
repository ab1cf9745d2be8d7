import ColophonCore
import ColophonData
import Foundation
import Testing

/// What pandas read in `nasty.csv`; made by `Fixtures/make/data_pandas.py`.
private struct Peer: Decodable {
  struct Numbers: Decodable {
    var values: [String?]
    var missing: Int
    var distinct: Int
    var mean: Double
    var std: Double
    var min: Double
    var max: Double
    var lower: Double
    var median: Double
    var upper: Double
  }

  var columns: [String]
  var texts: [[String]]
  var numbers: [String: Numbers]
  var flags: [String: Int]
}

@Suite struct AgreeingWithPandas {
  /// Sums in another order differ in the last bits.
  private let sumTolerance = 1e-12
  private let peer: Peer
  private let table: TextTable

  init() throws {
    peer = try JSONDecoder().decode(Peer.self, from: Data(fixture("nasty.json")))
    table = try ColophonDataTests.table(fixture("nasty.csv"))
  }

  @Test func onEveryField() {
    #expect(table.header == peer.columns)
    #expect(table.rowCount == peer.texts.count)
    for (row, texts) in peer.texts.enumerated() {
      #expect(texts == texts.indices.map { table.text(row, $0) }, "row \(row + 1)")
    }
  }

  @Test func onEveryNumberAndItsSummary() throws {
    let dataset = try DatasetReader.read(table, DatasetRecipe(), root: 0, cell: "d")
    #expect(peer.numbers.count == 3)
    for (name, expected) in peer.numbers {
      let column = try #require(dataset.table[name])
      #expect(column.type == .numeric)
      // float.hex of Python is exact.
      let values = expected.values.map { $0.flatMap { Double($0) } ?? .nan }
      #expect(column.numbers?.map { $0.isNaN ? 0 : $0 } == values.map { $0.isNaN ? 0 : $0 })
      let profile = ColumnProfile(column)
      #expect(profile.missing == expected.missing)
      #expect(profile.distinct == expected.distinct)
      let summary = try #require(profile.numbers)
      for (found, wanted) in [
        (summary.mean, expected.mean), (summary.std, expected.std), (summary.min, expected.min),
        (summary.max, expected.max), (summary.lowerQuartile, expected.lower),
        (summary.median, expected.median), (summary.upperQuartile, expected.upper),
      ] {
        #expect(abs(found - wanted) <= sumTolerance * max(1, abs(wanted)), "\(name)")
      }
      #expect(summary.counts.reduce(0, +) == profile.count)
    }
  }

  @Test func onTheCountsOfACategory() throws {
    let dataset = try DatasetReader.read(table, DatasetRecipe(), root: 0, cell: "d")
    let profile = ColumnProfile(try #require(dataset.table["flag"]))
    #expect(profile.type == .category)
    #expect(
      Dictionary(uniqueKeysWithValues: profile.levels.map { ($0.label, $0.count) }) == peer.flags
    )
  }
}
