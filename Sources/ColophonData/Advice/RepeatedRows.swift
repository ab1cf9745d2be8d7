extension Dataset {
  /// Rows of one split that occur in another too, for each pair of splits.
  ///
  /// Compared are the features, texts and the target; a dataset without features has no such rows.
  package var repeatedRows: [DataFinding] {
    let roles = Set([weight, group, time].compactMap { $0 })
    let compared = table.columns.filter { $0.type != .ignore && !roles.contains($0.name) }
    guard compared.contains(where: { $0.name != target }) else { return [] }
    let keys = compared.map { $0.words }
    let order = sorted(keys)
    var found: [[(rows: Int, example: [Int])]] = Array(
      repeating: Array(repeating: (0, []), count: 3),
      count: 3
    )
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, isEqual(order[start], order[end], keys) { end += 1 }
      count(order[start..<end], into: &found)
      start = end
    }
    let all = Split.allCases
    return [(0, 1), (0, 2), (1, 2)].compactMap { a, b in
      let pair = found[a][b]
      guard pair.rows > 0 else { return nil }
      return .repeatedRows(first: all[a], second: all[b], rows: pair.rows, example: pair.example)
    }
  }

  /// The rows that belong to a split, equal ones next to each other and ascending.
  private func sorted(_ keys: [[UInt64]]) -> [Int] {
    var hashes = [UInt64](repeating: 0xCBF2_9CE4_8422_2325, count: splits.count)
    for words in keys {
      for row in hashes.indices {
        let mixed = (hashes[row] ^ words[row]) &* 0x9E37_79B9_7F4A_7C15
        hashes[row] = mixed ^ mixed >> 29
      }
    }
    return splits.indices.filter { splits[$0] != nil }.sorted { a, b in
      if hashes[a] != hashes[b] { return hashes[a] < hashes[b] }
      for codes in keys where codes[a] != codes[b] { return codes[a] < codes[b] }
      return a < b
    }
  }

  private func isEqual(_ a: Int, _ b: Int, _ keys: [[UInt64]]) -> Bool {
    keys.allSatisfy { $0[a] == $0[b] }
  }

  private func count(
    _ rows: ArraySlice<Int>,
    into found: inout [[(rows: Int, example: [Int])]]
  ) {
    guard rows.count > 1 else { return }
    let members = Split.allCases.map { split in rows.filter { splits[$0] == split } }
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
      guard let one = members[a].first, let other = members[b].first else { continue }
      found[a][b].rows += members[b].count
      if found[a][b].example.isEmpty { found[a][b].example = [one, other] }
    }
  }
}
