import ColophonData
import ColophonMath

/// The features column by column, each value as its rank among the column's distinct values.
///
/// Comparing ranks is comparing values, so splits found over ranks are those of the values; sorting
/// them takes no comparison of numbers. A missing value has the rank `missing`.
final class RankedColumns: Sendable {
  static let missing = UInt32.max

  let rows: Int
  let columns: Int
  /// Column-major: columns × rows.
  let codes: [UInt32]
  /// The distinct values of each column, ascending; -0 and 0 are one.
  let values: [[Double]]
  /// Whether a column has missing values.
  let hasMissing: [Bool]

  init(_ matrix: FeatureMatrix, threads: Int) {
    rows = matrix.rows
    columns = matrix.columns
    let (rows, columns) = (rows, columns)
    var values = [[Double]](repeating: [], count: columns)
    let codes = [UInt32](unsafeUninitializedCapacity: rows * columns) { codes, used in
      used = rows * columns
      nonisolated(unsafe) let codes = codes
      values.withUnsafeMutableBufferPointer { values in
        nonisolated(unsafe) let values = values
        Workers.share(columns, among: threads) { j in
          let column = UnsafeMutableBufferPointer(rebasing: codes[j * rows..<(j + 1) * rows])
          values[j] = RankedColumns.rank(matrix, column: j, into: column)
        }
      }
    }
    self.codes = codes
    self.values = values
    hasMissing = values.indices.map { j in
      codes[j * rows..<(j + 1) * rows].contains(RankedColumns.missing)
    }
  }

  /// The number halfway between a value and the next one of its column, or the value itself where
  /// no number lies between.
  func threshold(column: Int, after code: UInt32, before next: UInt32) -> Double {
    let (a, b) = (values[column][Int(code)], values[column][Int(next)])
    let middle = a / 2 + b / 2
    return middle >= a && middle < b ? middle : a
  }

  /// Writes the ranks of a column and returns its distinct values.
  private static func rank(
    _ matrix: FeatureMatrix,
    column: Int,
    into codes: UnsafeMutableBufferPointer<UInt32>
  ) -> [Double] {
    var entries: [RadixSort.Entry] = []
    entries.reserveCapacity(codes.count)
    for row in codes.indices {
      let value = matrix.values[row &* matrix.columns &+ column]
      codes[row] = missing
      if value.isNaN { continue }
      entries.append(RadixSort.Entry(key: RadixSort.key(value), row: UInt32(row)))
    }
    RadixSort.sort(&entries)
    var distinct: [Double] = []
    var last: UInt64?
    for entry in entries {
      if entry.key != last {
        distinct.append(RadixSort.value(entry.key))
        last = entry.key
      }
      codes[Int(entry.row)] = UInt32(distinct.count - 1)
    }
    return distinct
  }
}

/// Sorts numbers by their bits, eleven at a time from the lowest.
enum RadixSort {
  struct Entry {
    var key: UInt64
    var row: UInt32
  }

  /// Bits that are ordered as the numbers are; -0 becomes 0.
  static func key(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  static func value(_ key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }

  static func sort(_ entries: inout [Entry]) {
    let count = entries.count
    guard count > 1 else { return }
    if count < 2_048 {
      entries.sort { ($0.key, $0.row) < ($1.key, $1.row) }
      return
    }
    var other = entries
    var differing: UInt64 = 0
    for entry in entries { differing |= entry.key ^ entries[0].key }
    for shift in stride(from: 0, to: 64, by: 11) where differing >> shift & 0x7FF != 0 {
      pass(&entries, into: &other, shift: shift)
      swap(&entries, &other)
    }
  }

  private static func pass(_ entries: inout [Entry], into other: inout [Entry], shift: Int) {
    var places = [Int](repeating: 0, count: 2_048)
    for entry in entries { places[Int(entry.key >> shift & 0x7FF)] += 1 }
    var sum = 0
    for i in places.indices {
      let count = places[i]
      places[i] = sum
      sum += count
    }
    places.withUnsafeMutableBufferPointer { places in
      other.withUnsafeMutableBufferPointer { other in
        for entry in entries {
          let digit = Int(entry.key >> shift & 0x7FF)
          other[places[digit]] = entry
          places[digit] &+= 1
        }
      }
    }
  }
}
