import ColophonCluster
import ColophonCore
import ColophonReport

extension SimulateReport {
  var moreValues: [String: Value] {
    var values: [String: Value] = [:]
    if let mixed {
      values["mixed"] = .object([
        "even": .object(["step_seconds": .number(mixed.evenSeconds)]),
        "by_speed": .object(["step_seconds": .number(mixed.bySpeedSeconds)]),
        "alone": .object(["step_seconds": .number(mixed.aloneSeconds)]),
        "fits": .boolean(mixed.fits),
      ])
    }
    if let pool, let outcome = run?.outcome {
      let cold = pool.cold(wall: outcome.wall, billed: outcome.billed)
      let warm = pool.warm(wall: outcome.wall, billed: outcome.billed)
      var own: [String: Value] = [
        "wall_seconds": .number(warm.wall), "cold_wall_seconds": .number(cold.wall),
      ]
      if let price = cost(warm.billed) { own["cost_usd"] = .number(price) }
      if let price = cost(cold.billed) { own["cold_cost_usd"] = .number(price) }
      values["warm_pool"] = .object(own)
    }
    return values
  }

  /// Several kinds of devices: what each takes of the batch.
  func mixedTable(_ mixed: MixedStep) -> TableExhibit {
    let even = text(mixed.evenSeconds, .seconds)
    let dealt = text(mixed.bySpeedSeconds, .seconds)
    return TableExhibit(
      caption: "Devices of several kinds: a step takes \(even) with the batch dealt out evenly, "
        + "\(dealt) by speed, and \(text(mixed.aloneSeconds, .seconds)) on the first kind alone",
      columns: [
        TableColumn("devices"), TableColumn("copies", .numeric),
        TableColumn("micro-batches, even", .numeric), TableColumn("time, even", .numeric),
        TableColumn("micro-batches, by speed", .numeric), TableColumn("time, by speed", .numeric),
        TableColumn("memory", .numeric), TableColumn("fits"),
      ],
      rows: mixed.shares.map { share in
        [
          .text(share.accelerator), .number(Double(share.copies)), .number(Double(share.even)),
          .number(share.evenSeconds, .seconds), .number(Double(share.bySpeed)),
          .number(share.bySpeedSeconds, .seconds), .number(share.memory, .bytes),
          .text(share.memory <= share.capacity ? "yes" : "no"),
        ]
      }
    )
  }

  /// Runs after one another, with machines kept and without.
  func poolTable(_ pool: WarmPool, _ outcome: RunSimulation) -> TableExhibit {
    let bills = [
      ("asked for anew", pool.cold(wall: outcome.wall, billed: outcome.billed)),
      ("kept warm", pool.warm(wall: outcome.wall, billed: outcome.billed)),
    ]
    let words =
      pool.isReached
      ? "" : "; they are given back before the next run comes, so keeping them is paid in vain"
    return TableExhibit(
      caption: "\(pool.runs) runs, \(text(pool.gap, .seconds)) apart, machines ready after "
        + "\(text(pool.start, .seconds)) and kept for \(text(pool.keep, .seconds))\(words)",
      columns: [
        TableColumn("machines"), TableColumn("from first to last", .numeric),
        TableColumn("paid for", .numeric), TableColumn("cost", unit: "USD", .numeric),
      ],
      rows: bills.map { name, bill in
        [
          .text(name), .number(bill.wall, .seconds), .number(bill.billed, .seconds),
          cost(bill.billed).map { .number($0, .usd) } ?? .text("–"),
        ]
      }
    )
  }

  /// What the prediction rests on.
  var constantsTable: TableExhibit {
    let device = cluster.accelerator
    let constants = device.calibration
    let settings = answer.candidate.settings
    let peak = device.peak[settings.precision] ?? .nan
    func row(_ name: String, _ value: String, _ source: String) -> [TableCell] {
      [.text(name), .text(value), .text(source)]
    }
    let share = NumberFormat.percent(1)
    var rows = [
      row(
        "peak, \(settings.precision.rawValue)",
        "\(text(peak / 1e12, .general(4))) TFLOP/s",
        device.source
      ),
      row("memory bandwidth", "\(text(device.bandwidth / 1e9, .general(4))) GB/s", device.source),
      row("products reach", text(device.efficiency.product, share), "fitted, see Calibration"),
      row(
        "attention reaches",
        "\(text(device.efficiency.attentionForward, share)), "
          + "\(text(device.efficiency.attentionBackward, share)) back",
        "Dao 2023; Shah and others 2024"
      ),
      row("streams reach", text(device.efficiency.memory, share), "by hand"),
      row(
        "scores in memory reach",
        text(constants.unfusedAttention, share),
        "Dao and others 2022, Figure 2, where attention isn't fused"
      ),
      row(
        "a collective beside kernels",
        "takes \(text(constants.interference, share)) of its time from them",
        "by hand"
      ),
      row("a kernel takes at least", text(constants.launch, .seconds), "fitted"),
      row(
        "the host issues a layer in",
        "\(text(constants.hostForward, .seconds)), \(text(constants.hostBackward, .seconds)) back",
        "fitted, transformers"
      ),
      row("a step costs anyway", text(constants.step, .seconds), "fitted"),
      row(
        "a network reaches",
        text(
          cluster.fabric == .infiniband ? constants.networkShare : constants.elasticNetworkShare,
          share
        ),
        "\(cluster.fabric.rawValue), \(text(cluster.networkBandwidth / 1e9, .general(4))) GB/s a node"
      ),
      row(
        "one standard deviation",
        "kernels \(text(constants.uncertainty.kernels, share)), collectives "
          + "\(text(constants.uncertainty.collectives, share)), host "
          + text(constants.uncertainty.host, share),
        "by hand, after the residuals"
      ),
    ]
    for source in Set(estimate.sources).sorted() {
      rows.append(row("collectives", source, "the curve or formula that answered"))
    }
    return TableExhibit(
      caption: "The constants and curves that the prediction rests on",
      columns: [TableColumn("constant"), TableColumn("value"), TableColumn("set by")],
      rows: rows,
      visibleRows: 4
    )
  }
}
