import ColophonCluster
import ColophonCore
import ColophonReport

/// What a simulation says: values for prose and conditions, exhibits for the reader.
struct SimulateReport {
  let workload: Workload
  let cluster: Cluster
  let answer: SimulateAnswer
  let variants: [(name: String, answer: SimulateAnswer)]
  let search: PlanSearch?
  /// The best plan of the cluster and its halves.
  let sizes: [(cluster: Cluster, best: PlanSearch.Ranked)]
  let run: SimulateLength?
  /// Runs after one another, where they are asked for.
  var pool: WarmPool?
  /// The step on devices of several kinds.
  var mixed: MixedStep?

  var estimate: StepEstimate { answer.estimate }
  var plan: Plan { answer.candidate.plan }
  var capacity: Double { cluster.accelerator.memory }

  /// USD of some seconds of the whole cluster; nil where no price is known.
  func cost(_ seconds: Double) -> Double? {
    cluster.nodePrice.map { $0 * Double(cluster.nodes) * seconds / 3600 }
  }

  // MARK: Values

  var values: [String: Value] {
    let memory = estimate.memory
    var values: [String: Value] = SimulateReport.short(answer)
    values["tflops_per_device"] = .object([
      "model": .number(estimate.modelTeraflops), "hardware": .number(estimate.hardwareTeraflops),
    ])
    values["hfu"] = .number(estimate.hfu)
    values["bubble_fraction"] = .number(estimate.bubble)
    values["communication"] = .object(["exposed_seconds": .number(estimate.exposedCommunication)])
    var terms: [String: Value] = ["device_bytes": .number(memory.total)]
    for term in memory.terms { terms[term.name] = .number(term.bytes) }
    values["memory"] = .object(terms)
    values["interval"] = .object([
      "step_seconds": .object([
        "low": .number(estimate.interval.low), "high": .number(estimate.interval.high),
      ])
    ])
    values["parameters"] = .number(workload.parameters)
    values["plan"] = planValues
    if let binding = answer.sensitivity?.binding { values["binding"] = .string(binding) }
    if let cost = cost(estimate.seconds) { values["cost_per_step_usd"] = .number(cost) }
    if let search {
      let front = sizes.map { size in
        let estimate = size.best.estimate
        return Value.object([
          "devices": .integer(size.cluster.devices), "step_seconds": .number(estimate.seconds),
          "tokens_per_second": .number(estimate.tokensPerSecond),
          "cost_per_step_usd": size.best.cost.map { .number($0) } ?? .null,
        ])
      }
      values["search"] = .object([
        "examined": .integer(search.examined), "unfit": .integer(search.unfit),
        "sizes": .array(front),
      ])
    }
    if !variants.isEmpty {
      let pairs = variants.map { ($0.name, Value.object(SimulateReport.short($0.answer))) }
      values["compare"] = .object(Dictionary(pairs) { first, _ in first })
    }
    values.merge(runValues) { own, _ in own }
    values.merge(moreValues) { own, _ in own }
    return values
  }

  private static func short(_ answer: SimulateAnswer) -> [String: Value] {
    [
      "step_seconds": .number(answer.estimate.seconds),
      "tokens_per_second": .number(answer.estimate.tokensPerSecond),
      "mfu": .number(answer.estimate.mfu),
      "fits": .boolean(answer.remedies == nil),
      "memory": .object(["device_bytes": .number(answer.estimate.memory.total)]),
    ]
  }

  private var planValues: Value {
    .object([
      "data": .integer(plan.data), "tensor": .integer(plan.tensor),
      "pipeline": .integer(plan.pipeline), "context": .integer(plan.context),
      "expert": .integer(plan.expert), "zero": .integer(plan.zero.rawValue),
      "recompute": .string(plan.recompute.rawValue),
      "schedule": .string(plan.schedule.rawValue), "interleave": .integer(plan.interleave),
      "micro": .integer(answer.candidate.settings.microBatch),
    ])
  }

  private var runValues: [String: Value] {
    guard let run else { return [:] }
    let outcome = run.outcome
    var values: [String: Value] = [
      "goodput": .number(outcome.goodput), "wall_seconds": .number(outcome.wall),
      "billed_seconds": .number(outcome.billed), "status": .string(outcome.ending.rawValue),
    ]
    if let every = run.plan.checkpointEvery { values["checkpoint_seconds"] = .number(every) }
    if let cost = cost(outcome.billed) { values["cost_usd"] = .number(cost) }
    return values
  }

  // MARK: Exhibits

  var exhibits: [Exhibit] {
    var parts: [Exhibit] = [.facts(facts)]
    if let remedies = answer.remedies {
      let changes = remedies.changes.prefix(4).joined(separator: "; ")
      let cure = changes.isEmpty ? "" : ". What would fit: " + changes
      parts.append(.notice(kind: .advice, text: "The plan " + remedies.sentence + cure + "."))
    }
    parts.append(.group([.chart(.bar(timeChart)), .chart(.line(scalingChart))]))
    parts.append(.chart(.timeline(memoryChart)))
    if let gantt = pipelineChart { parts.append(.chart(.timeline(gantt))) }
    if let gains = answer.sensitivity { parts.append(.table(gainTable(gains))) }
    if let mixed { parts.append(.table(mixedTable(mixed))) }
    if !variants.isEmpty { parts.append(.table(variantTable)) }
    if let search { parts += searchExhibits(search) }
    if let run { parts += runExhibits(run) }
    if let pool, let run { parts.append(.table(poolTable(pool, run.outcome))) }
    parts.append(.table(constantsTable))
    return parts
  }

  func text(_ value: Double, _ format: NumberFormat) -> String {
    (try? format.text(of: .number(value))) ?? NumberFormat.plain(.number(value))
  }

  var facts: [Fact] {
    let low = text(estimate.interval.low, .seconds)
    let high = text(estimate.interval.high, .seconds)
    var facts = [
      Fact("step", text(estimate.seconds, .seconds), note: "90 % within \(low) and \(high)"),
      Fact("tokens a second", text(estimate.tokensPerSecond, .si)),
      Fact(
        "TFLOP/s of a device",
        text(estimate.modelTeraflops, .general(4)),
        note: "\(text(estimate.hardwareTeraflops, .general(4))) with recomputation"
      ),
      Fact("MFU", text(estimate.mfu, .percent(1)), note: "HFU \(text(estimate.hfu, .percent(1)))"),
      Fact("bubble", text(estimate.bubble, .percent(1))),
      Fact("parameters", text(workload.parameters, .si)),
      Fact(
        "devices",
        "\(plan.devices) × \(cluster.accelerator.name)",
        note: planWords
      ),
      Fact(
        "memory",
        text(estimate.memory.total, .bytes),
        note: "of \(text(capacity, .bytes)) on the fullest device"
      ),
    ]
    if let cost = cost(estimate.seconds) {
      facts.append(Fact("cost of a step", text(cost, .usd)))
    }
    if !estimate.sources.isEmpty {
      facts.append(Fact("collectives", Set(estimate.sources).sorted().joined(separator: ", ")))
    }
    return facts
  }

  private var planWords: String { SimulateReport.words(answer.candidate) }

  /// A plan in the letters of the papers, for tables.
  static func symbols(_ candidate: PlanSpace.Candidate) -> String {
    let plan = candidate.plan
    var words = ["d\(plan.data)", "t\(plan.tensor)", "p\(plan.pipeline)"]
    if plan.context > 1 { words.append("c\(plan.context)") }
    if plan.expert > 1 { words.append("e\(plan.expert)") }
    if plan.interleave > 1 { words.append("v\(plan.interleave)") }
    if plan.zero != .none { words.append("z\(plan.zero.rawValue)") }
    words.append("b\(candidate.settings.microBatch)")
    if plan.recompute != .none { words.append(plan.recompute.rawValue) }
    return words.joined(separator: " ")
  }

  /// A plan in a line.
  static func words(_ candidate: PlanSpace.Candidate) -> String {
    let plan = candidate.plan
    var words = ["data \(plan.data)", "tensor \(plan.tensor)", "pipeline \(plan.pipeline)"]
    if plan.context > 1 { words.append("context \(plan.context)") }
    if plan.expert > 1 { words.append("expert \(plan.expert)") }
    if plan.zero != .none { words.append("ZeRO \(plan.zero.rawValue)") }
    if plan.interleave > 1 { words.append("interleaved \(plan.interleave)") }
    words.append("micro-batch \(candidate.settings.microBatch)")
    if plan.recompute != .none { words.append("\(plan.recompute.rawValue) recomputation") }
    return words.joined(separator: ", ")
  }
}
