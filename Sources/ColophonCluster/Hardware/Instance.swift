import ColophonCore

/// An instance that can be rented: its accelerators, its network, its prices by date.
package struct Instance: Hashable, Sendable {
  package var name: String
  package var accelerator: String
  package var accelerators: Int
  package var interconnect: Interconnect
  /// A device's link in bytes/s, one direction.
  package var linkBandwidth: Double
  /// The network in Gbit/s.
  package var network: Double
  /// USD an hour on demand, us-east-1, Linux, by the date of the price list, ascending.
  package var prices: [(date: String, usd: Double)]

  /// The latest price.
  package var price: Double { prices.last?.usd ?? .nan }

  package static func == (a: Instance, b: Instance) -> Bool { a.name == b.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// A cluster of some of them.
  package func cluster(count: Int) -> Cluster? {
    guard let device = ColophonCluster.accelerators[accelerator] else { return nil }
    return Cluster(
      accelerator: device,
      devices: count * accelerators,
      devicesPerNode: accelerators,
      interconnect: interconnect,
      linkBandwidth: linkBandwidth,
      networkBandwidth: network / 8 * 1e9,
      fabric: network >= 400 ? .efa : .ethernet,
      nodePrice: price
    )
  }
}
