/// The least seconds of a step for each tensor and pipeline degree, whatever else the plan is.
package struct PlanMap: Hashable, Sendable {
  /// Degrees that were looked at, ascending.
  package let tensors: [Int]
  package let pipelines: [Int]
  /// By tensor, then pipeline; nil where no plan fits.
  package let seconds: [[Double?]]

  init(_ examined: [Plan], _ fitting: [(plan: Plan, seconds: Double)]) {
    let tensors = Set(examined.map { $0.tensor }).sorted()
    let pipelines = Set(examined.map { $0.pipeline }).sorted()
    var seconds = tensors.map { _ in [Double?](repeating: nil, count: pipelines.count) }
    for (plan, time) in fitting {
      guard let row = tensors.firstIndex(of: plan.tensor),
        let column = pipelines.firstIndex(of: plan.pipeline)
      else { continue }
      seconds[row][column] = min(seconds[row][column] ?? .infinity, time)
    }
    self.tensors = tensors
    self.pipelines = pipelines
    self.seconds = seconds
  }
}
