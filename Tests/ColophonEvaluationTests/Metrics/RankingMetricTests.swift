import ColophonCore
import ColophonData
import ColophonEvaluation
import Foundation
import Testing

/// One query's rows, or several queries'.
private struct Lists {
  var relevance: [Double]
  var scores: [Double]
  var queries: [Int32]
  var weights: [Double]?

  init(_ relevance: [Double], _ scores: [Double], _ queries: [Int32]? = nil) {
    self.relevance = relevance
    self.scores = scores
    self.queries = queries ?? relevance.map { _ in 0 }
  }

  func cases() throws -> Cases {
    try Cases(
      labels: .numbers(relevance),
      predictions: .regression(scores),
      weights: weights,
      queries: queries
    )
  }

  func value(_ name: String, _ change: (inout MetricOptions) -> Void = { _ in }) throws -> Double? {
    var options = MetricOptions()
    change(&options)
    let metric = try #require(Metric.named(name, task: .ranking), "\(name)")
    return metric.value(Sample(try cases(), options: options))
  }

  /// Made-up queries of several sizes, with ties, whose rows stand between each other.
  static func madeUp(_ seed: UInt64, rows: Int, queries: Int, levels: Double) -> Lists {
    var u = Congruential(state: seed)
    var lists = Lists([], [], [])
    for _ in 0..<rows {
      lists.queries.append(Int32(u.next() * Double(queries)))
      lists.relevance.append(max(0, (u.next() * 6 - 3).rounded(.down)))
      lists.scores.append((u.next() * levels).rounded(.down) / 4)
    }
    return lists
  }
}

@Suite struct RankingMetrics {
  static let options: [MetricOptions] = [MetricOptions.Gain.exponential, .linear].flatMap { gain in
    [MetricOptions.RankTies.file, .averaged].map { ties in
      var options = MetricOptions()
      (options.gain, options.ties) = (gain, ties)
      return options
    }
  }

  @Test func agreeWithScikitLearn() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let url = folder.appendingPathComponent("Fixtures/ranking.json")
    let all = try Value(json: Array(try Data(contentsOf: url)))["queries"]?.asArray ?? []
    #expect(all.count == 7)
    for query in all {
      let numbers = { (name: String) in (query[name]?.asArray ?? []).compactMap { $0.asNumber } }
      let lists = Lists(numbers("relevance"), numbers("scores"))
      for k in ["1", "3", "5", "all"] {
        let averaged = try lists.value("ndcg_\(k)") { ($0.gain, $0.ties) = (.linear, .averaged) }
        #expect(agree(averaged, query["averaged_\(k)"]?.asNumber))
        let file = try lists.value("ndcg_\(k)") { $0.gain = .linear }
        #expect(agree(file, query["file_\(k)"]?.asNumber))
        #expect(agree(try lists.value("ndcg_\(k)"), query["exponential_\(k)"]?.asNumber))
      }
      #expect(agree(try lists.value("map_all"), query["map_all"]?.asNumber))
    }
  }

  /// Against the definitions, over every order of tied rows one by one.
  @Test(arguments: options.indices)
  func agreeWithTheirDefinitions(which: Int) throws {
    let options = Self.options[which]
    for (seed, size, levels) in [(1, 1, 1), (2, 4, 2), (3, 6, 1), (4, 6, 3), (5, 7, 100)] {
      let lists = Lists.madeUp(UInt64(seed), rows: size, queries: 1, levels: Double(levels))
      guard lists.relevance.contains(where: { $0 > 0 }) else { continue }
      let orders = options.ties == .file ? [fileOrder(lists)] : everyOrder(lists)
      for length in [1, 2, 3, 5, nil] as [Int?] {
        for family in Metric.rankingFamilies {
          let expected = orders.reduce(0) {
            $0 + plain(family, length, $1.map { lists.relevance[$0] }, options.gain)
          }
          let name = "\(family)_\(length.map { "\($0)" } ?? "all")"
          let found = try lists.value(name) { $0 = options }
          #expect(agree(found, expected / Double(orders.count)), "\(name) of \(size)")
        }
      }
      let expected = orders.reduce(0) {
        $0 + plain("mrr", nil, $1.map { lists.relevance[$0] }, .linear)
      }
      #expect(agree(try lists.value("mrr") { $0 = options }, expected / Double(orders.count)))
    }
  }

  /// A metric of one order, from its definition alone.
  private func plain(
    _ family: String,
    _ length: Int?,
    _ relevance: [Double],
    _ gain: MetricOptions.Gain
  ) -> Double {
    let k = min(length ?? relevance.count, relevance.count)
    let total = Double(relevance.filter { $0 > 0 }.count)
    let hits = Double(relevance.prefix(k).filter { $0 > 0 }.count)
    func discounted(_ list: [Double]) -> Double {
      list.prefix(k).enumerated().reduce(0.0) { sum, row -> Double in
        let worth = gain == .linear ? row.1 : Foundation.exp2(row.1) - 1
        return sum + worth / Foundation.log2(Double(row.0 + 2))
      }
    }
    switch family {
    case "ndcg": return discounted(relevance) / discounted(relevance.sorted(by: >))
    case "precision": return hits / Double(length ?? relevance.count)
    case "recall": return hits / total
    case "hit": return hits > 0 ? 1 : 0
    case "mrr": return 1 / Double((relevance.firstIndex { $0 > 0 } ?? 0) + 1)
    default:
      var (seen, sum) = (0.0, 0.0)
      for place in 0..<k where relevance[place] > 0 {
        seen += 1
        sum += seen / Double(place + 1)
      }
      return sum / min(total, Double(length ?? relevance.count))
    }
  }

  private func fileOrder(_ lists: Lists) -> [Int] {
    lists.scores.indices.sorted {
      lists.scores[$0] == lists.scores[$1] ? $0 < $1 : lists.scores[$0] > lists.scores[$1]
    }
  }

  /// Every order in which no score rises.
  private func everyOrder(_ lists: Lists) -> [[Int]] {
    func orders(_ left: [Int]) -> [[Int]] {
      guard let top = left.map({ lists.scores[$0] }).max() else { return [[]] }
      return left.filter { lists.scores[$0] == top }.flatMap { first in
        orders(left.filter { $0 != first }).map { [first] + $0 }
      }
    }
    return orders(Array(lists.scores.indices))
  }

  @Test func leaveOutOrCountQueriesWithNothingRelevant() throws {
    let lists = Lists([0, 0, 1, 0], [2, 1, 2, 1], [7, 7, 3, 3])
    #expect(try lists.value("ndcg_1") == 1)
    #expect(try lists.value("ndcg_1") { $0.empty = .zero } == 0.5)
    #expect(try lists.cases().queryCounts == (all: 2, empty: 1))
    let nothing = Lists([0, 0], [2, 1])
    #expect(try nothing.value("mrr") == nil)
    #expect(try nothing.value("mrr") { $0.empty = .zero } == 0)
  }

  /// A query of weight 2 equals the query twice, one of weight 0 none; weights are whole queries'.
  @Test(arguments: ["ndcg_3", "map_all", "mrr", "precision_2", "recall_5", "hit_1"])
  func countAQueryOfWeightTwoAsTwo(name: String) throws {
    let plain = Lists.madeUp(9, rows: 60, queries: 7, levels: 9)
    var weighted = plain
    weighted.weights = plain.queries.map { $0 == 2 ? 2 : $0 == 4 ? 0 : 1 }
    var twice = plain
    for row in plain.queries.indices where plain.queries[row] == 2 {
      twice.relevance.append(plain.relevance[row])
      twice.scores.append(plain.scores[row])
      twice.queries.append(99)
    }
    let kept = twice.queries.indices.filter { twice.queries[$0] != 4 }
    let picked = Lists(
      kept.map { twice.relevance[$0] },
      kept.map { twice.scores[$0] },
      kept.map { twice.queries[$0] }
    )
    #expect(agree(try weighted.value(name), try picked.value(name)))
  }

  @Test func refuseWhatIsNoRanking() {
    var lists = Lists([1, 0], [1, 2])
    lists.weights = [1, 2]
    #expect(throws: InputProblems.self) { try lists.cases() }
    #expect(throws: InputProblems.self) { try Lists([-1, 2], [1, 2]).cases() }
    #expect(throws: InputProblems.self) { try Lists([1, 2], [.nan, 2]).cases() }
    #expect(throws: InputProblems.self) { try Lists([1, 2], [3, 2], [1]).cases() }
  }

  @Test(arguments: ["ndcg_0", "ndcg_", "ndcg_x", "ndcg_-3", "ndcg_01", "dcg_5", "ndcg"])
  func haveNoOtherNames(name: String) { #expect(Metric.named(name, task: .ranking) == nil) }

  /// Whole queries are drawn, so that a resample of one query alone changes nothing.
  @Test func areResampledByQuery() throws {
    let metrics = try ["ndcg_3", "mrr"].map { try #require(Metric.named($0, task: .ranking)) }
    func bounds(_ lists: Lists, threads: Int) throws -> [ConfidenceInterval?] {
      Bootstrap(resamples: 200).intervals(
        of: metrics,
        sample: Sample(try lists.cases()),
        threads: threads
      ) { RandomStream(root: 3, cell: "t", purpose: "bootstrap", index: $0) }
    }
    let one = Lists.madeUp(4, rows: 12, queries: 1, levels: 5)
    for interval in try bounds(one, threads: 1) {
      #expect(interval.map { $0.low == $0.high } == true)
    }
    let many = Lists.madeUp(6, rows: 400, queries: 30, levels: 9)
    let found = try bounds(many, threads: 1)
    #expect(found.allSatisfy { $0.map { $0.low < $0.high } == true })
    #expect(try bounds(many, threads: 4) == found)
  }
}
