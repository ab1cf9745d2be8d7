/// Every constant that was fitted, in one place, with the rows that set it.
///
/// Fitted together (the first seven that say so; the rest stands by its own source) by the study's
/// `CalibrationFit`: soft-l1 least squares of the logarithms with priors, on the 720 single-node rows
/// of vTrain (A100, Megatron-DeepSpeed, small models) and the 142 rows of llm-foundry's FSDP table on 8
/// devices (A100 and H100, bf16), each family with the same weight. Nothing else was fitted: not
/// Korthikanti's Table 5, not vTrain's multi-node rows, not torchtitan's, not Megatron's of 2020.
///
/// A value, so that a study can fit it again without some of its rows and see what that changes.
package struct Calibration: Codable, Hashable, Sendable {
  /// What every prediction uses unless told otherwise.
  package static let standard = Calibration()

  /// V100: not fitted; the A100's share of the peak.
  ///
  /// Attention is a guess, since no fused kernel of this generation is among the rows.
  package var volta = Accelerator.Efficiency(
    product: 0.794,
    attentionForward: 0.50,
    attentionBackward: 0.42,
    memory: 0.90
  )

  /// A100: product 0.794 fitted, of at most 0.87 that a lone product reaches (stas00/ml-engineering).
  ///
  /// Attention by hand, below the best that FlashAttention-2 publishes: 0.73 forward, 0.63 backward
  /// (Dao 2023).
  package var ampere = Accelerator.Efficiency(
    product: 0.794,
    attentionForward: 0.62,
    attentionBackward: 0.54,
    memory: 0.90
  )

  /// H100: product 0.603 fitted, of at most 0.80 that a lone product reaches (the same).
  ///
  /// Attention by hand, as FlashAttention-2 runs on this generation: a third to two fifths of the peak
  /// (Shah and others 2024, Figure 5).
  package var hopper = Accelerator.Efficiency(
    product: 0.603,
    attentionForward: 0.38,
    attentionBackward: 0.33,
    memory: 0.90
  )

  /// Fitted: the start and end of a matrix product's block, in steps of its inner dimension.
  package var blockOverhead = 28.6
  /// Fitted: the share of a 16-bit product's efficiency that an 8-bit one reaches; lone ones reach 0.88
  /// of it on H100 (1,403 of 1,979 TFLOP/s against 795 of 989, stas00/ml-engineering).
  package var narrowProduct = 0.834
  /// Bytes a number to scale and narrow an operand of an 8-bit product: read in two, written in one,
  /// and read once more for its largest magnitude.
  static let narrowingBytes = 5.0
  var narrowingTraffic: Double { Calibration.narrowingBytes }
  /// Fitted: a kernel's least time on the device, in seconds.
  package var launch = 5.9e-6
  /// Kernels of a transformer layer's forward and backward pass that touch memory only.
  package var kernelsForward = 22.0
  package var kernelsBackward = 40.0
  /// Fitted: the host's time to issue a layer's forward and backward pass, in seconds.
  package var hostForward = 0.921e-3
  package var hostBackward = 1.55e-3
  /// The host's time to issue a collective, in seconds.
  package var hostCollective = 20e-6
  /// Fitted: what a step costs whatever its size, in seconds: the loader, the loss's way to the host.
  package var step = 2.65e-3
  /// The share of the memory's bandwidth that attention with its scores in memory reaches: 40.3 GB in
  /// 41.7 ms of an A100's 1,555 GB/s (Dao and others 2022, Figure 2).
  package var unfusedAttention = 0.62
  /// Memory traffic of the backward pass's element-wise kernels over the forward's.
  package var backwardTraffic = 1.62
  /// Memory traffic of the optimizer's update, bytes a parameter.
  package var optimizerTraffic = 50.0
  /// Memory traffic of a loss over logits, bytes a logit: fused in Megatron, not in plain PyTorch.
  package var fusedLossTraffic = 20.0
  package var plainLossTraffic = 55.0
  /// The share of a collective's time that is taken from the kernels that run beside it.
  package var interference = 0.6
  /// InfiniBand: the share of its rate that a ring between nodes reaches.
  package var networkShare = 0.96
  /// Elastic fabric adapters and Ethernet: 128 H200 over 3200 Gb/s reach 370 of 400 GB/s, 16 A100
  /// over 400 Gb/s 0.84 of what their tree could.
  package var elasticNetworkShare = 0.90
  /// What crosses from one processor socket of a node to the other, in bytes/s and direction: the
  /// library's own figure for AMD's hosts (NVIDIA nccl, src/graph/topo.h, AMD_BW).
  package var socketLink = 16e9
  /// The latency of one hop between nodes, in seconds, and of starting a collective across them.
  package var hop = 12e-6
  package var crossing = 60e-6
  /// FlashAttention's first version, which llm-foundry's rows ran on, over the second's speed.
  package var firstFlash = 0.55

  /// Relative uncertainty (one standard deviation) of each part of a step: kernels, collectives, the
  /// host.
  ///
  /// By hand, after the residuals; how often the interval holds is tested on the published rows.
  package var uncertainty = Uncertainty(kernels: 0.09, collectives: 0.20, host: 0.35)

  /// Relative uncertainties, each one standard deviation.
  package struct Uncertainty: Codable, Hashable, Sendable {
    package var kernels: Double
    package var collectives: Double
    package var host: Double
  }
}
