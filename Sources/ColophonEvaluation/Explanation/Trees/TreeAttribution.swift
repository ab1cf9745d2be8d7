import ColophonMath

/// Eight rows side by side.
typealias Lanes = SIMD8<Double>
typealias LaneMask = SIMDMask<SIMD8<Int64>>

/// Adds one tree's attributions of eight rows.
///
/// Every lane computes what it would alone, in the order of the tree's edges, so neither neighbours
/// nor threads can change a bit.
struct TreeAttribution: ~Copyable {
  private let products: UnsafeMutablePointer<Lanes>
  private let sums: UnsafeMutablePointer<Lanes>
  private let follows: UnsafeMutablePointer<LaneMask>
  private let open: UnsafeMutablePointer<Int>

  /// `depth` and `points`: the most of any tree.
  init(depth: Int, points: Int) {
    products = .allocate(capacity: (depth + 1) * points)
    sums = .allocate(capacity: (depth + 1) * points)
    follows = .allocate(capacity: depth + 1)
    open = .allocate(capacity: depth + 1)
  }

  deinit {
    products.deallocate()
    sums.deallocate()
    follows.deallocate()
    open.deallocate()
  }

  /// Adds to `target`, one entry for each feature.
  ///
  /// `leaves` holds nodes × `stride` numbers from that of the explained output on, `rows` one entry
  /// for each feature.
  func add(
    _ plan: TreePlan,
    leaves: UnsafePointer<Double>,
    stride: Int,
    rows: UnsafePointer<Lanes>,
    to target: UnsafeMutablePointer<Lanes>
  ) {
    let q = plan.points
    follows[0] = LaneMask(repeating: true)
    for k in 0..<q {
      products[k] = Lanes(repeating: 1)
      sums[k] = .zero
    }
    let count = plan.edges.count
    plan.edges.withUnsafeBufferPointer { edges in
      plan.tables.withUnsafeBufferPointer { tables in
        guard let table = tables.baseAddress else { return }
        for index in 0..<count {
          enter(edges[index], index, table, q, rows)
          let depth = Int(edges[index].depth)
          guard edges[index].leaf >= 0 else {
            for k in 0..<q { sums[depth * q + k] = .zero }
            continue
          }
          let value = leaves[Int(edges[index].leaf) * stride]
          for k in 0..<q { sums[depth * q + k] = products[depth * q + k] * value }
          let next = index + 1 < count ? Int(edges[index + 1].depth) : 1
          for level in Swift.stride(from: depth, through: next, by: -1) {
            close(level, edges, table, q, to: target)
          }
        }
      }
    }
  }

  @inline(__always)
  private func enter(
    _ edge: TreePlan.Edge,
    _ index: Int,
    _ table: UnsafePointer<Double>,
    _ q: Int,
    _ rows: UnsafePointer<Lanes>
  ) {
    let depth = Int(edge.depth)
    let x = rows[Int(edge.feature)]
    var isLeft = x .<= Lanes(repeating: edge.threshold)
    if edge.missingGoesLeft { isLeft = isLeft .| (x .!= x) }
    let above = follows[Int(edge.ancestor)]
    let both = above .& (edge.isLeft ? isLeft : .!isLeft)
    follows[depth] = both
    open[depth] = index
    let rest = Lanes(repeating: edge.restShare)
    let own = table + index * q * 4
    for k in 0..<q {
      var factor = Lanes(repeating: own[k * 4 + 1])
      if edge.ancestor > 0 { factor = rest.replacing(with: factor, where: above) }
      factor.replace(with: Lanes(repeating: own[k * 4]), where: both)
      products[depth * q + k] = products[(depth - 1) * q + k] * factor
    }
  }

  /// All leaves below an edge are known: its feature gets their share, its parent their sum.
  @inline(__always)
  private func close(
    _ level: Int,
    _ edges: UnsafeBufferPointer<TreePlan.Edge>,
    _ table: UnsafePointer<Double>,
    _ q: Int,
    to target: UnsafeMutablePointer<Lanes>
  ) {
    let index = open[level]
    let edge = edges[index]
    let above = follows[Int(edge.ancestor)]
    let own = table + index * q * 4
    let both = follows[level]
    var share = Lanes.zero
    for k in 0..<q {
      let below = sums[level * q + k]
      var slope = Lanes(repeating: own[k * 4 + 3])
      slope.replace(with: Lanes(repeating: own[k * 4 + 2]), where: both)
      share += slope * below
      sums[(level - 1) * q + k] += below
    }
    // Where the ancestor was left already, the edge changes nothing.
    if edge.ancestor > 0 { share.replace(with: 0, where: .!above) }
    target[Int(edge.feature)] += share
  }
}
