import Glibc

/// The machine's clocks, for the run log and the display alone.
package enum WallClock {
  /// Nanoseconds since 1970.
  package static var nanoseconds: Int64 { read(CLOCK_REALTIME) }

  /// Seconds since 1970.
  package static var seconds: Double { Double(nanoseconds) * 1e-9 }

  /// Seconds that only ever grow.
  package static var monotonicSeconds: Double { Double(read(CLOCK_MONOTONIC)) * 1e-9 }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
