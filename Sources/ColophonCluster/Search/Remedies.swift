/// What would make a plan fit that doesn't.
package struct Remedies: Hashable, Sendable {
  /// Bytes that the fullest device would hold.
  package let memory: MemoryEstimate
  /// Bytes that it has.
  package let capacity: Double
  /// Changes that fit, in words, the mildest first.
  package let changes: [String]

  /// Nil where the plan fits.
  package init?(_ workload: Workload, _ plan: Plan, _ settings: StepSettings, on cluster: Cluster) {
    memory = PlanMemory(workload, plan, settings, cluster).fullest
    capacity = cluster.accelerator.memory
    guard memory.total > capacity else { return nil }
    func fits(_ change: Change) -> Bool {
      change.plan.faults(for: workload, change.settings, on: cluster).isEmpty
        && PlanMemory(workload, change.plan, change.settings, cluster).fullest.total
          <= cluster.accelerator.memory
    }
    let single = Remedies.tries(plan, settings)
    var found = single.filter { fits($0) }.map { $0.words }
    if found.isEmpty {
      // No one change will do: two together.
      found = single.flatMap { first in
        Remedies.tries(first.plan, first.settings).filter { fits($0) }
          .map { "\(first.words) with \($0.words)" }
      }
    }
    changes = found
  }

  private struct Change {
    var words: String
    var plan: Plan
    var settings: StepSettings
  }

  private static func tries(_ plan: Plan, _ settings: StepSettings) -> [Change] {
    var changes: [Change] = []
    func add(_ words: String, _ change: (inout Plan, inout StepSettings) -> Void) {
      var (plan, settings) = (plan, settings)
      change(&plan, &settings)
      changes.append(Change(words: words, plan: plan, settings: settings))
    }
    if plan.tensor > 1, !plan.sharesSequence {
      add("sequence: true") { plan, _ in plan.sharesSequence = true }
    }
    if plan.recompute == .none { add("recompute: selective") { p, _ in p.recompute = .selective } }
    if plan.recompute != .full { add("recompute: full") { p, _ in p.recompute = .full } }
    if settings.microBatch > 1 {
      add("micro: \(settings.microBatch / 2)") { _, s in s.microBatch /= 2 }
    }
    if plan.data > 1 {
      for stage in ZeroStage.allCases where stage.rawValue > plan.zero.rawValue {
        add("zero: \(stage.rawValue)") { p, _ in p.zero = stage }
      }
    }
    for factor in [2, 4, 8] where plan.data % factor == 0 {
      add("tensor: \(plan.tensor * factor)") { p, _ in
        p.tensor *= factor
        p.data /= factor
      }
      add("pipeline: \(plan.pipeline * factor)") { p, _ in
        p.pipeline *= factor
        p.data /= factor
      }
    }
    return changes
  }

  /// One sentence: what it would take of what there is, and which term is the most.
  package var sentence: String {
    func gibibytes(_ bytes: Double) -> String {
      "\((bytes / gibibyte * 10).rounded() / 10)"
    }
    let (name, bytes) = memory.largest
    let share = Int((bytes / memory.total * 100).rounded())
    return "does not fit: \(gibibytes(memory.total)) GiB of \(gibibytes(capacity)), \(name) "
      + "\(share) % of it"
  }
}
