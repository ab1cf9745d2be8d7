/// Places for buffers that are not all needed at the same time.
///
/// A buffer is needed from one moment to another, both included; buffers whose times overlap never
/// share an element. Each takes the lowest place that is free for its time, in the order of the
/// requests.
package struct MemoryPlan: Sendable {
  /// A buffer of some length, and when it is needed.
  private struct Lease: Sendable {
    var start: Int
    var end: Int
    var first: Int
    var last: Int
  }

  private var leases: [Lease] = []
  /// How many elements all of it takes.
  package private(set) var count = 0

  package init() {}

  /// The first element of a buffer, a multiple of 16.
  package mutating func place(_ length: Int, from first: Int, through last: Int) -> Int {
    let length = (max(length, 1) + 15) / 16 * 16
    let rivals = leases.filter { $0.first <= last && $0.last >= first }
      .sorted { $0.start < $1.start }
    var start = 0
    for rival in rivals where rival.end > start {
      if rival.start >= start + length { break }
      start = rival.end
    }
    leases.append(Lease(start: start, end: start + length, first: first, last: last))
    count = max(count, start + length)
    return start
  }
}
