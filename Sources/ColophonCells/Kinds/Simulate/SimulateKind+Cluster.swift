import ColophonCluster
import ColophonCore

extension FieldReader {
  /// `cluster`: rented instances, or accelerators with their links.
  mutating func cluster() -> Cluster? {
    let read = section(
      "cluster",
      required: true,
      "{instance, count}; or {accelerator, devices, devices_per_node, interconnect, network_gbps}."
    ) { $0.clusterBody() }
    return read ?? nil
  }

  private mutating func clusterBody() -> Cluster? {
    let instance = choice(
      "instance",
      of: instances.names,
      noun: "instance",
      "The instance that is rented; its accelerators, links, network and price are known."
    )
    let count = integer("count", in: 1...100_000, default: 1, "How many instances.")
    let own = ownAccelerator()
    let devices = integer("devices", in: 1...1_000_000, default: 8, "Accelerators in all.")
    let perNode = integer("devices_per_node", in: 1...1024, default: 8, "Accelerators of a node.")
    let links = choice(
      "interconnect",
      of: Interconnect.allCases.map { $0.rawValue },
      default: Interconnect.nvswitch.rawValue,
      "How the accelerators of a node reach each other."
    )
    let network = number(
      "network_gbps",
      in: .above(0),
      default: 400,
      "The network of a node in Gbit/s."
    )
    var rented = instance.flatMap { instances[$0.value]?.cluster(count: count) }
    let alternates = boolean(
      "alternating_rings",
      default: Cluster.alternates(own?.name ?? rented?.accelerator.name ?? ""),
      "Whether a ring may leave a node by another adapter than it came in by, as the usual library's do "
        + "since February 2024; false unless written for V100 and A100, which were measured before."
    )
    let price = number(
      "usd_per_hour",
      in: .atLeast(0),
      "USD of a node for an hour; an instance's latest list price unless given."
    )
    let others = otherDevices()
    if isBlank { return nil }
    if instance != nil {
      if has("accelerator") {
        report(.clusterForm(at: position(of: "accelerator"), both: true))
        return nil
      }
      for name in ["devices", "devices_per_node", "interconnect", "network_gbps"] where has(name) {
        report(.clusterKey("an instance says '\(name)' itself", at: position(of: name)))
      }
      if let price { rented?.nodePrice = price }
      rented?.others = others
      rented?.alternatesRings = alternates
      return rented
    }
    guard let own else {
      if !has("instance"), !has("accelerator") {
        report(.clusterForm(at: position, both: false))
      }
      return nil
    }
    if has("count") {
      report(
        .clusterKey(
          "'count' counts instances; accelerators have 'devices'",
          at: position(of: "count")
        )
      )
    }
    if devices > perNode, !devices.isMultiple(of: perNode) {
      report(.partNode(devices, perNode: perNode, at: position(of: "devices")))
    }
    var made = Cluster(
      accelerator: own,
      devices: devices,
      devicesPerNode: perNode,
      interconnect: Interconnect(rawValue: links) ?? .nvswitch,
      networkBandwidth: network / 8 * 1e9,
      nodePrice: price
    )
    made.others = others
    made.alternatesRings = alternates
    return made
  }

  /// `others`: devices of other kinds.
  private mutating func otherDevices() -> [Cluster.Others] {
    sections(
      "others",
      "Devices of other kinds beside these, each holding whole copies of the model."
    ) { fields, _ in
      let name = fields.choice(
        "accelerator",
        of: accelerators.names,
        required: true,
        noun: "accelerator",
        "What they are."
      )
      let devices = fields.integer("devices", in: 1...1_000_000, default: 8, "How many of them.")
      return name.flatMap { accelerators[$0.value] }
        .map { Cluster.Others(accelerator: $0, devices: devices) }
    }.compactMap { $0 }
  }

  /// `accelerator`: a name of the catalogue, or a map of one's own.
  private mutating func ownAccelerator() -> Accelerator? {
    var described = FieldReader()
    _ = described.acceleratorBody()
    let type = FieldType.union([.choice(accelerators.names), .section(described.fields)])
    guard
      let node = node(
        "accelerator",
        type,
        "One of the accelerators, or one's own: {name, peak_tflops, memory_gib, bandwidth_gbps, like}."
      )
    else { return nil }
    guard let entries = node.entries else {
      if let known = accelerators[node.text] { return known }
      report(.unknownChoice("accelerator", found: node, among: accelerators.names))
      return nil
    }
    var reader = FieldReader(entries, context: "'accelerator'", at: node.position)
    let made = reader.acceleratorBody()
    reader.finish()
    absorb(reader)
    resolve("accelerator", to: .object(reader.configuration))
    return made
  }

  private mutating func acceleratorBody() -> Accelerator? {
    let name = string("name", default: "own", "What the report calls it.")
    let peak = number(
      "peak_tflops",
      in: .above(0),
      required: true,
      "Dense peak of matrix products in 16 bits, TFLOP/s; fp32 is taken for half of it, fp8 for "
        + "twice."
    )
    let memory = number("memory_gib", in: .above(0), required: true, "Device memory in GiB.")
    let bandwidth = number(
      "bandwidth_gbps",
      in: .above(0),
      required: true,
      "Bandwidth of the device memory in GB/s."
    )
    let like = choice(
      "like",
      of: accelerators.names,
      default: "H100-SXM5-80GB",
      "The accelerator whose efficiency and number of multiprocessors it shares."
    )
    let power = number(
      "power_share",
      in: Interval(0, 1, lowerIsOpen: true),
      default: 1,
      "The share of the board's power that a cap leaves; the clock follows its cube root."
    )
    guard let peak, let memory, let bandwidth, let model = accelerators[like] else { return nil }
    return Accelerator(
      name: name,
      peak: [
        .fp32: peak * 0.5e12, .fp16: peak * 1e12, .bf16: peak * 1e12, .fp8: peak * 2e12,
      ],
      memory: memory * gibibyte,
      bandwidth: bandwidth * 1e9,
      multiprocessors: model.multiprocessors,
      efficiency: model.efficiency,
      source: "the notebook, efficiency of \(like)"
    ).capped(at: power)
  }
}
