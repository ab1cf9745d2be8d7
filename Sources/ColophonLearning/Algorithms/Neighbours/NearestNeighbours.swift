package import ColophonCore
package import ColophonData

/// Predicts from the training rows that are nearest to a row.
///
/// Neighbours are exact and stand by distance, those of equal distance by their place in the
/// training rows. A row of weight w stands for itself w times side by side: neighbours are taken
/// until their weights come to `n_neighbors`, the last one's cut to what is needed, and each counts
/// by what was taken of it. Nothing is scaled; a `prepare` cell can.
///
/// - Complexity: O(*n* · *d*) a query over all of *n* rows of *d* features; by the tree about
///   O(log *n*) where *d* is small.
/// - SeeAlso: Cover and Hart, "Nearest neighbor pattern classification", 1967.
package struct NearestNeighbours: Algorithm, Hashable {
  package static let name = "knn"
  package static let summary = "The votes, or the mean, of the nearest training rows."
  package static let tasks: Set<Task> = [.binary, .multiclass, .regression]
  package static let missing = FeatureEncoding.Missing.mean
  package static let isIterative = false
  package static let isScaleSensitive = true

  /// How much a neighbour's vote counts.
  package enum Votes: String, CaseIterable, Codable, Sendable {
    case uniform
    /// One over its distance; where some are at no distance, they alone count.
    case distance
  }

  /// How neighbours are found.
  package enum Search: String, CaseIterable, Codable, Sendable {
    case auto
    case tree = "kd_tree"
    case brute
  }

  static let metrics = ["minkowski", "euclidean", "manhattan", "chebyshev", "cosine"]

  package var neighbours: Int
  package var votes: Votes
  package var metricName: String
  package var power: Double
  package var search: Search
  package var leafSize: Int

  package init(reading fields: inout FieldReader) {
    neighbours = fields.integer(
      "n_neighbors",
      in: 1...1_000_000,
      default: 5,
      "How many neighbours vote."
    )
    votes =
      Votes(
        rawValue: fields.choice(
          "weights",
          of: Votes.allCases.map { $0.rawValue },
          default: Votes.uniform.rawValue,
          "Whether neighbours vote alike or by one over their distance."
        )
      ) ?? .uniform
    metricName = fields.choice(
      "metric",
      of: NearestNeighbours.metrics,
      default: "minkowski",
      "How far two rows are apart; minkowski with p = 2 is euclidean."
    )
    power = fields.number(
      "p",
      in: .closed(1, 1_000),
      default: 2,
      "The power of the Minkowski metric."
    )
    search =
      Search(
        rawValue: fields.choice(
          "algorithm",
          of: Search.allCases.map { $0.rawValue },
          default: Search.auto.rawValue,
          "How neighbours are found, with the same result; auto takes the tree for up to 15 "
            + "features."
        )
      ) ?? .auto
    leafSize = fields.integer(
      "leaf_size",
      in: 1...1_000_000,
      default: 30,
      "The most rows of a leaf of the tree."
    )
    checkTogether(&fields)
  }

  /// What one setting makes of another.
  private func checkTogether(_ fields: inout FieldReader) {
    if fields.has("p"), metricName != "minkowski" {
      fields.report(
        .parameterNeeds("p", "metric is minkowski", at: fields.position(of: "p"))
      )
    }
    if search == .tree, metricName == "cosine" {
      fields.report(
        .parameterValue(
          "algorithm",
          "can't be kd_tree with the cosine metric, which has no boxes to search",
          at: fields.position(of: "algorithm"),
          hint: "take auto or brute"
        )
      )
    }
  }

  var metric: NeighbourMetric { NeighbourMetric(named: metricName, power: power) }

  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    if job.earlyStopping != nil { throw TrainingFault.nothingToStop(NearestNeighbours.name) }
    let rows = try job.trainingRows()
    let weighed = try rows.weighed(for: NearestNeighbours.name)
    guard weighed.total >= Double(neighbours) else {
      throw TrainingFault(
        "train.too-few-rows",
        "n_neighbors is \(neighbours), but the training rows come to \(shortestText(weighed.total))",
        hint: "take fewer neighbours",
        field: "hyperparameters.n_neighbors"
      )
    }
    let model = NeighboursModel(
      settings: NeighboursModel.Settings(self),
      task: job.task,
      classCount: job.task == .regression ? 0 : job.classes.count,
      features: rows.features.names,
      rows: rows.features.values(of: weighed.kept),
      answers: try answers(rows.labels, weighed.kept, job),
      weights: weighed.weights
    )
    return try job.finished(model, observer: observer)
  }

  /// Each kept row's number or place among the classes.
  private func answers(_ labels: Labels, _ kept: [Int], _ job: TrainingJob) throws -> [Double] {
    switch (job.task, labels) {
    case (.regression, .numbers(let numbers)):
      if let row = kept.first(where: { !numbers[$0].isFinite }) {
        throw TrainingFault.targetNotFinite(row: row)
      }
      return kept.map { numbers[$0] }
    case (.binary, .classes(let codes)), (.multiclass, .classes(let codes)):
      guard kept.allSatisfy({ job.classes.indices.contains(Int(codes[$0])) })
      else { throw TrainingFault.labelsOfOtherKind(job.task) }
      return kept.map { Double(codes[$0]) }
    default: throw TrainingFault.labelsOfOtherKind(job.task)
    }
  }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    try NeighboursModel(decoding: bytes)
  }
}
