import ColophonCore
package import ColophonData
import ColophonMath

/// The training rows, with how their nearest are found and vote.
package struct NeighboursModel: Model, Hashable {
  package static var algorithm: String { NearestNeighbours.name }

  /// The recipe's settings.
  package struct Settings: Codable, Hashable, Sendable {
    package var neighbours: Int
    package var votes: NearestNeighbours.Votes
    package var metric: String
    package var power: Double
    package var search: NearestNeighbours.Search
    package var leafSize: Int

    init(_ recipe: NearestNeighbours) {
      neighbours = recipe.neighbours
      votes = recipe.votes
      metric = recipe.metricName
      power = recipe.power
      search = recipe.search
      leafSize = recipe.leafSize
    }
  }

  package let settings: Settings
  package let task: Task
  /// How many classes the data has; 0 for a regression.
  package let classCount: Int
  package let features: [String]
  /// The stored rows, row-major.
  package let rows: [Double]
  /// Each stored row's number, or its class's place.
  package let answers: [Double]
  /// What each stored row counts; nil where all weigh 1.
  package let weights: [Double]?

  package var parameterCount: Int { rows.count + answers.count + (weights?.count ?? 0) }

  /// Up to how many features `auto` takes the tree.
  private static let treeWidth = 15

  /// How the stored rows are searched.
  private var search: NeighbourSearch {
    let metric = NeighbourMetric(named: settings.metric, power: settings.power)
    let usesTree: Bool =
      switch settings.search {
      case .tree: true
      case .brute: false
      case .auto:
        metric != .cosine && features.count <= NeighboursModel.treeWidth && answers.count > 256
      }
    return NeighbourSearch(
      rows,
      width: features.count,
      metric: metric,
      needed: settings.neighbours,
      weights: weights,
      leafSize: usesTree ? settings.leafSize : nil
    )
  }

  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    try predict(features, threads: 1)
  }

  package func predict(_ features: FeatureMatrix, threads: Int) throws -> Predictions {
    try features.check(width: self.features.count, for: NearestNeighbours.name)
    let outputs = task == .multiclass ? classCount : 1
    var results = [Double](repeating: 0, count: features.rows * outputs)
    let search = search
    results.withUnsafeMutableBufferPointer { target in
      // Each query writes to its own place.
      nonisolated(unsafe) let target = target
      search.each(of: features.values, threads: threads) { query, nearest in
        vote(
          nearest,
          search.metric,
          UnsafeMutableBufferPointer(
            rebasing: target[query * outputs..<(query + 1) * outputs]
          )
        )
      }
    }
    switch task {
    case .binary: return .binary(scores: results)
    case .multiclass: return .multiclass(probabilities: results, classes: classCount)
    default: return .regression(results)
    }
  }

  /// Neighbours and distances of some rows, near ones first: for tests and explanations.
  package func neighbours(of features: FeatureMatrix) throws -> [[(row: Int, distance: Double)]] {
    try features.check(width: self.features.count, for: NearestNeighbours.name)
    var found = [[(row: Int, distance: Double)]](repeating: [], count: features.rows)
    let search = search
    found.withUnsafeMutableBufferPointer { target in
      nonisolated(unsafe) let target = target
      search.each(of: features.values, threads: 1) { query, nearest in
        target[query] = zip(nearest.rows, nearest.distances).map {
          (Int($0), search.metric.distance($1))
        }
      }
    }
    return found
  }

  /// Adds up the neighbours' answers, near ones first.
  private func vote(
    _ nearest: NearestRows,
    _ metric: NeighbourMetric,
    _ target: UnsafeMutableBufferPointer<Double>
  ) {
    var shares = nearest.shares
    if settings.votes == .distance {
      let isTouched = nearest.distances.first == 0
      for (i, reduced) in nearest.distances.enumerated() {
        shares[i] *= isTouched ? (reduced == 0 ? 1 : 0) : 1 / metric.distance(reduced)
      }
    }
    var total = 0.0
    for (row, share) in zip(nearest.rows, shares) {
      total += share
      let answer = answers[Int(row)]
      if task == .multiclass {
        target[Int(answer)] += share
      } else {
        target[0] += share * answer
      }
    }
    for i in target.indices { target[i] /= total }
  }

  /// What stands before the stored numbers.
  private struct Header: Codable {
    var settings: Settings
    var task: Task
    var classes: Int
    var features: [String]
    var rows: Int
    var isWeighted: Bool
  }

  package func encoded() throws -> [UInt8] {
    let header = Header(
      settings: settings,
      task: task,
      classes: classCount,
      features: features,
      rows: answers.count,
      isWeighted: weights != nil
    )
    return HeadedBytes(
      header: try Value(encoding: header),
      body: NumberBytes.bytes(rows + answers + (weights ?? []))
    ).encoded()
  }
}

extension NeighboursModel {
  package init(decoding bytes: [UInt8]) throws {
    let damaged = TrainingFault.damagedModel(NearestNeighbours.name)
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self),
      let numbers = NumberBytes.numbers(parts.body), header.rows > 0, !header.features.isEmpty,
      header.rows <= numbers.count
    else { throw damaged }
    let width = header.features.count
    let count = header.rows * (width + 1 + (header.isWeighted ? 1 : 0))
    guard numbers.count == count, numbers.allSatisfy({ $0.isFinite }) else { throw damaged }
    let answers = Array(numbers[header.rows * width..<header.rows * (width + 1)])
    let classes = header.task == .regression ? 0 : header.classes
    guard
      header.task == .regression
        || answers.allSatisfy({ $0 >= 0 && $0 < Double(classes) && $0 == $0.rounded() })
    else { throw damaged }
    self.init(
      settings: header.settings,
      task: header.task,
      classCount: classes,
      features: header.features,
      rows: Array(numbers[..<(header.rows * width)]),
      answers: answers,
      weights: header.isWeighted ? Array(numbers[(header.rows * (width + 1))...]) : nil
    )
  }
}
