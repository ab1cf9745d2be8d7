package import ColophonCore

/// The instances that a `cluster` may name.
///
/// Prices and networks: Karpenter's generated tables of AWS prices and bandwidths (Apache-2.0), by
/// the date of generation; links within a node: stas00/ml-engineering, network. List prices of p4
/// and p5 fell between 2025-04-28 and 2025-07-07.
package let instances = Catalogue<Instance>(
  "instance",
  [
    Instance(
      name: "p3.16xlarge",
      accelerator: "V100-SXM2-16GB",
      accelerators: 8,
      interconnect: .nvlink,
      linkBandwidth: 150e9,
      network: 25,
      prices: [("2023-12-11", 24.48), ("2026-07-20", 24.48)]
    ),
    Instance(
      name: "p3dn.24xlarge",
      accelerator: "V100-SXM2-32GB",
      accelerators: 8,
      interconnect: .nvlink,
      linkBandwidth: 150e9,
      network: 100,
      prices: [("2026-07-20", 31.212)]
    ),
    Instance(
      name: "p4d.24xlarge",
      accelerator: "A100-SXM4-40GB",
      accelerators: 8,
      interconnect: .nvswitch,
      linkBandwidth: 300e9,
      network: 400,
      prices: [("2023-12-11", 32.7726), ("2025-07-07", 21.957642), ("2026-07-20", 21.957642)]
    ),
    Instance(
      name: "p4de.24xlarge",
      accelerator: "A100-SXM4-80GB",
      accelerators: 8,
      interconnect: .nvswitch,
      linkBandwidth: 300e9,
      network: 400,
      prices: [("2023-12-11", 40.96575), ("2025-07-07", 27.44705), ("2026-07-20", 27.44705)]
    ),
    Instance(
      name: "p5.48xlarge",
      accelerator: "H100-SXM5-80GB",
      accelerators: 8,
      interconnect: .nvswitch,
      linkBandwidth: 450e9,
      network: 3200,
      prices: [("2023-12-11", 98.32), ("2025-07-07", 55.04), ("2026-07-20", 55.04)]
    ),
    Instance(
      name: "p5en.48xlarge",
      accelerator: "H200-SXM5-141GB",
      accelerators: 8,
      interconnect: .nvswitch,
      linkBandwidth: 450e9,
      network: 3200,
      prices: [("2026-07-20", 63.296)]
    ),
    Instance(
      name: "p6-b200.48xlarge",
      accelerator: "B200-SXM-180GB",
      accelerators: 8,
      interconnect: .nvswitch,
      linkBandwidth: 900e9,
      network: 3200,
      prices: [("2026-07-20", 113.9328)]
    ),
    Instance(
      name: "trn1.32xlarge",
      accelerator: "Trainium1",
      accelerators: 16,
      interconnect: .nvlink,
      linkBandwidth: 384e9,
      network: 800,
      prices: [("2023-12-11", 21.5), ("2026-07-20", 21.5)]
    ),
    Instance(
      name: "trn1n.32xlarge",
      accelerator: "Trainium1",
      accelerators: 16,
      interconnect: .nvlink,
      linkBandwidth: 384e9,
      network: 1600,
      prices: [("2026-07-20", 24.78)]
    ),
    Instance(
      name: "g5.48xlarge",
      accelerator: "A10G",
      accelerators: 8,
      interconnect: .pcie,
      linkBandwidth: 16e9,
      network: 100,
      prices: [("2023-12-11", 16.288), ("2026-07-20", 16.288)]
    ),
    Instance(
      name: "g5.12xlarge",
      accelerator: "A10G",
      accelerators: 4,
      interconnect: .pcie,
      linkBandwidth: 16e9,
      network: 40,
      prices: [("2026-07-20", 5.672)]
    ),
    Instance(
      name: "g5.xlarge",
      accelerator: "A10G",
      accelerators: 1,
      interconnect: .pcie,
      linkBandwidth: 16e9,
      network: 2.5,
      prices: [("2026-07-20", 1.006)]
    ),
  ]
) { $0.name }
