/// The coefficients that incremental learning starts from and is pulled towards.
///
/// A convex problem has one optimum wherever one starts, so going on from a model must mean more
/// than a start: the earlier coefficients take part in the objective, as ½ · anchor · the squared
/// distance from them on the new rows' standardised scale. For uncorrelated features and the
/// squared loss, an anchor of a counts the earlier rows as a times as many as the new ones.
struct LinearAnchor: Sendable {
  let linear: LinearCoefficients

  /// Nil where there is no earlier model.
  ///
  /// - Throws: `TrainingFault` where the model is of other features or classes.
  init?(_ model: (any Model)?, _ problem: LinearProblem, _ features: [String]) throws {
    guard let model else { return nil }
    guard let earlier = model as? LinearModel else {
      throw TrainingFault.initialOfOtherAlgorithm(
        type(of: model).algorithm,
        wanted: LinearLearner.name
      )
    }
    guard earlier.task == problem.task else {
      throw TrainingFault.initialOfOtherTask(earlier.task, wanted: problem.task)
    }
    if let fault = TrainingFault.initialDiffers(
      "features",
      earlier: earlier.linear.features,
      now: features
    ) {
      throw fault
    }
    let outputs = LinearModel.outputNames(problem)
    if let fault = TrainingFault.initialDiffers(
      "classes",
      earlier: earlier.linear.outputs,
      now: outputs
    ) {
      throw fault
    }
    linear = earlier.linear
  }

  /// The coefficients on a design's columns: outputs × columns.
  func coefficients(_ design: LinearDesign) -> [Double] {
    linear.outputs.indices.flatMap { k -> [Double] in
      var shift = 0.0
      for feature in linear.features.indices { shift += linear[k, feature] * design.means[feature] }
      let own = design.features.enumerated().map { linear[k, $1] * design.scales[$0] }
      return own + (design.hasIntercept ? [linear.intercepts[k] + shift] : [])
    }
  }
}
