import ColophonData

/// The rows of one query, by falling score.
struct RankedQuery: Sendable {
  /// Positions in the cases; rows of one score in the order in which they stand.
  let rows: [Int]
  /// Where in `rows` each run of equal scores ends.
  let ends: [Int]
  /// The relevances of the rows, highest first.
  let ideal: [Double]
  /// How many rows have a relevance above 0.
  let relevant: Int

  init(rows given: [Int], scores: [Double], relevance: [Double]) {
    let rows = given.sorted { a, b in scores[a] == scores[b] ? a < b : scores[a] > scores[b] }
    self.rows = rows
    ends = rows.indices.compactMap { place in
      place + 1 == rows.count || scores[rows[place]] != scores[rows[place + 1]] ? place + 1 : nil
    }
    ideal = rows.map { relevance[$0] }.sorted(by: >)
    relevant = ideal.count { $0 > 0 }
  }
}

extension Cases {
  /// A ranking's queries in the order in which they first appear; none of other tasks.
  var queries: [RankedQuery] {
    rankedQueries.value {
      guard case .ranking(let scores, let relevance, let queries) = body else { return [] }
      return Cases.members(queries).map {
        RankedQuery(rows: $0, scores: scores, relevance: relevance)
      }
    }
  }

  /// Rows that belong together and so are drawn together: those of a query, or of a series; nil where
  /// each stands for itself.
  package var units: [[Int]]? {
    if task == .ranking { return queries.map { $0.rows } }
    return forecasts.map { Cases.members($0.series) }
  }

  /// The position of each row's unit in `units`; nil where each row is one.
  var unitOfRow: [Int]? {
    guard let units else { return nil }
    var places = [Int](repeating: 0, count: count)
    for (place, unit) in units.enumerated() {
      for row in unit { places[row] = place }
    }
    return places
  }

  /// The rows of each query, queries and rows in the order in which they stand.
  private static func members(_ queries: [Int32]) -> [[Int]] {
    var places: [Int32: Int] = [:]
    var members: [[Int]] = []
    for (row, query) in queries.enumerated() {
      if let place = places[query] {
        members[place].append(row)
      } else {
        places[query] = members.count
        members.append([row])
      }
    }
    return members
  }

  /// How many queries a ranking has, and in how many of them nothing is relevant.
  package var queryCounts: (all: Int, empty: Int) {
    (queries.count, queries.count { $0.relevant == 0 })
  }
}
