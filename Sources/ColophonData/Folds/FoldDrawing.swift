import ColophonCore

/// Deals rows to folds, from streams that nothing else uses.
///
/// Every function sees the rows, their number of folds and its own column alone, so a change in
/// any other column leaves the folds as they were. Each row is held out in exactly one fold, but
/// for `walkForward`, where the earliest are never held out. The sizes are scikit-learn's.
package struct FoldDrawing: Sendable {
  package var count: Int
  package var root: UInt64
  package var cell: String

  /// `count`: The number of folds, from 2.
  package init(count: Int, root: UInt64, cell: String) {
    precondition(count > 1, "\(count) folds")
    self.count = count
    self.root = root
    self.cell = cell
  }

  private func stream(_ index: Int = 0) -> RandomStream {
    RandomStream(root: root, cell: cell, purpose: "folds", index: index)
  }

  /// Shuffles the rows and cuts them into folds whose sizes differ by 1 at most, the larger first.
  package func random(_ rows: [Int]) -> [Fold] {
    var stream = stream()
    var order = rows
    stream.shuffle(&order)
    let (size, larger) = order.count.quotientAndRemainder(dividingBy: count)
    var start = 0
    let held = (0..<count).map { fold in
      let end = start + size + (fold < larger ? 1 : 0)
      defer { start = end }
      return Array(order[start..<end])
    }
    return FoldDrawing.complete(held, of: rows)
  }

  /// Shuffles each class's rows and deals them to the folds in turn, the next class going on where
  /// the last one ended.
  ///
  /// A class has in any two folds numbers of rows that differ by 1 at most, and so have the folds.
  /// `classes`: The class of each of the rows.
  package func stratified(_ rows: [Int], classes: [Int32]) -> [Fold] {
    var members: [Int32: [Int]] = [:]
    for (row, label) in zip(rows, classes) { members[label, default: []].append(row) }
    var held = [[Int]](repeating: [], count: count)
    var next = 0
    for label in members.keys.sorted() {
      var stream = stream(Int(label))
      var order = members[label] ?? []
      stream.shuffle(&order)
      for row in order {
        held[next % count].append(row)
        next += 1
      }
    }
    return FoldDrawing.complete(held, of: rows)
  }

  /// Deals whole groups, the largest first, each to the fold with the fewest rows; groups of one
  /// size go in random order, and of equal folds the first takes.
  ///
  /// `groups`: The group of each of the rows.
  package func grouped(_ rows: [Int], groups: [Int32]) -> [Fold] {
    var members: [Int32: [Int]] = [:]
    for (row, group) in zip(rows, groups) { members[group, default: []].append(row) }
    var names = members.keys.sorted()
    var stream = stream()
    stream.shuffle(&names)
    let order = names.enumerated().sorted { a, b in
      let sizes = (members[a.element]?.count ?? 0, members[b.element]?.count ?? 0)
      return sizes.0 != sizes.1 ? sizes.0 > sizes.1 : a.offset < b.offset
    }
    var held = [[Int]](repeating: [], count: count)
    for (_, group) in order {
      let lightest = held.indices.min { held[$0].count < held[$1].count } ?? 0
      held[lightest] += members[group] ?? []
    }
    return FoldDrawing.complete(held, of: rows)
  }

  /// Expanding windows: fold *i* holds out the *i*-th of `count` last blocks of ⌊n / (count + 1)⌋
  /// rows, and learns from all that is more than `gap` rows earlier.
  ///
  /// These are the indices of scikit-learn's TimeSeriesSplit. `rows` stand in the order of time.
  /// Nil where the first window would be empty.
  package static func walkForward(_ rows: [Int], count: Int, gap: Int = 0) -> [Fold]? {
    let size = rows.count / (count + 1)
    let first = rows.count - size * count
    guard size > 0, first - gap > 0 else { return nil }
    return (0..<count).map { fold in
      let start = first + fold * size
      return Fold(
        train: rows[..<(start - gap)].sorted(),
        held: rows[start..<start + size].sorted()
      )
    }
  }

  /// Each row is a fold of its own, in the rows' order.
  package static func leaveOneOut(_ rows: [Int]) -> [Fold] {
    rows.indices.map { place in
      Fold(train: Array(rows[..<place] + rows[(place + 1)...]), held: [rows[place]])
    }
  }

  /// Folds that learn from all that they don't hold out; empty ones are left out.
  private static func complete(_ held: [[Int]], of rows: [Int]) -> [Fold] {
    let sorted = rows.sorted()
    return held.filter { !$0.isEmpty }.map { held in
      let out = Set(held)
      return Fold(train: sorted.filter { !out.contains($0) }, held: held.sorted())
    }
  }
}
