package import ColophonCore

/// The steps of a `prepare` cell, in order.
package struct PreparationRecipe: Sendable {
  package var steps: [any Transform]

  package init(steps: [any Transform]) { self.steps = steps }

  /// What one step did, for the report.
  package struct StepReport: Sendable {
    package var fitted: any FittedTransform
    package var notices: [TransformNotice]
    /// Rows and features after the step.
    package var rows: Int
    package var features: Int
  }

  /// What is wrong with the steps before anything is read, each fault's field after
  /// `steps[i].NAME`; brings the preview to the columns after the last.
  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    steps.enumerated().flatMap { place, step in
      step.foresee(&preview).map { $0.within(step: place, type(of: step).name) }
    }
  }

  /// Fits each step to what the ones before it made, and applies it.
  ///
  /// - Parameters:
  ///   - dataset: Fitted on its training rows alone.
  ///   - source: The dataset's content, remembered by the result.
  ///   - random: The stream of the step at a place.
  ///   - stepEnded: Called with the number of steps done.
  /// - Returns: The dataset with its preparation, and what each step did.
  /// - Throws: `DataFaults`, each fault's field after `steps[i].NAME`, or what `stepEnded` throws.
  package func prepare(
    _ dataset: Dataset,
    source: Digest?,
    drawing random: (Int) -> RandomStream,
    stepEnded: (Int) throws -> Void = { _ in }
  ) throws -> (dataset: Dataset, reports: [StepReport]) {
    var made = dataset
    var reports: [StepReport] = []
    for (place, step) in steps.enumerated() {
      do {
        var stream = random(place)
        reports.append(try PreparationRecipe.take(step, &made, drawing: &stream))
      } catch {
        throw DataFaults(error.faults.map { $0.within(step: place, type(of: step).name) })
      }
      try stepEnded(place + 1)
    }
    let before = dataset.preparation
    made.preparation = try Preparation(
      source: before.map { $0.source } ?? source,
      steps: (before?.steps ?? []) + reports.map { $0.fitted }
    )
    return (made, reports)
  }

  private static func take(
    _ step: any Transform,
    _ dataset: inout Dataset,
    drawing random: inout RandomStream
  ) throws(DataFaults) -> StepReport {
    let training = FittingRows(dataset)
    if training.rows.isEmpty { throw DataFaults(.nothingToFit) }
    let fitted: any FittedTransform = try step.fit(training)
    let notices = fitted.notices(of: dataset)
    dataset = try fitted.apply(to: dataset)
    dataset = try step.resample(dataset, drawing: &random)
    return StepReport(
      fitted: fitted,
      notices: notices,
      rows: dataset.table.rowCount,
      features: dataset.features.count
    )
  }
}
