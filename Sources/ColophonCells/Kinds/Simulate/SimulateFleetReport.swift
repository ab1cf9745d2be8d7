import ColophonCluster
import ColophonCore
import ColophonData
import ColophonLearning
import ColophonReport

/// What virtual workers came to: values for prose and conditions, exhibits for the reader.
struct SimulateFleetReport {
  let run: FleetRun
  /// What the simulator says of the workers' step.
  let step: SimulateReport

  /// What is told of every fleet of a comparison.
  static let compared = ["loss", "seconds", "cost_usd", "bytes", "workers", "same_bits"]

  var answer: FleetAnswer { run.answer }
  var all: [FleetAnswer] { [run.answer] + run.others }

  func text(_ value: Double, _ format: NumberFormat) -> String { step.text(value, format) }

  // MARK: Values

  var values: [String: Value] {
    var values = step.values
    values["workers"] = .object(workers)
    if !run.others.isEmpty {
      values["compare"] = .object(
        Dictionary(run.others.map { ($0.name, .object(short($0))) }) { first, _ in first }
      )
    }
    return values
  }

  private func short(_ answer: FleetAnswer) -> [String: Value] {
    var values: [String: Value] = [
      "seconds": .number(answer.seconds), "bytes": .number(answer.result.bytes),
      "workers": .integer(answer.count),
    ]
    if let loss = answer.loss { values["loss"] = .number(loss) }
    if let cost = answer.cost { values["cost_usd"] = .number(cost) }
    if let audit = answer.result.audit { values["same_bits"] = .boolean(audit.hasSameBits) }
    return values
  }

  private var workers: [String: Value] {
    var values = short(answer)
    values["workers"] = nil
    values["same_bits"] = nil
    values["count"] = .integer(answer.count)
    values["method"] = .string(Swift.type(of: answer.recipe.method).name)
    values["steps"] = .integer(answer.result.seconds.count)
    values["model"] = .string(answer.result.digest.description)
    values["diverged"] = .boolean(answer.result.hasDiverged)
    var alone: [String: Value] = ["model": .string(run.alone.digest.description)]
    if let loss = run.alone.losses.last?.loss { alone["loss"] = .number(loss) }
    values["alone"] = .object(alone)
    if let audit = answer.result.audit { values["equality"] = .object(equality(audit)) }
    let ages = answer.result.staleness
    if !ages.isEmpty {
      let count = ages.values.reduce(0, +)
      let sum = ages.reduce(0) { $0 + $1.key * $1.value }
      values["staleness"] = .object([
        "mean": .number(Double(sum) / Double(count)), "max": .integer(ages.keys.max() ?? 0),
      ])
    }
    for (split, scores) in answer.result.scores {
      let names = run.training.job.scorer.names
      let known = zip(names, scores).compactMap { name, score in
        score.map { (name, Value.number($0)) }
      }
      values[split.rawValue] = .object(Dictionary(known) { first, _ in first })
    }
    if let disturbed = run.disturbed {
      values["spot"] = .object([
        "repeated_steps": .integer(disturbed.result.repeated),
        "same_bits": .boolean(disturbed.hasSameBits),
        "completed": .boolean(disturbed.completed),
      ])
    }
    return values
  }

  private func equality(_ audit: GradientAudit) -> [String: Value] {
    [
      "same_bits": .boolean(answer.result.hasSameBits(as: run.alone)),
      "difference": .number(audit.difference), "bound": .number(audit.bound),
      "share": .number(audit.share), "holds": .boolean(audit.holds),
      "steps": .integer(answer.result.audited),
      "weights_difference": .number(answer.result.difference(from: run.alone)),
    ]
  }

  // MARK: Exhibits

  var exhibits: [Exhibit] {
    var parts: [Exhibit] = [.facts(facts)]
    parts += notices
    if all.contains(where: { $0.result.audit != nil }) { parts.append(.table(equalityTable)) }
    parts.append(.group(lossCharts))
    if all.count > 1 { parts.append(.table(fleetTable)) }
    if let clock = clockChart { parts.append(clock) }
    if let ages = stalenessChart { parts.append(ages) }
    if let disturbed = run.disturbed { parts += exhibits(of: disturbed) }
    parts.append(.facts(step.facts))
    parts += [.chart(.bar(step.timeChart)), .chart(.timeline(step.memoryChart))]
    return parts
  }

  private var facts: [Fact] {
    let result = answer.result
    var facts = [
      Fact("workers", "\(answer.count)", note: answer.recipe.words),
      Fact("sums", answer.reduction, note: "the order in which the collective adds"),
      Fact("steps", text(Double(result.seconds.count), .thousands)),
      Fact(
        "loss",
        answer.loss.map { text($0, .general(5)) } ?? "no number",
        note: "on the training rows; one worker alone ends its last epoch at "
          + text(run.alone.losses.last?.loss ?? .nan, .general(5))
      ),
      Fact("virtual time", text(answer.seconds, .seconds)),
      Fact("sent by a worker", text(result.bytes, .bytes)),
    ]
    if let cost = answer.cost { facts.append(Fact("cost", text(cost, .usd))) }
    return facts
  }

  private var notices: [Exhibit] {
    var notices: [Exhibit] = []
    if run.training.mixesRows, answer.count > 1 || answer.recipe.method is PipelineMethod {
      notices.append(
        .notice(
          kind: .info,
          text: "The network has batch normalisation. Each worker normalises by its own rows, as "
            + "frameworks do unless told to synchronise, so what is learned is not what one worker "
            + "learns, and no equality is claimed. The followed means are averaged over the workers."
        )
      )
    }
    for fleet in all where fleet.result.hasDiverged {
      notices.append(
        .notice(kind: .advice, text: "\(fleet.name): the weights left the finite numbers.")
      )
    }
    return notices
  }

  /// Each exact fleet beside the big-batch run.
  private var equalityTable: TableExhibit {
    let audited = all.filter { $0.result.audit != nil }
    return TableExhibit(
      caption: "Beside one worker that takes whole batches: every step's gradient from the same "
        + "weights, the bound on its difference, and the weights in the end",
      columns: [
        TableColumn("fleet"), TableColumn("workers", .numeric), TableColumn("steps", .numeric),
        TableColumn("gradients"), TableColumn("largest difference", .numeric),
        TableColumn("its bound", .numeric), TableColumn("most of a bound", .numeric),
        TableColumn("weights in the end"),
      ],
      rows: audited.map { fleet in
        let audit = fleet.result.audit ?? GradientAudit()
        let same = fleet.result.hasSameBits(as: run.alone)
        let apart = fleet.result.difference(from: run.alone)
        return [
          .text(fleet.name), .number(Double(fleet.count)),
          .number(Double(fleet.result.audited), .thousands),
          .text(audit.hasSameBits ? "same bits" : audit.holds ? "within the bound" : "BEYOND"),
          .number(audit.difference, .general(3)), .number(audit.bound, .general(3)),
          .number(audit.share, .percent(1)),
          .text(same ? "same bits" : "at most \(text(apart, .general(2))) apart"),
        ]
      }
    )
  }

  private var fleetTable: TableExhibit {
    let priced = all.contains { $0.cost != nil }
    let columns = [
      TableColumn("fleet"), TableColumn("how"), TableColumn("workers", .numeric),
      TableColumn("loss", .numeric), TableColumn("virtual time", .numeric),
      TableColumn("sent by a worker", .numeric),
    ]
    return TableExhibit(
      caption: "Ways to share the training",
      columns: columns + (priced ? [TableColumn("cost", unit: "USD", .numeric)] : []),
      rows: all.map { fleet in
        let cells: [TableCell] = [
          .text(fleet.name), .text(fleet.recipe.words), .number(Double(fleet.count)),
          fleet.loss.map { .number($0, .general(4)) } ?? .text("no number"),
          .number(fleet.seconds, .seconds), .number(fleet.result.bytes, .bytes),
        ]
        return cells + (priced ? [fleet.cost.map { .number($0, .usd) } ?? .text("–")] : [])
      }
    )
  }
}
