package import ColophonCluster
import ColophonCore

/// The families of rows, each with how its configurations are written for the simulator.
package enum PublishedRows {
  /// vTrain's single-node rows: small models on 2, 4 and 8 A100.
  ///
  /// Calibration.
  package static func vtrainSingle(_ calibration: Calibration = .standard) -> [PublishedRow] {
    vtrain("vtrain-single", calibration)
  }

  /// vTrain's rows on 64 and 256 A100.
  ///
  /// Never fitted.
  package static func vtrainMulti(_ calibration: Calibration = .standard) -> [PublishedRow] {
    vtrain("vtrain-multi", calibration)
  }

  private static func vtrain(_ table: String, _ calibration: Calibration) -> [PublishedRow] {
    PublishedTable(table).rows.compactMap { row in
      let model = Transformer(
        layers: row.integer("layers"),
        hidden: row.integer("hidden"),
        heads: row.integer("heads"),
        sequence: row.integer("seq"),
        vocabulary: 51_200
      )
      let plan = Plan(
        data: row.integer("dp"),
        tensor: row.integer("tp"),
        pipeline: row.integer("pp"),
        recompute: .full
      )
      let settings = StepSettings(
        globalBatch: row.integer("global_batch"),
        microBatch: row.integer("micro_batch"),
        precision: .fp16
      )
      guard let device = accelerators["A100-SXM4-80GB"]?.recalibrated(calibration) else {
        return nil
      }
      let cluster = Cluster(
        accelerator: device,
        devices: row.integer("gpus"),
        networkBandwidth: 100e9
      )
      return made(
        model,
        plan,
        settings,
        cluster,
        group: "h\(model.hidden) l\(model.layers) n\(row["gpus"])",
        label: "b\(settings.microBatch) t\(plan.tensor) d\(plan.data) p\(plan.pipeline)",
        seconds: row.number("iter_ms") / 1000
      )
    }
  }

  /// Korthikanti and others 2022, Table 5: full recomputation, and sequence parallelism with
  /// selective recomputation.
  ///
  /// Never fitted.
  package static func korthikanti(_ calibration: Calibration = .standard) -> [PublishedRow] {
    PublishedTable("korthikanti").rows.flatMap { row in
      [Recompute.full, .selective].compactMap { recompute -> PublishedRow? in
        let model = Transformer(
          layers: row.integer("layers"),
          hidden: row.integer("hidden"),
          heads: row.integer("heads"),
          sequence: 2048,
          vocabulary: 51_200
        )
        let virtual = row.integer("virtual_stages")
        let plan = Plan(
          tensor: row.integer("tp"),
          pipeline: row.integer("pp"),
          sharesSequence: recompute == .selective,
          schedule: virtual > 1 ? .interleaved : .oneForwardOneBackward,
          interleave: virtual,
          recompute: recompute
        )
        let settings = StepSettings(
          globalBatch: row.integer("global_batch"),
          microBatch: row.integer("micro_batch"),
          precision: .fp16
        )
        guard let device = accelerators["A100-SXM4-80GB"]?.recalibrated(calibration) else {
          return nil
        }
        let cluster = Cluster(
          accelerator: device,
          devices: plan.devices,
          networkBandwidth: 200e9
        )
        return made(
          model,
          plan,
          settings,
          cluster,
          group: row["model"],
          label: recompute.rawValue,
          seconds: row.number(recompute == .full ? "full_s" : "selective_s")
        )
      }
    }
  }

  /// Megatron-LM's table of 2020: tensor and data parallelism on DGX-2 and DGX A100.
  ///
  /// Its README says that gradients are reduced beside the backward pass where models are large, and
  /// that this doesn't pay with 1.2 billion parameters, nor with 2.5 on two devices.
  ///
  /// Never fitted.
  package static func megatron2020(_ calibration: Calibration = .standard) -> [PublishedRow] {
    PublishedTable("megatron-2020").rows.compactMap { row in
      let model = Transformer(
        layers: row.integer("layers"),
        hidden: row.integer("hidden"),
        heads: row.integer("heads"),
        sequence: 1024,
        vocabulary: 51_200
      )
      let plan = Plan(
        data: row.integer("dp"),
        tensor: row.integer("tp"),
        recompute: .full,
        overlapsGradients: row.integer("tp") > 2,
        overlapsTensor: false
      )
      let batch = row.integer("global_batch")
      let settings = StepSettings(
        globalBatch: batch,
        microBatch: batch / plan.data,
        precision: .fp16
      )
      guard let device = accelerators[row["accelerator"]]?.recalibrated(calibration) else {
        return nil
      }
      let cluster = Cluster(
        accelerator: device,
        devices: plan.devices,
        devicesPerNode: device.name.hasPrefix("V100") ? 16 : 8,
        networkBandwidth: device.name.hasPrefix("V100") ? 100e9 : 200e9
      )
      return made(
        model,
        plan,
        settings,
        cluster,
        group: row["accelerator"],
        label: "h\(model.hidden) t\(plan.tensor) d\(plan.data)",
        seconds: row.number("iter_ms") / 1000
      )
    }
  }

  /// llm-foundry's FSDP rows in bf16 or (`narrow`) fp8, tokens a second and device, on so many devices.
  ///
  /// Calibration on 8 devices; the others never fitted.
  package static func foundry(
    onEight: Bool,
    narrow: Bool = false,
    _ calibration: Calibration = .standard
  ) -> [PublishedRow] {
    PublishedTable("llm-foundry").rows.compactMap { row in
      guard (row["precision"] == "amp_fp8") == narrow, (row.integer("gpus") == 8) == onEight,
        let device = accelerators[row["accelerator"]]?.recalibrated(calibration)
      else { return nil }
      let model = Transformer(
        layers: row.integer("layers"),
        hidden: row.integer("hidden"),
        heads: row.integer("heads"),
        feedForward: row.integer("ffn"),
        sequence: row.integer("seq"),
        vocabulary: row.integer("vocab")
      )
      let gpus = row.integer("gpus")
      let batch = row.integer("micro_batch")
      let plan = Plan(
        data: gpus,
        zero: .parameters,
        recompute: row["recompute"] == "1" ? .full : .none
      )
      let settings = StepSettings(
        globalBatch: batch * row.integer("accumulation") * gpus,
        microBatch: batch,
        precision: narrow ? .fp8 : .bf16,
        attention: .flashFirst
      )
      let cluster = Cluster(
        accelerator: device,
        devices: gpus,
        networkBandwidth: device.name.hasPrefix("H100") ? 400e9 : 200e9
      )
      guard let estimate = StepSimulator(.transformer(model), on: cluster, settings)?.estimate(plan)
      else { return nil }
      return PublishedRow(
        group: "\(row["accelerator"]) \(row["model"])",
        label: "s\(model.sequence) b\(batch) n\(gpus)",
        measured: row.number("tokens_per_s_per_gpu"),
        predicted: estimate.tokensPerSecond / Double(gpus),
        ideal: estimate.tokens / (estimate.hardwareFlops / estimate.peak)
      )
    }
  }

  /// torchtitan's Llama 3.1 8B on 8 H100 with 96 GB: tokens a second and device, or peak memory in
  /// GiB.
  ///
  /// Never fitted.
  package static func torchtitan(
    memory: Bool,
    _ calibration: Calibration = .standard
  ) -> [PublishedRow] {
    PublishedTable("torchtitan").rows.compactMap { row in
      guard var device = accelerators["H100-SXM5-80GB"]?.recalibrated(calibration) else {
        return nil
      }
      device.memory = 96 * gibibyte
      device.bandwidth = 2400e9
      // Its table says so: 500 W of the board's 700.
      device = device.capped(at: 500.0 / 700)
      let model = Transformer(
        layers: 32,
        hidden: 4096,
        heads: 32,
        keyValueHeads: 8,
        feedForward: 14_336,
        isGated: true,
        sequence: row.integer("seq"),
        vocabulary: 128_256
      )
      let plan = Plan(
        data: row.integer("fsdp"),
        context: row.integer("cp"),
        zero: .parameters,
        recompute: row["ac"] == "full" ? .full : .selective
      )
      let batch = row.integer("local_batch")
      let settings = StepSettings(
        globalBatch: batch * plan.data,
        microBatch: batch,
        precision: row["float8"] == "True" ? .fp8 : .bf16,
        attention: .flash
      )
      let cluster = Cluster(accelerator: device, devices: 8, networkBandwidth: 400e9)
      guard let estimate = StepSimulator(.transformer(model), on: cluster, settings)?.estimate(plan)
      else { return nil }
      return PublishedRow(
        group: "8B",
        label: "s\(model.sequence) c\(plan.context) \(settings.precision)",
        measured: row.number(memory ? "mem_gib" : "tps_per_gpu"),
        predicted: memory ? estimate.memory.total / gibibyte : estimate.tokensPerSecond / 8,
        ideal: estimate.tokens / (estimate.hardwareFlops / estimate.peak)
      )
    }
  }

  private static func made(
    _ model: Transformer,
    _ plan: Plan,
    _ settings: StepSettings,
    _ cluster: Cluster,
    group: String,
    label: String,
    seconds: Double
  ) -> PublishedRow? {
    guard let estimate = StepSimulator(.transformer(model), on: cluster, settings)?.estimate(plan)
    else { return nil }
    return PublishedRow(
      group: group,
      label: label,
      measured: seconds,
      predicted: estimate.seconds,
      ideal: estimate.hardwareFlops / estimate.peak / Double(plan.devices),
      isInside: (estimate.interval.low...estimate.interval.high).contains(seconds)
    )
  }
}
