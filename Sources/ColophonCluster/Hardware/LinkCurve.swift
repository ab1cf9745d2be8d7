import ColophonMath

/// How long a collective took on measured hardware, by the bytes that each rank holds.
///
/// Between two points the time follows a straight line in the logarithms of both; beyond the last
/// the bandwidth of the last step goes on; below the first, its time shrinks to the share that is
/// latency.
package struct LinkCurve: Hashable, Sendable {
  /// What was measured, and by whom.
  package let name: String
  /// The number of ranks.
  package let ranks: Int
  /// Bytes, ascending.
  let sizes: [Double]
  /// Seconds.
  let times: [Double]
  private let slopes: [Double]
  private let logs: [Double]

  /// The share of the first point's time that remains as the size goes to nothing.
  static let latencyShare = 0.6

  init(_ name: String, ranks: Int, bytes: [Double], microseconds: [Double]) {
    precondition(bytes.count == microseconds.count && bytes.count > 1, "a curve of no points")
    self.name = name
    self.ranks = ranks
    sizes = bytes
    times = microseconds.map { $0 * 1e-6 }
    let logs = bytes.map { Elementary.log($0) }
    let logTimes = times.map { Elementary.log($0) }
    self.logs = logs
    slopes = (1..<bytes.count).map { i -> Double in
      let rise = logTimes[i] - logTimes[i - 1]
      return rise / (logs[i] - logs[i - 1])
    }
  }

  /// The largest size that was measured.
  package var end: Double { sizes[sizes.count - 1] }

  /// Seconds for some bytes.
  package func seconds(_ bytes: Double) -> Double {
    let last = sizes.count - 1
    if bytes <= sizes[0] {
      let share = LinkCurve.latencyShare
      return times[0] * (share + (1 - share) * bytes / sizes[0])
    }
    if bytes >= sizes[last] {
      let bandwidth = (sizes[last] - sizes[last - 1]) / (times[last] - times[last - 1])
      return times[last] + (bytes - sizes[last]) / bandwidth
    }
    var low = 0
    var high = last
    while high - low > 1 {
      let middle = (low + high) / 2
      if sizes[middle] <= bytes { low = middle } else { high = middle }
    }
    return times[low] * Elementary.exp(slopes[low] * (Elementary.log(bytes) - logs[low]))
  }
}
