import ColophonCore
import ColophonData

/// A fitted model and what it is given where a feature is missing.
///
/// Where the members of an ensemble disagree about missing values, the features keep them, and a
/// member that needs numbers gets the weighted mean of each feature over the rows that it learned
/// from; nothing of other rows enters it.
struct FilledModel: Sendable {
  /// A number for each feature; nil where the model takes the features as they are.
  var fill: [Double]?
  var model: any Model

  /// Fits a recipe; its job has train rows alone.
  ///
  /// `kept`: Whether the job's features keep missing values.
  init(_ recipe: any Algorithm, _ job: TrainingJob, kept: Bool) throws {
    var job = job
    if kept, recipe.missingValues == .mean, let rows = job.splits[.train] {
      let means = FilledModel.means(rows)
      fill = means
      job.splits[.train]?.features = FilledModel.filled(rows.features, means)
    }
    model = try recipe.fit(job, observer: SilentObserver()).model
  }

  init(fill: [Double]?, model: any Model) {
    self.fill = fill
    self.model = model
  }

  func predict(_ features: FeatureMatrix, threads: Int = 1) throws -> Predictions {
    guard let fill else { return try model.predict(features, threads: threads) }
    guard fill.count == features.columns
    else { throw TrainingFault.width(expected: fill.count, found: features.columns) }
    return try model.predict(FilledModel.filled(features, fill), threads: threads)
  }

  private static func filled(_ features: FeatureMatrix, _ means: [Double]) -> FeatureMatrix {
    var filled = features
    for i in filled.values.indices where filled.values[i].isNaN {
      filled.values[i] = means[i % features.columns]
    }
    return filled
  }

  /// Weighted means of what is there, added up in ascending order of rows; 0 for nothing.
  private static func means(_ rows: TrainingRows) -> [Double] {
    let width = rows.features.columns
    var sums = [Double](repeating: 0, count: width)
    var totals = sums
    for row in 0..<rows.features.rows {
      let weight = rows.weights?[row] ?? 1
      for j in 0..<width where !rows.features[row, j].isNaN {
        sums[j] += weight * rows.features[row, j]
        totals[j] += weight
      }
    }
    return (0..<width).map { totals[$0] > 0 ? sums[$0] / totals[$0] : 0 }
  }
}
