/// Accelerators in nodes, nodes in a network.
package struct Cluster: Hashable, Sendable {
  package var accelerator: Accelerator
  package var devices: Int
  package var devicesPerNode: Int
  package var interconnect: Interconnect
  /// Bandwidth of a device's link within the node in bytes/s, one direction.
  package var linkBandwidth: Double
  /// Bandwidth of a node's network in bytes/s, one direction.
  package var networkBandwidth: Double
  /// By how much links within the node are faster than measured; 1 but in what-if questions.
  package var linkSpeedup = 1.0
  /// The name of the network's kind, which decides what curve or share applies.
  package var fabric: Fabric
  /// Whether a ring may leave a node by another adapter than it came in by, as the usual library's
  /// do since February 2024 (NVIDIA nccl 2.20.3, "alternating rings").
  package var alternatesRings: Bool
  /// Devices of other kinds beside these, in the same network.
  package var others: [Others] = []
  /// USD of one node for an hour; nil where no price is known.
  package var nodePrice: Double?

  /// Devices of another kind.
  package struct Others: Hashable, Sendable {
    package var accelerator: Accelerator
    package var devices: Int

    package init(accelerator: Accelerator, devices: Int) {
      self.accelerator = accelerator
      self.devices = devices
    }
  }

  /// The network between nodes.
  package enum Fabric: String, Codable, Hashable, Sendable {
    case infiniband
    case efa
    case ethernet
  }

  package init(
    accelerator: Accelerator,
    devices: Int,
    devicesPerNode: Int = 8,
    interconnect: Interconnect = .nvswitch,
    linkBandwidth: Double? = nil,
    networkBandwidth: Double,
    fabric: Fabric = .infiniband,
    nodePrice: Double? = nil
  ) {
    precondition(devices > 0 && devicesPerNode > 0, "a cluster of \(devices) devices")
    self.accelerator = accelerator
    alternatesRings = Cluster.alternates(accelerator.name)
    self.devices = devices
    self.devicesPerNode = min(devicesPerNode, devices)
    self.interconnect = interconnect
    self.linkBandwidth =
      linkBandwidth ?? Cluster.linkBandwidth(of: accelerator.name, interconnect)
    self.networkBandwidth = networkBandwidth
    self.fabric = fabric
    self.nodePrice = nodePrice
  }

  /// Nodes, the last one perhaps not full.
  package var nodes: Int { (devices + devicesPerNode - 1) / devicesPerNode }

  /// Whether rings alternate where nobody says: what is published of V100 and A100 was measured with
  /// the library of their time.
  package static func alternates(_ accelerator: String) -> Bool {
    !accelerator.hasPrefix("V100") && !accelerator.hasPrefix("A100")
  }

  /// A device's link in bytes/s and direction by generation (NVIDIA data sheets).
  private static func linkBandwidth(of name: String, _ interconnect: Interconnect) -> Double {
    if interconnect == .pcie { return 16e9 }
    if name.hasPrefix("V100") { return 150e9 }
    if name.hasPrefix("A100") { return 300e9 }
    if name.hasPrefix("B200") { return 900e9 }
    if name.hasPrefix("H") { return 450e9 }
    return interconnect == .nvswitch ? 300e9 : 150e9
  }
}
