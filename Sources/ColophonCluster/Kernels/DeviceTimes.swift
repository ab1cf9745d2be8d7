/// How long single kernels take on one device.
package struct DeviceTimes: Sendable {
  package let accelerator: Accelerator
  package let precision: Precision
  /// FLOP/s of one multiprocessor at its best.
  private let rate: Double
  /// Bytes/s that streams reach.
  private let stream: Double

  /// Nil where the accelerator lacks the precision.
  package init?(_ accelerator: Accelerator, _ precision: Precision) {
    guard let peak = accelerator.peak[precision] else { return nil }
    self.accelerator = accelerator
    self.precision = precision
    let narrow = precision == .fp8 ? accelerator.calibration.narrowProduct : 1
    rate = peak * accelerator.efficiency.product * narrow / Double(accelerator.multiprocessors)
    stream = accelerator.bandwidth * accelerator.efficiency.memory
  }

  /// The constants that predictions rest on.
  package var calibration: Calibration { accelerator.calibration }

  /// The peak in FLOP/s that utilisation is a share of.
  package var peak: Double { accelerator.peak[precision] ?? .nan }

  /// The block shapes that a library's matrix product chooses from, with the share of the best
  /// block's speed that each reaches: small blocks load more for each multiply-add.
  private static let blocks: [(rows: Double, columns: Double, share: Double)] = [
    (256, 128, 1.0), (128, 256, 1.0), (128, 128, 0.93), (256, 64, 0.88), (64, 256, 0.88),
    (128, 64, 0.75), (64, 128, 0.75), (64, 64, 0.6),
  ]

  /// Seconds of `batch` matrix products of m × k by k × n.
  ///
  /// Blocks of the result run in waves over the multiprocessors, and a wave that is not full takes as
  /// long as one that is; the best block shape is taken. Never faster than the memory.
  package func product(_ m: Double, _ n: Double, _ k: Double, batch: Double = 1) -> Double {
    product(m, n, k, batch: batch, stream: stream)
  }

  /// The same for scores, which go through the memory at the pace of attention that isn't fused.
  package func scoreProduct(_ m: Double, _ n: Double, _ k: Double, batch: Double) -> Double {
    product(m, n, k, batch: batch, stream: scoreStream)
  }

  /// Seconds to stream bytes of scores through the memory.
  package func streamingScores(_ bytes: Double) -> Double { bytes / scoreStream }

  /// Bytes/s that the kernels of attention reach where its scores lie in memory.
  private var scoreStream: Double { accelerator.bandwidth * calibration.unfusedAttention }

  private func product(
    _ m: Double,
    _ n: Double,
    _ k: Double,
    batch: Double,
    stream: Double
  ) -> Double {
    let processors = Double(accelerator.multiprocessors)
    var best = Double.infinity
    for block in DeviceTimes.blocks {
      let count = (m / block.rows).rounded(.up) * (n / block.columns).rounded(.up) * batch
      let waves = (count / processors).rounded(.up)
      let work = 2 * block.rows * block.columns * (k + calibration.blockOverhead)
      best = min(best, waves * work / (rate * block.share))
    }
    let width = precision == .fp8 ? 1.0 : precision.bytes
    return max(best, width * batch * (m * k + k * n + m * n) / stream)
  }

  /// Seconds to bring the operands of a product of m × k by k × n into eight bits: each is read in two
  /// bytes a number and written in one; nothing in other precisions.
  package func narrowing(_ m: Double, _ n: Double, _ k: Double, batch: Double = 1) -> Double {
    guard precision == .fp8 else { return 0 }
    return streaming(calibration.narrowingTraffic * batch * (m * k + k * n)) + 2
      * calibration.launch
  }

  /// Seconds to stream bytes through the memory.
  package func streaming(_ bytes: Double) -> Double { bytes / stream }

  /// Seconds of fused attention over `rows` queries and `keys` keys of `width` numbers in all heads.
  ///
  /// A causal mask leaves half of the work.
  package func attention(
    _ kernel: AttentionKernel,
    rows: Double,
    keys: Double,
    width: Double
  ) -> (forward: Double, backward: Double) {
    let work = 0.5 * 4 * rows * keys * width
    let base = accelerator.peak[.bf16] ?? accelerator.peak[.fp16] ?? peak
    let version = kernel == .flashFirst ? calibration.firstFlash : 1
    let efficiency = accelerator.efficiency
    return (
      work / (base * efficiency.attentionForward * version),
      2.5 * work / (base * efficiency.attentionBackward * version)
    )
  }
}
