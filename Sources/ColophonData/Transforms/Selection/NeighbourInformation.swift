import ColophonMath

/// Mutual information by the distances to nearest neighbours, in nats.
enum NeighbourInformation {
  /// Of a continuous and a discrete variable.
  ///
  /// ψ(n) + ⟨ψ(k)⟩ − ⟨ψ(N_label)⟩ − ⟨ψ(m)⟩, where m counts the rows closer than the k-th neighbour
  /// of the same label, the row itself too; labels of one row are left out. At least 0.
  static func mixed(_ values: [Double], _ labels: [Int32], _ neighbours: Int) -> Double {
    var members: [Int32: [Double]] = [:]
    for (value, label) in zip(values, labels) { members[label, default: []].append(value) }
    let groups = members.keys.sorted().compactMap { label in members[label] }
      .filter { $0.count > 1 }.map { $0.sorted() }
    let all = groups.flatMap { $0 }.sorted()
    guard !all.isEmpty else { return 0 }
    var (near, counts, inside) = (0.0, 0.0, 0.0)
    for group in groups {
      let k = min(neighbours, group.count - 1)
      near += Double(group.count) * Special.digamma(Double(k))
      counts += Double(group.count) * Special.digamma(Double(group.count))
      for place in group.indices {
        let radius = distance(from: place, in: group, to: k).nextDown
        inside += Special.digamma(Double(count(around: group[place], within: radius, in: all)))
      }
    }
    let n = Double(all.count)
    return max(0, Special.digamma(n) + (near - counts - inside) / n)
  }

  /// Of two continuous variables, each divided by its standard deviation.
  ///
  /// ψ(n) + ψ(k) − ⟨ψ(n_x) + ψ(n_y)⟩, where n_x counts the rows whose x is closer than the k-th
  /// neighbour by the larger of both distances, the row itself too. At least 0.
  static func continuous(_ x: [Double], _ y: [Double], _ neighbours: Int) -> Double {
    let (x, y) = (scaled(x), scaled(y))
    let n = x.count
    guard n > 1 else { return 0 }
    let k = min(neighbours, n - 1)
    let order = (0..<n).sorted { (x[$0], y[$0], $0) < (x[$1], y[$1], $1) }
    let sortedX = order.map { x[$0] }
    let alongX = order.map { y[$0] }
    let sortedY = y.sorted()
    var inside = 0.0
    for place in 0..<n {
      let radius = distance(from: place, sortedX, alongX, to: k).nextDown
      inside += Special.digamma(Double(count(around: sortedX[place], within: radius, in: sortedX)))
      inside += Special.digamma(Double(count(around: alongX[place], within: radius, in: sortedY)))
    }
    let ends = Special.digamma(Double(n)) + Special.digamma(Double(k))
    return max(0, ends - inside / Double(n))
  }

  private static func scaled(_ values: [Double]) -> [Double] {
    let numbers = values.map { WeightedNumber($0, 1) }
    let deviation = numbers.variance(around: numbers.mean).squareRoot()
    return deviation > 0 ? values.map { $0 / deviation } : values
  }

  /// The distance to the k-th nearest of ascending numbers.
  private static func distance(from place: Int, in sorted: [Double], to k: Int) -> Double {
    var (low, high) = (place, place)
    var farthest = 0.0
    for _ in 0..<k {
      let left = low > 0 ? sorted[place] - sorted[low - 1] : .infinity
      let right = high + 1 < sorted.count ? sorted[high + 1] - sorted[place] : .infinity
      if left <= right { low -= 1 } else { high += 1 }
      farthest = min(left, right)
    }
    return farthest
  }

  /// The distance to the k-th nearest point by the larger of both coordinates' distances; looks
  /// outward along x until nothing there can be nearer.
  private static func distance(
    from place: Int,
    _ x: [Double],
    _ y: [Double],
    to k: Int
  ) -> Double {
    var nearest = [Double](repeating: .infinity, count: k)
    var (low, high) = (place - 1, place + 1)
    while true {
      let left = low >= 0 ? x[place] - x[low] : .infinity
      let right = high < x.count ? x[high] - x[place] : .infinity
      let step = min(left, right)
      if step >= nearest[k - 1] || step == .infinity { return nearest[k - 1] }
      let other = left <= right ? low : high
      if left <= right { low -= 1 } else { high += 1 }
      let distance = max(step, (y[other] - y[place]).magnitude)
      guard distance < nearest[k - 1] else { continue }
      var slot = k - 1
      while slot > 0, nearest[slot - 1] > distance {
        nearest[slot] = nearest[slot - 1]
        slot -= 1
      }
      nearest[slot] = distance
    }
  }

  /// How many of ascending numbers lie at most `radius` from one of them; at least 1.
  private static func count(around value: Double, within radius: Double, in sorted: [Double]) -> Int
  {
    let first = sorted.partition { value - $0 <= radius }
    let end = sorted.partition { $0 - value > radius }
    return max(1, end - first)
  }
}

extension [Double] {
  /// The first place from which on all numbers meet a condition that no earlier one does.
  fileprivate func partition(_ isMet: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isMet(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
