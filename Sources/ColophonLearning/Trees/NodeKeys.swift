/// The rows of a node in the order of one feature.
///
/// A key is a rank in its upper half and, in its lower half, what the scan needs to know of the row.
/// Among equal ranks the order means nothing: everything that is summed is exact.
final class NodeKeys {
  private(set) var keys: UnsafeMutablePointer<UInt64>
  private let other: UnsafeMutablePointer<UInt64>
  private let places: UnsafeMutablePointer<UInt32>
  private let capacity: Int
  /// How many of the keys have a rank; the others, of missing values, stand after them.
  private(set) var present = 0
  private(set) var count = 0
  private(set) var lowest: UInt32 = 0
  private(set) var highest: UInt32 = 0

  /// At this many keys and below they are sorted by insertion.
  private static let few = 24
  /// A key is put into one of at most 2¹¹ places at a time, which stay in the nearest cache.
  private static let digit = 11
  /// How often that can happen to ranks of 32 bits, six bits being the least each time.
  private static let levels = 12

  init(capacity: Int) {
    self.capacity = capacity
    keys = .allocate(capacity: max(1, capacity))
    other = .allocate(capacity: max(1, capacity))
    places = .allocate(capacity: NodeKeys.levels << NodeKeys.digit)
  }

  deinit {
    keys.deallocate()
    other.deallocate()
    places.deallocate()
  }

  var hasMissing: Bool { present < count }

  /// Whether no split can tell the rows apart.
  var isConstant: Bool { present == 0 || (lowest == highest && !hasMissing) }

  /// Takes in a node's rows: their ranks in a column, and what the scan needs.
  func gather(
    _ codes: UnsafePointer<UInt32>,
    rows: UnsafePointer<UInt32>,
    payloads: UnsafePointer<UInt32>,
    count: Int
  ) {
    var (low, high) = (UInt32.max, UInt32(0))
    var front = 0
    var back = count
    let keys = keys
    for i in 0..<count {
      let code = codes[Int(rows[i])]
      let key = UInt64(code) << 32 | UInt64(payloads[i])
      if code == RankedColumns.missing {
        back &-= 1
        keys[back] = key
        continue
      }
      low = min(low, code)
      high = max(high, code)
      keys[front] = key
      front &+= 1
    }
    self.count = count
    present = front
    (lowest, highest) = (low, high)
  }

  /// Puts the keys that have a rank in ascending order.
  func sort() { sort(0, present, lowest, highest, level: 0) }

  private func sort(_ start: Int, _ end: Int, _ low: UInt32, _ high: UInt32, level: Int) {
    if low >= high { return }
    let count = end - start
    if count <= NodeKeys.few { return insert(start, end) }
    let rangeBits = UInt32.bitWidth - (high - low).leadingZeroBitCount
    let countBits = Int.bitWidth - count.leadingZeroBitCount
    let bits = min(NodeKeys.digit, countBits)
    let shift = UInt32(max(0, rangeBits - bits))
    let places = self.places + level << NodeKeys.digit
    let used = Int((high - low) >> shift) + 1
    distribute(start, end, low, shift, places, used)
    if shift == 0 { return }
    // Each place now holds its end.
    var from = start
    for place in 0..<used {
      let to = Int(places[place])
      if to - from > NodeKeys.few {
        let bottom = low + UInt32(place) << shift
        sort(from, to, bottom, min(high, bottom + (1 << shift - 1)), level: level + 1)
      } else if to - from > 1 {
        insert(from, to)
      }
      from = to
    }
  }

  private func distribute(
    _ start: Int,
    _ end: Int,
    _ low: UInt32,
    _ shift: UInt32,
    _ places: UnsafeMutablePointer<UInt32>,
    _ used: Int
  ) {
    let (keys, other) = (keys, other)
    for place in 0..<used { places[place] = 0 }
    let low = UInt64(low) << 32
    let shift = UInt64(shift + 32)
    for i in start..<end { places[Int((keys[i] &- low) &>> shift)] &+= 1 }
    var sum = UInt32(truncatingIfNeeded: start)
    for place in 0..<used {
      let count = places[place]
      places[place] = sum
      sum &+= count
    }
    for i in start..<end {
      let key = keys[i]
      let place = Int((key &- low) &>> shift)
      other[Int(places[place])] = key
      places[place] &+= 1
    }
    (keys + start).update(from: other + start, count: end - start)
  }

  private func insert(_ start: Int, _ end: Int) {
    let keys = keys
    var i = start &+ 1
    while i < end {
      let key = keys[i]
      var j = i
      while j > start, keys[j &- 1] > key {
        keys[j] = keys[j &- 1]
        j &-= 1
      }
      keys[j] = key
      i &+= 1
    }
  }
}
