import ColophonCore

/// Draws a split for every row from streams that nothing else uses.
///
/// Each method sees the number of rows and its own column alone, so a change in any other column
/// leaves the splits as they were. A row of -1 (a missing class) belongs to no split.
package struct SplitDrawing: Sendable {
  package var fractions: [Double]
  package var root: UInt64
  package var cell: String

  package init(fractions: [Double], root: UInt64, cell: String) {
    precondition(fractions.count == 3, "\(fractions.count) fractions for three splits")
    self.fractions = fractions
    self.root = root
    self.cell = cell
  }

  private func stream(_ index: Int = 0) -> RandomStream {
    RandomStream(root: root, cell: cell, purpose: "split", index: index)
  }

  /// Divides the rows at random; the sizes are the fractions' largest remainders.
  package func random(rows: [Int], of count: Int) -> [Split?] {
    var stream = stream()
    var order = rows
    stream.shuffle(&order)
    return deal(order, of: count)
  }

  /// Divides each class at random.
  ///
  /// In every split a class has its share of rows within 1. Rows left over by rounding go where
  /// the classes so far are furthest below their share, so that the splits' own sizes fit too.
  package func stratified(classes: [Int32], count classCount: Int) -> [Split?] {
    var splits = [Split?](repeating: nil, count: classes.count)
    var members = [[Int]](repeating: [], count: classCount)
    for (row, label) in classes.enumerated() where label >= 0 { members[Int(label)].append(row) }
    var deficit = [0.0, 0.0, 0.0]
    for (label, rows) in members.enumerated() {
      var stream = stream(label)
      var order = rows
      stream.shuffle(&order)
      let sizes = shares(of: rows.count, deficit: &deficit)
      assign(order, sizes: sizes, to: &splits)
    }
    return splits
  }

  /// Divides by time, the earliest rows first; equal times stay in the rows' order.
  package func time(_ times: [Double], rows: [Int]) -> [Split?] {
    let order = rows.sorted { (times[$0], $0) < (times[$1], $1) }
    return deal(order, of: times.count)
  }

  /// Divides each series by its own time, the earliest rows first.
  package func time(_ times: [Double], rows: [Int], ofSeries keys: [Int32]) -> [Split?] {
    var splits = [Split?](repeating: nil, count: times.count)
    for (_, own) in Dictionary(grouping: rows, by: { keys[$0] }).sorted(by: { $0.key < $1.key }) {
      let dealt = time(times, rows: own)
      for row in own { splits[row] = dealt[row] }
    }
    return splits
  }

  /// Divides groups in random order, each to the split that lacks the most rows.
  package func groups(_ keys: [Int32], count groupCount: Int) -> [Split?] {
    var members = [[Int]](repeating: [], count: groupCount)
    for (row, key) in keys.enumerated() where key >= 0 { members[Int(key)].append(row) }
    let total = members.reduce(0) { $0 + $1.count }
    var wanted = fractions.map { $0 * Double(total) }
    var splits = [Split?](repeating: nil, count: keys.count)
    var stream = stream()
    for group in stream.permutation(groupCount) where !members[group].isEmpty {
      let place = largest(wanted, among: fractions.indices.filter { fractions[$0] > 0 })
      wanted[place] -= Double(members[group].count)
      for row in members[group] { splits[row] = Split.allCases[place] }
    }
    return splits
  }

  private func deal(_ order: [Int], of count: Int) -> [Split?] {
    var splits = [Split?](repeating: nil, count: count)
    var deficit = [0.0, 0.0, 0.0]
    assign(order, sizes: shares(of: order.count, deficit: &deficit), to: &splits)
    return splits
  }

  private func assign(_ order: [Int], sizes: [Int], to splits: inout [Split?]) {
    var next = 0
    for (split, size) in zip(Split.allCases, sizes) {
      for row in order[next..<next + size] { splits[row] = split }
      next += size
    }
  }

  /// Whole numbers of rows that add up to `count`, each its share rounded down or up.
  ///
  /// `deficit` says how far each split is below its share so far, and is brought up to date.
  private func shares(of count: Int, deficit: inout [Double]) -> [Int] {
    // A share a hair below a whole number (0.7 · 10) is that number.
    let ideal = fractions.map { share -> Double in
      let exact = share * Double(count)
      let whole = exact.rounded()
      return abs(exact - whole) < 1e-6 ? whole : exact
    }
    var sizes = ideal.map { Int($0.rounded(.down)) }
    for i in sizes.indices { deficit[i] += ideal[i] - Double(sizes[i]) }
    var open = sizes.indices.filter { ideal[$0] > Double(sizes[$0]) }
    for _ in 0..<max(0, count - sizes.reduce(0, +)) {
      let place = largest(deficit, among: open.isEmpty ? [0] : open)
      sizes[place] += 1
      deficit[place] -= 1
      open.removeAll { $0 == place }
    }
    return sizes
  }

  /// The place of the largest number; the first of equals.
  private func largest(_ numbers: [Double], among places: [Int]) -> Int {
    var best = places[0]
    for place in places where numbers[place] > numbers[best] { best = place }
    return best
  }
}
