import ColophonCore
import ColophonData
import ColophonLearning

/// Measures settings by a crossvalidate cell: the mean of the objective over its folds.
///
/// A fold counts as one unit of work.
struct FoldTrials: TrialWork {
  /// That of the crossvalidate cell.
  let workshop: Workshop
  let metric: String
  let clock: VirtualClock

  init(_ workshop: Workshop, _ folds: CrossValidateKind, metric: String) throws {
    guard let data = folds.data, let template = folds.template else {
      throw CellFailure("the template has no data", field: "train")
    }
    self.workshop = workshop
    self.metric = metric
    let dataset = try workshop.load(Dataset.self, from: data.value)
    _ = try TrainMetrics.resolve([metric], dataset, field: "objective.metric")
    var clock = try TrainingTrials.clock(template, dataset)
    clock.roundSeconds *= Double(max(1, folds.recipe.count))
    self.clock = clock
  }

  func run(
    _ order: TrialOrder,
    reading: @escaping @Sendable (Int, Double?) -> Bool
  ) throws -> TrialResult {
    guard var folds = order.reading.folds else {
      return TrialResult(failure: "the settings could not be read")
    }
    folds.metrics = [Located(metric, at: SourcePosition(path: "", line: 1, column: 1))]
    do {
      let outcome = try folds.run(in: workshop)
      let path = MetricRequest.segments(metric) + ["mean"]
      var value: Value? = .object(outcome.values)
      for name in path { value = value?[name] }
      let objective = value?.asNumber
      _ = reading(1, objective)
      return TrialResult(
        curve: [objective],
        objective: objective,
        failure: objective == nil ? "\(metric) is undefined on every fold" : nil
      )
    } catch let failure as CellFailure {
      return TrialResult(failure: failure.message)
    }
  }
}
