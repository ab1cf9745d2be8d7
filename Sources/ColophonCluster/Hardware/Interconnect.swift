/// How the accelerators of one node reach each other.
package enum Interconnect: String, Codable, Hashable, Sendable, CaseIterable {
  /// A switch: every pair at full rate.
  case nvswitch
  /// Direct links, such as the cube mesh of eight V100.
  case nvlink
  /// Through the host's bus.
  case pcie
}
