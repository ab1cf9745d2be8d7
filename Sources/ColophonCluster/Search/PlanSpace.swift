/// The plans that a search looks at.
package struct PlanSpace: Sendable {
  /// The most devices that share a matrix; those of a node unless more are allowed.
  package var maximumTensor: Int
  package var maximumPipeline: Int
  package var maximumContext: Int
  package var microBatches: [Int]
  package var zeroStages: [ZeroStage]
  package var recomputations: [Recompute]
  package var interleaves: [Int]

  package init(
    on cluster: Cluster,
    maximumPipeline: Int = 64,
    maximumContext: Int = 1,
    microBatches: [Int] = [1, 2, 4, 8, 16],
    zeroStages: [ZeroStage] = [.none, .optimizer, .parameters],
    recomputations: [Recompute] = [.none, .selective, .full],
    interleaves: [Int] = [1, 2, 4]
  ) {
    maximumTensor = cluster.devicesPerNode
    self.maximumPipeline = maximumPipeline
    self.maximumContext = maximumContext
    self.microBatches = microBatches
    self.zeroStages = zeroStages
    self.recomputations = recomputations
    self.interleaves = interleaves
  }

  /// A plan with the settings that it runs at.
  package struct Candidate: Hashable, Sendable {
    package var plan: Plan
    package var settings: StepSettings

    package init(plan: Plan, settings: StepSettings) {
      self.plan = plan
      self.settings = settings
    }
  }

  /// Every plan without a fault, in a fixed order: tensor, pipeline, context, micro-batch, state,
  /// recomputation, interleaving, each ascending.
  package func candidates(
    _ workload: Workload,
    _ settings: StepSettings,
    on cluster: Cluster
  ) -> [Candidate] {
    var found: [Candidate] = []
    for tensor in powers(maximumTensor) {
      for pipeline in divisors(cluster.devices / tensor, upTo: maximumPipeline) {
        for context in powers(maximumContext) {
          let shared = tensor * pipeline * context
          guard cluster.devices % shared == 0 else { continue }
          var plan = Plan(
            data: cluster.devices / shared,
            tensor: tensor,
            pipeline: pipeline,
            context: context
          )
          plan.sharesSequence = tensor > 1
          found += variants(plan, workload, settings, cluster)
        }
      }
    }
    return found
  }

  private func variants(
    _ plan: Plan,
    _ workload: Workload,
    _ settings: StepSettings,
    _ cluster: Cluster
  ) -> [Candidate] {
    var found: [Candidate] = []
    for batch in microBatches {
      var settings = settings
      settings.microBatch = batch
      for zero in zeroStages where plan.data * plan.context > 1 || zero == .none {
        // Parameters gathered for every micro-batch of every stage: nobody runs that.
        if zero == .parameters, plan.pipeline > 1 { continue }
        for recompute in recomputations {
          for interleave in interleaves where interleave == 1 || plan.pipeline > 1 {
            var variant = plan
            variant.zero = zero
            variant.recompute = recompute
            variant.schedule = interleave > 1 ? .interleaved : .oneForwardOneBackward
            variant.interleave = interleave
            if variant.faults(for: workload, settings, on: cluster).isEmpty {
              found.append(Candidate(plan: variant, settings: settings))
            }
          }
        }
      }
    }
    return found
  }

  private func powers(_ most: Int) -> [Int] {
    Array(sequence(first: 1) { $0 * 2 <= most ? $0 * 2 : nil })
  }

  private func divisors(_ count: Int, upTo most: Int) -> [Int] {
    (1...max(1, min(count, most))).filter { count % $0 == 0 }
  }
}
