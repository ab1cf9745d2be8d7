import ColophonCore
import ColophonData
import ColophonEvaluation

/// Rows with classes to tell.
extension StudyRows {
  static var binary: [StudyRows] {
    [
      scored("clean", 1_000, share: 0.4), scored("tied", 1_000, share: 0.3, levels: 7),
      scored("weighted", 1_000, share: 0.5, levels: 40, weighted: true),
      scored("1 in 1,000", 100_000, share: 0.001),
      scored("1 in 1,000, tied and weighted", 100_000, share: 0.001, levels: 60, weighted: true),
      scored("large", 1_000_000, share: 0.2),
      scores("constant", 200, undefined: ["npv", "mcc"]) { stream in
        (stream.uniform() < 0.3 ? 1 : 0, 0.5, 1)
      },
      scores("two kinds told apart", 200) { stream in
        let label = stream.uniform() < 0.3 ? 1.0 : 0
        return (label, 0.1 + 0.75 * label + 0.1 * stream.uniform(), 1)
      },
      scores("one class", 200, call: "n.one_class(y.astype(int), p, w)") { stream in
        (1, stream.uniform(), 1)
      },
    ]
  }

  private static func scored(
    _ name: String,
    _ count: Int,
    share: Double,
    levels: Double = 0,
    weighted: Bool = false
  ) -> StudyRows {
    scores(name, count) { stream in
      let label = stream.uniform() < share ? 1.0 : 0
      var score = 0.2 * label + 0.75 * stream.uniform() + 0.02
      if levels > 0 { score = ((score * levels).rounded(.down) + 0.5) / levels }
      return (label, score, weight(weighted, &stream))
    }
  }

  private static func scores(
    _ name: String,
    _ count: Int,
    undefined: [String] = [],
    call: String = "m.binary(y.astype(int), p, w, 0.5)",
    _ row: (inout RandomStream) -> (label: Double, score: Double, weight: Double)
  ) -> StudyRows {
    var stream = stream(.binary, name)
    let rows = (0..<count).map { _ in row(&stream) }
    let (labels, scores) = (rows.map { $0.label }, rows.map { $0.score })
    let weights = rows.map { $0.weight }
    return StudyRows(
      .binary,
      name,
      columns: [("y", labels), ("p", scores), ("w", weights)],
      call: call,
      undefined: undefined
    ) {
      try Cases(
        labels: .classes(labels.map { Int32($0) }),
        predictions: .binary(scores: scores),
        weights: weights,
        classes: ["no", "yes"]
      )
    }
  }

  static var multiclass: [StudyRows] {
    [
      classified("clean", 1_000), classified("tied", 1_000, levels: 3),
      classified("weighted", 1_000, weighted: true),
      classified("1 in 1,000", 50_000, shares: [0.6, 0.9, 0.999]),
      classified("told apart", 200, certainty: 40),
      classified("large", 300_000),
    ]
  }

  /// Rows of four classes, the last bound of whose shares is 1.
  private static func classified(
    _ name: String,
    _ count: Int,
    levels: Double = 0,
    shares: [Double] = [0.25, 0.5, 0.75],
    certainty: Double = 0.5,
    weighted: Bool = false
  ) -> StudyRows {
    var stream = stream(.multiclass, name)
    var (labels, flat, weights): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<count {
      let draw = stream.uniform()
      let label = shares.firstIndex { draw < $0 } ?? 3
      var raw = (0..<4).map { stream.uniform() + ($0 == label ? certainty : 0) }
      if levels > 0 { raw = raw.map { ($0 * levels).rounded(.down) + 1 } }
      let total = raw.reduce(0, +)
      labels.append(Double(label))
      flat += raw.map { $0 / total }
      weights.append(weight(weighted, &stream))
    }
    return StudyRows(
      .multiclass,
      name,
      columns: [("y", labels), ("p", flat), ("w", weights)],
      call: "m.classes(y.astype(int), p.reshape(len(y), -1), w)"
    ) {
      try Cases(
        labels: .classes(labels.map { Int32($0) }),
        predictions: .multiclass(probabilities: flat, classes: 4),
        weights: weights,
        classes: (0..<4).map { "c\($0)" }
      )
    }
  }

  /// Rows of queries: how relevant each row is, its score, the weight of its query.
  static var ranking: [StudyRows] {
    let averaged = "n.ranking(y, p, q, w, ties='averaged')"
    let linear =
      "{k: v for k, v in n.ranking(y, p, q, w, gain='linear').items() if k[:4] == 'ndcg'}"
    var (ties, gain) = (MetricOptions(), MetricOptions())
    ties.ties = .averaged
    gain.gain = .linear
    return [
      lists("clean", 300, rows: 2...40), lists("tied", 300, rows: 2...40, levels: 4),
      lists("tied, averaged", 300, rows: 2...40, levels: 4, call: averaged, options: ties),
      lists("linear gain", 300, rows: 2...40, call: linear, options: gain),
      lists("weighted", 300, rows: 2...40, levels: 9, weighted: true),
      lists("1 in 1,000", 60, rows: 1_000...1_000, share: 0.001),
      lists("one score", 100, rows: 1...12, levels: 1),
      lists("large", 10_000, rows: 100...100),
    ]
  }

  private static func lists(
    _ name: String,
    _ queries: Int,
    rows: ClosedRange<Int>,
    levels: Double = 0,
    share: Double = 0.3,
    weighted: Bool = false,
    call: String = "n.ranking(y, p, q, w)",
    options: MetricOptions = MetricOptions()
  ) -> StudyRows {
    var stream = stream(.ranking, name)
    var (relevance, scores, query, weights): ([Double], [Double], [Double], [Double]) =
      ([], [], [], [])
    for number in 0..<queries {
      let size = rows.lowerBound + stream.integer(below: rows.count)
      let weight = weight(weighted, &stream)
      for _ in 0..<size {
        let worth = stream.uniform() < share ? Double(1 + stream.integer(below: 3)) : 0
        var score = 0.15 * worth + stream.uniform()
        if levels > 0 { score = levels == 1 ? 0.5 : (score * levels).rounded(.down) / levels }
        relevance.append(worth)
        scores.append(score)
        query.append(Double(number))
        weights.append(weight)
      }
    }
    return StudyRows(
      .ranking,
      name,
      columns: [("y", relevance), ("p", scores), ("q", query), ("w", weights)],
      call: call,
      options: options
    ) {
      try Cases(
        labels: .numbers(relevance),
        predictions: .regression(scores),
        weights: weights,
        queries: query.map { Int32($0) }
      )
    }
  }
}
