import ColophonCore
import ColophonData

/// Metrics of how well scores order the rows of each query.
///
/// A metric is the weighted mean over queries, whose weight is that of their rows. A row is relevant
/// where its relevance is above 0.
extension Metric {
  /// Names that a length completes: `ndcg_10`, `hit_all`.
  package static let rankingFamilies = ["ndcg", "map", "precision", "recall", "hit"]
  /// The lengths that are shown where the author names none.
  package static let rankingLengths: [Int?] = [1, 3, 5, 10, nil]

  static let rankingMetrics: [Metric] =
    rankingFamilies.flatMap { family in rankingLengths.compactMap { ranking(family, $0) } }
    + [reciprocalRank]

  /// The metric of a family at a length; nil is the whole list.
  package static func ranking(_ family: String, _ length: Int?) -> Metric? {
    let name = "\(family)_\(length.map { "\($0)" } ?? "all")"
    let words = length.map { "the first \($0)" } ?? "all"
    switch family {
    case "ndcg": return ndcg(name, length, words)
    case "map": return averagePrecision(name, length, words)
    case "precision": return precision(name, length, words)
    case "recall": return recall(name, length, words)
    case "hit": return hit(name, length, words)
    default: return nil
    }
  }

  /// The metric of a name such as `ndcg_7` or `map_all`.
  static func rankingMetric(_ name: String) -> Metric? {
    guard let bar = name.lastIndex(of: "_") else { return nil }
    let (family, text) = (String(name[..<bar]), name[name.index(after: bar)...])
    if text == "all" { return ranking(family, nil) }
    guard let length = Int(text), length >= 1, "\(length)" == text else { return nil }
    return ranking(family, length)
  }

  private static let nothing = "nothing is relevant in any query"

  private static func metric(
    _ name: String,
    _ summary: String,
    _ formula: String,
    _ value: @escaping @Sendable (QueryRanks) -> Double
  ) -> Metric {
    Metric(
      name,
      .ranking,
      .maximize,
      needs: .numbers,
      summary,
      formula: formula,
      undefined: nothing
    ) { $0.queryMean(value) }
  }

  private static func ndcg(_ name: String, _ length: Int?, _ words: String) -> Metric {
    metric(
      name,
      "The discounted gain of \(words) rows of a query, against the best order's.",
      "Σ gain / log2(rank + 1), over the same of the ideal order"
    ) { $0.gain(length) / $0.idealGain(length) }
  }

  private static func averagePrecision(_ name: String, _ length: Int?, _ words: String) -> Metric {
    metric(
      name,
      "The mean precision at the ranks of the relevant among \(words) rows.",
      "Σ precision at relevant ranks up to K / min(relevant, K)"
    ) { ranks in
      let most = min(ranks.relevant, Double(length ?? .max))
      return ranks.precisionSum(length) / most
    }
  }

  private static func precision(_ name: String, _ length: Int?, _ words: String) -> Metric {
    metric(
      name,
      "The share of \(words) rows of a query that are relevant; a shorter list is filled up with "
        + "rows that are not.",
      "relevant up to K / K"
    ) { $0.hits(length) / Double(length ?? $0.count) }
  }

  private static func recall(_ name: String, _ length: Int?, _ words: String) -> Metric {
    metric(
      name,
      "The share of a query's relevant rows that are among \(words).",
      "relevant up to K / relevant"
    ) { $0.hits(length) / $0.relevant }
  }

  private static func hit(_ name: String, _ length: Int?, _ words: String) -> Metric {
    metric(
      name,
      "The share of queries with something relevant among \(words) rows.",
      "1 where something up to K is relevant, else 0"
    ) { 1 - $0.chanceOfNone(length) }
  }

  private static let reciprocalRank = metric(
    "mrr",
    "One over the rank of a query's first relevant row.",
    "1 / rank of the first relevant row"
  ) { $0.reciprocalRank() }
}

extension Sample {
  /// The weighted mean of a value over a ranking's queries; nil where no query counts.
  func queryMean(_ value: (QueryRanks) -> Double) -> Double? {
    guard case .ranking(_, let relevance, _) = cases.body else { return nil }
    var (sum, total) = (CompensatedSum(), CompensatedSum())
    for query in cases.queries {
      guard let first = query.rows.first else { continue }
      let weight = weighting[first]
      if weight == 0 || query.relevant == 0 && options.empty == .skip { continue }
      total.add(weight)
      if query.relevant > 0 {
        sum.add(weight * value(QueryRanks(query, relevance: relevance, options: options)))
      }
    }
    return total.value > 0 ? sum.value / total.value : nil
  }

  /// A metric of each query in turn, those left out excepted.
  package func byQuery(_ metric: Metric) -> [Double] {
    guard cases.task == .ranking else { return [] }
    return cases.queries.compactMap { query in
      metric.value(Sample(cases.rows(query.rows.sorted()), options: options))
    }
  }
}
