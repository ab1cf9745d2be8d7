/// Sorts rows by 64-bit keys, stably, in time proportional to their number.
enum RadixSort {
  private static let bits = 11
  private static let digits = 6
  private static let buckets = 1 << bits

  /// A key that orders as its number does; both zeros share one.
  @inline(__always)
  static func key(_ value: Double) -> UInt64 {
    let pattern = (value + 0.0).bitPattern
    return pattern >> 63 == 1 ? ~pattern : pattern | 1 << 63
  }

  /// Rows by ascending key, equal keys in the rows' order, beside their sorted keys.
  static func sort(_ keys: [UInt64]) -> (keys: [UInt64], rows: [UInt32]) {
    keys.count < 1_024 ? compared(keys) : distributed(keys)
  }

  private static func compared(_ keys: [UInt64]) -> (keys: [UInt64], rows: [UInt32]) {
    let rows = keys.indices.map { UInt32($0) }.sorted {
      (keys[Int($0)], $0) < (keys[Int($1)], $1)
    }
    return (rows.map { keys[Int($0)] }, rows)
  }

  private static func distributed(_ keys: [UInt64]) -> (keys: [UInt64], rows: [UInt32]) {
    var counts = histogram(keys)
    var (from, to) = (keys, [UInt64](repeating: 0, count: keys.count))
    var rows = (0..<UInt32(keys.count)).map { $0 }
    var targets = [UInt32](repeating: 0, count: keys.count)
    for digit in 0..<digits {
      let range = digit * buckets..<(digit + 1) * buckets
      if counts[range].contains(keys.count) { continue }
      accumulate(&counts, range)
      scatter(from, rows, to: &to, &targets, offsets: &counts, digit: digit)
      swap(&from, &to)
      swap(&rows, &targets)
    }
    return (from, rows)
  }

  @inline(__always)
  private static func bucket(_ key: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: key &>> shift) & (buckets - 1)
  }

  private static func histogram(_ keys: [UInt64]) -> [Int] {
    var counts = [Int](repeating: 0, count: digits * buckets)
    counts.withUnsafeMutableBufferPointer { counts in
      for key in keys {
        for digit in 0..<digits {
          counts[digit * buckets + bucket(key, UInt64(digit * bits))] += 1
        }
      }
    }
    return counts
  }

  private static func accumulate(_ counts: inout [Int], _ range: Range<Int>) {
    var offset = 0
    for bucket in range {
      let count = counts[bucket]
      counts[bucket] = offset
      offset += count
    }
  }

  private static func scatter(
    _ keys: [UInt64],
    _ rows: [UInt32],
    to sortedKeys: inout [UInt64],
    _ sortedRows: inout [UInt32],
    offsets: inout [Int],
    digit: Int
  ) {
    let shift = UInt64(digit * bits)
    offsets.withUnsafeMutableBufferPointer { offsets in
      sortedKeys.withUnsafeMutableBufferPointer { sortedKeys in
        sortedRows.withUnsafeMutableBufferPointer { sortedRows in
          for i in keys.indices {
            let bucket = digit * buckets + bucket(keys[i], shift)
            let place = offsets[bucket]
            offsets[bucket] = place + 1
            sortedKeys[place] = keys[i]
            sortedRows[place] = rows[i]
          }
        }
      }
    }
  }
}
