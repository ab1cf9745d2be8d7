import ColophonCore

extension TreeGrowth {
  /// The best split of a node among the features that are looked at.
  func choose(_ node: Open) -> SplitChoice {
    scan.begin(node.summary)
    var best = SplitChoice()
    if !limits.drawsNumbers(features: columns.columns) {
      for feature in 0..<columns.columns { _ = look(at: feature, node, &best) }
      return best
    }
    // Fisher and Yates, from the front of the order that the last node left behind.
    var (visited, found) = (0, false)
    while visited < columns.columns, visited < limits.maxFeatures || !found {
      let rest = columns.columns - visited
      let drawn = visited + (random?.integer(below: rest) ?? 0)
      order.swapAt(visited, drawn)
      if look(at: order[visited], node, &best) { found = true }
      visited += 1
    }
    return best
  }

  /// Looks at a feature; tells whether it can tell the node's rows apart.
  private func look(at feature: Int, _ node: Open, _ best: inout SplitChoice) -> Bool {
    columns.codes.withUnsafeBufferPointer { codes in
      guard let base = codes.baseAddress else { return }
      keys.gather(
        base + feature * columns.rows,
        rows: rows + node.start,
        payloads: payloads + node.start,
        count: node.end - node.start
      )
    }
    if keys.isConstant { return false }
    if limits.drawsThresholds {
      draw(feature, node, &best)
    } else {
      keys.sort()
      scan.search(
        keys,
        node.summary,
        feature: feature,
        columns: columns,
        bounds: bounds,
        best: &best
      )
    }
    return true
  }

  /// Looks at one threshold, drawn evenly between the feature's lowest and highest value in the
  /// node; missing values go to a side that is drawn.
  private func draw(_ feature: Int, _ node: Open, _ best: inout SplitChoice) {
    let values = columns.values[feature]
    let (low, high) = (values[Int(keys.lowest)], values[Int(keys.highest)])
    let missing = keys.hasMissing && (random?.integer(below: 2) ?? 0) == 1
    let share = random?.uniform() ?? 0
    // Halves, since the distance itself may be beyond the largest number.
    let drawn = low + 2 * (share * (high / 2 - low / 2))
    let threshold = drawn >= low && drawn < high ? drawn : low
    var (first, end) = (Int(keys.lowest), Int(keys.highest) + 1)
    while first < end {
      let middle = (first + end) / 2
      if values[middle] <= threshold { first = middle + 1 } else { end = middle }
    }
    let code = UInt32(first - 1)
    scan.restart()
    for i in 0..<keys.count {
      let key = keys.keys[i]
      if i < keys.present ? UInt32(key >> 32) <= code : missing {
        scan.take(UInt32(truncatingIfNeeded: key))
      }
    }
    let (count, weight) = (scan.leftCount, scan.leftWeight)
    guard count > 0, count < node.summary.count,
      count >= bounds.count, node.summary.count - count >= bounds.count,
      weight >= bounds.weight, node.summary.weight - weight >= bounds.weight
    else { return }
    let merit = scan.merit(over: -.infinity)
    guard best.yields(to: merit, of: feature) else { return }
    best = SplitChoice(
      merit: merit,
      feature: feature,
      code: code,
      threshold: keys.lowest == keys.highest ? .infinity : threshold,
      missingGoesLeft: keys.hasMissing ? missing : 2 * count > node.summary.count
    )
  }
}
