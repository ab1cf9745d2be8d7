import ColophonMath

/// Weights of rows by class and cluster.
struct ContingencyTable: Hashable, Sendable {
  /// Row-major: classes × clusters.
  let cells: [Double]
  let classes: [Double]
  let clusters: [Double]
  let total: Double

  init(_ labels: [Int32], _ cases: ClusterCases, _ weighting: Weighting) {
    let width = cases.clusters
    let height = (labels.max().map { Int($0) } ?? -1) + 1
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: height * width)
    for (row, label) in labels.enumerated() {
      sums[Int(label) * width + Int(cases.assigned[row])].add(weighting[row])
    }
    let cells = sums.map { $0.value }
    self.cells = cells
    classes = (0..<height).map { i in (0..<width).reduce(0) { $0 + cells[i * width + $1] } }
    clusters = (0..<width).map { j in (0..<height).reduce(0) { $0 + cells[$1 * width + j] } }
    total = classes.reduce(0, +)
  }

  /// −Σ p log p of some parts of the total, in nats.
  private func entropy(_ parts: [Double]) -> Double {
    parts.reduce(0) { sum, part in
      part > 0 ? sum - part / total * Elementary.log(part / total) : sum
    }
  }

  var classEntropy: Double { entropy(classes) }
  var clusterEntropy: Double { entropy(clusters) }

  /// Whether all rows are of one class and in one cluster.
  var isTrivial: Bool {
    classes.count { $0 > 0 } == 1 && clusters.count { $0 > 0 } == 1
  }

  /// What knowing one tells of the other, in nats; never below 0.
  var mutualInformation: Double {
    if classes.count(where: { $0 > 0 }) == 1 || clusters.count(where: { $0 > 0 }) == 1 { return 0 }
    var sum = 0.0
    for i in classes.indices {
      for j in clusters.indices {
        let cell = cells[i * clusters.count + j]
        guard cell > 0 else { continue }
        sum += cell / total * Elementary.log(cell / classes[i] * (total / clusters[j]))
      }
    }
    return max(0, sum)
  }

  /// How many pairs of rows lie in the same part.
  static func pairs(_ parts: [Double]) -> Double {
    parts.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
  }
}

extension Sample {
  /// Weights by class and cluster; nil without true classes.
  var contingency: ContingencyTable? {
    guard let cases = clusterCases, let labels = cases.labels else { return nil }
    return cached(\.contingency) { ContingencyTable(labels, cases, weighting) }
  }
}
