/// Every constant that was fitted, in one place, with the rows that set it.
///
/// Fitted together, by least squares of the logarithms with soft-l1 loss, on the 720 single-node
/// rows of vTrain (A100, Megatron-DeepSpeed, small models) and the 142 rows of llm-foundry's
/// FSDP table on 8 devices (A100 and H100, bf16). Nothing else was fitted: not Korthikanti's
/// Table 5, not vTrain's multi-node rows, not torchtitan's, not Megatron's of 2020.
package enum Calibration {
  /// V100: not fitted; the A100's share of the peak.
  ///
  /// Attention is a guess, since no fused kernel of this generation is among the rows.
  static let volta = Accelerator.Efficiency(
    product: 0.78,
    attentionForward: 0.50,
    attentionBackward: 0.42,
    memory: 0.90
  )

  /// A100: product 0.78 fitted, of at most 0.87 that a lone product reaches (stas00/ml-engineering).
  ///
  /// Attention by hand, below the best that FlashAttention-2 publishes: 0.73 forward, 0.63 backward
  /// (Dao 2023).
  static let ampere = Accelerator.Efficiency(
    product: 0.78,
    attentionForward: 0.62,
    attentionBackward: 0.54,
    memory: 0.90
  )

  /// H100: product 0.605 fitted, of at most 0.80 that a lone product reaches (the same).
  ///
  /// Attention by hand, as FlashAttention-2 runs on this generation: a third to two fifths of the peak
  /// (Shah and others 2024, Figure 5).
  static let hopper = Accelerator.Efficiency(
    product: 0.605,
    attentionForward: 0.38,
    attentionBackward: 0.33,
    memory: 0.90
  )

  /// The start and end of a matrix product's block, in steps of its inner dimension.
  static let blockOverhead = 30.0
  /// A kernel's least time on the device, in seconds.
  static let launch = 7.2e-6
  /// Kernels of a transformer layer's forward and backward pass that touch memory only.
  static let kernelsForward = 22.0
  static let kernelsBackward = 40.0
  /// The host's time to issue a layer's forward and backward pass, in seconds.
  static let hostForward = 0.86e-3
  static let hostBackward = 1.67e-3
  /// The host's time to issue a collective, in seconds.
  static let hostCollective = 20e-6
  /// What a step costs whatever its size, in seconds: the loader, the loss's way to the host.
  package static let step = 3.5e-3
  /// Memory traffic of the backward pass's element-wise kernels over the forward's.
  static let backwardTraffic = 1.62
  /// Memory traffic of the optimizer's update, bytes a parameter.
  static let optimizerTraffic = 50.0
  /// Memory traffic of a loss over logits, bytes a logit: fused in Megatron, not in plain PyTorch.
  static let fusedLossTraffic = 20.0
  static let plainLossTraffic = 55.0
  /// The share of a collective's time that is taken from the kernels that run beside it.
  static let interference = 0.6
  /// InfiniBand: the share of its rate that a ring between nodes reaches.
  static let networkShare = 0.96
  /// Elastic fabric adapters and Ethernet: 128 H200 over 3200 Gb/s reach 370 of 400 GB/s, 16 A100
  /// over 400 Gb/s 0.84 of what their tree could.
  static let elasticNetworkShare = 0.90
  /// The latency of one hop between nodes, in seconds, and of starting a collective across them.
  static let hop = 12e-6
  static let crossing = 60e-6
  /// FlashAttention's first version, which llm-foundry's rows ran on, over the second's speed.
  static let firstFlash = 0.55

  /// Relative uncertainty (one standard deviation) of each part of a step: kernels, collectives, the
  /// host.
  ///
  /// By hand, after the residuals; how often the interval holds is tested on the published rows.
  static let uncertainty = (kernels: 0.09, collectives: 0.20, host: 0.35)
}
