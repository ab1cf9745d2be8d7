package import ColophonCore

/// Where and when the prices of `instances` were listed.
package enum PriceList {
  package static let source = "Amazon SageMaker training, US East (N. Virginia), on demand"
  /// The year of the list; prices change, and a report says of which year its are.
  package static let year = 2024

  /// The share by which spot capacity is cheaper where the author says nothing.
  ///
  /// The seller states only "up to 90 %", and the price moves; this is an assumption, and each
  /// report that rests on it says so.
  package static let assumedDiscount = 0.7
}

/// The instances that a `train` cell may name.
///
/// - SeeAlso: aws.amazon.com/sagemaker/pricing (prices as listed in 2024) and
///   aws.amazon.com/ec2/instance-types (processors, memory, accelerators).
package let instances = Catalogue<Instance>(
  "instance",
  [
    Instance("ml.m5.large", 2, 8, 0.115),
    Instance("ml.m5.xlarge", 4, 16, 0.23),
    Instance("ml.m5.2xlarge", 8, 32, 0.461),
    Instance("ml.m5.4xlarge", 16, 64, 0.922),
    Instance("ml.m5.12xlarge", 48, 192, 2.765),
    Instance("ml.m5.24xlarge", 96, 384, 5.53),
    Instance("ml.c5.xlarge", 4, 8, 0.204),
    Instance("ml.c5.2xlarge", 8, 16, 0.408),
    Instance("ml.c5.4xlarge", 16, 32, 0.816),
    Instance("ml.c5.9xlarge", 36, 72, 1.836),
    Instance("ml.c5.18xlarge", 72, 144, 3.672),
    Instance("ml.g4dn.xlarge", 4, 16, 0.736, with: "1 × T4"),
    Instance("ml.g4dn.2xlarge", 8, 32, 0.94, with: "1 × T4"),
    Instance("ml.g5.xlarge", 4, 16, 1.408, with: "1 × A10G"),
    Instance("ml.g5.2xlarge", 8, 32, 1.515, with: "1 × A10G"),
    Instance("ml.g5.12xlarge", 48, 192, 7.09, with: "4 × A10G"),
    Instance("ml.g5.48xlarge", 192, 768, 20.36, with: "8 × A10G"),
    Instance("ml.p3.2xlarge", 8, 61, 3.825, with: "1 × V100"),
    Instance("ml.p3.8xlarge", 32, 244, 14.688, with: "4 × V100"),
    Instance("ml.p3.16xlarge", 64, 488, 28.152, with: "8 × V100"),
  ]
) { $0.name }
