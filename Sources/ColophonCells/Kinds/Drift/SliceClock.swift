import ColophonCore
import ColophonData

/// Rows cut into slices of neighbouring times.
struct SliceClock {
  struct Slice {
    var from: String
    var to: String
    /// The middle of the slice's times, along the chart.
    var place: Double
    /// Positions in the times that were given, ascending.
    var rows: [Int]
  }

  /// How many different times each have a slice.
  private static let most = 24

  private(set) var slices: [Slice] = []
  /// What lies along the chart's lower edge.
  let axis: String

  /// Cuts rows by their times; those without a time are left out.
  ///
  /// Beyond 24 different times the rows are cut into slices of
  /// about equal size; rows of one time stay together.
  init(_ column: Column, _ times: [Double], most count: Int) {
    let order = times.indices.filter { !times[$0].isNaN }
      .sorted { (times[$0], $0) < (times[$1], $1) }
    let isDate = column.type == .time && column.isCalendar
    let day = 86_400.0
    let start = order.first.map { (times[$0] / day).rounded(.down) * day } ?? 0
    axis =
      isDate
      ? "\(column.name), days since \(ISOTime.text(start).prefix(10))" : column.name
    var groups: [[Int]] = []
    for row in order {
      if let last = groups.last?.first, times[last] == times[row] {
        groups[groups.count - 1].append(row)
      } else {
        groups.append([row])
      }
    }
    if groups.count > SliceClock.most { groups = SliceClock.joined(groups, order.count, count) }
    slices = groups.map { rows in
      let (first, last) = (times[rows[0]], times[rows[rows.count - 1]])
      let middle = (first + last) / 2
      func text(_ time: Double) -> String { isDate ? ISOTime.text(time) : shortestText(time) }
      return Slice(
        from: text(first),
        to: text(last),
        place: isDate ? (middle - start) / day : middle,
        rows: rows.sorted()
      )
    }
  }

  /// Rows of one time each, joined into slices: a slice ends where its share of all rows is reached.
  private static func joined(_ groups: [[Int]], _ total: Int, _ count: Int) -> [[Int]] {
    var slices: [[Int]] = [[]]
    var taken = 0
    for group in groups {
      if taken * count >= slices.count * total, slices.count < count { slices.append([]) }
      slices[slices.count - 1] += group
      taken += group.count
    }
    return slices
  }
}
