package import ColophonCore
import ColophonMath

/// Shapley values by a weighted regression on some coalitions (KernelSHAP).
///
/// Coalitions come in pairs, each with its complement. Sizes are taken from the outside in, where the
/// kernel (M − 1) / ((M over s) s (M − s)) weighs most: all coalitions of a size where the budget holds
/// them, and of the sizes that are left as many as still fit, drawn by the kernel. The regression
/// keeps to the sum that it must have: the last player takes what the others leave.
///
/// Where the budget holds all coalitions, they are summed instead, exactly.
///
/// - SeeAlso: Lundberg and Lee, "A unified approach to interpreting model predictions", 2017, theorem
///   2; Covert and Lee, "Improving KernelSHAP: practical Shapley value estimation via linear
///   regression", 2021, for the pairs.
package struct KernelShapley: Sendable {
  /// How many coalitions are asked for at most.
  package let samples: Int

  package init(samples: Int) {
    precondition(samples >= 2, "\(samples) samples")
    self.samples = samples
  }

  /// Whether a game of that many players is summed exactly.
  package func isExact(players: Int) -> Bool {
    players <= ExactShapley.mostPlayers && 1 << players <= samples
  }

  package func shares(
    of game: CoalitionGame,
    drawing random: inout RandomStream
  ) throws -> GameShares {
    if game.players < 2 || isExact(players: game.players) {
      return try ExactShapley.shares(of: game)
    }
    let chosen = coalitions(players: game.players, drawing: &random)
    let ends = try game.ends()
    let values = try game.values(chosen.map { $0.members })
    let players = game.players
    var shares: [Double] = []
    for k in 0..<game.outputs {
      let said = chosen.indices.map { values[$0 * game.outputs + k] - ends.none[k] }
      shares += regress(chosen, said, total: ends.all[k] - ends.none[k], players: players)
    }
    return GameShares(base: ends.none, values: shares, coalitions: chosen.count + 2)
  }

  /// A coalition and what its square of error counts.
  struct Weighed {
    var members: [Bool]
    var weight: Double
  }

  /// The coalitions of the regression, none of them empty or whole.
  func coalitions(players: Int, drawing random: inout RandomStream) -> [Weighed] {
    var chosen: [Weighed] = []
    // Nobody and everybody are asked for too.
    var left = samples - 2
    var size = 1
    while size <= players / 2 {
      let isMiddle = 2 * size == players
      let count = ExactShapley.binomial(players, size) * (isMiddle ? 1 : 2)
      guard count <= Double(left) else { break }
      // The kernel's weight of one coalition of the size.
      let weight = sizeWeight(size, players) / ExactShapley.binomial(players, size)
      for members in subsets(size, of: players) {
        chosen.append(Weighed(members: members, weight: weight))
        if !isMiddle { chosen.append(Weighed(members: members.map { !$0 }, weight: weight)) }
      }
      left -= Int(count)
      size += 1
    }
    guard size <= players / 2, left >= 2 else { return chosen }
    return chosen + drawn(from: size, players: players, pairs: left / 2, drawing: &random)
  }

  /// Pairs of the sizes that are left, repeated ones once with the weight of all.
  private func drawn(
    from size: Int,
    players: Int,
    pairs: Int,
    drawing random: inout RandomStream
  ) -> [Weighed] {
    let sizes = Array(size...players / 2)
    let chances = sizes.map { sizeWeight($0, players) * (2 * $0 == players ? 1 : 2) }
    let total = chances.reduce(0, +)
    let table = AliasTable(weights: chances)
    var places: [[Bool]: Int] = [:]
    var found: [Weighed] = []
    for _ in 0..<pairs {
      let taken = random.sample(sizes[table.draw(from: &random)], of: players)
      var members = [Bool](repeating: false, count: players)
      for player in taken { members[player] = true }
      for side in [members, members.map { !$0 }] {
        if let place = places[side] {
          found[place].weight += 1
        } else {
          places[side] = found.count
          found.append(Weighed(members: side, weight: 1))
        }
      }
    }
    let scale = total / Double(2 * pairs)
    return found.map { Weighed(members: $0.members, weight: $0.weight * scale) }
  }

  /// The weight of all coalitions of a size together.
  private func sizeWeight(_ size: Int, _ players: Int) -> Double {
    Double(players - 1) / Double(size * (players - size))
  }

  /// All choices of some positions, in lexicographic order.
  private func subsets(_ size: Int, of players: Int) -> [[Bool]] {
    var places = Array(0..<size)
    var found: [[Bool]] = []
    while true {
      var members = [Bool](repeating: false, count: players)
      for place in places { members[place] = true }
      found.append(members)
      guard let last = places.indices.last(where: { places[$0] < players - size + $0 }) else {
        return found
      }
      places[last] += 1
      for later in places.indices where later > last { places[later] = places[later - 1] + 1 }
    }
  }

  /// How much of the mean diagonal is added to it, so that a poor draw has a solution too.
  private static let ridge = 1e-12

  /// Weighted least squares with the shares' sum held.
  private func regress(
    _ coalitions: [Weighed],
    _ said: [Double],
    total: Double,
    players: Int
  ) -> [Double] {
    let free = players - 1
    var system = Matrix(rows: free, columns: free)
    var right = [Double](repeating: 0, count: free)
    for (coalition, value) in zip(coalitions, said) {
      let last: Double = coalition.members[free] ? 1 : 0
      let target = value - last * total
      let row = (0..<free).map { (coalition.members[$0] ? 1 : 0) - last }
      for i in 0..<free where row[i] != 0 {
        let weighed = coalition.weight * row[i]
        right[i] += weighed * target
        for j in 0...i { system[i, j] += weighed * row[j] }
      }
    }
    let mean = (0..<free).reduce(0) { $0 + system[$1, $1] } / Double(free)
    for i in 0..<free { system[i, i] += KernelShapley.ridge * mean }
    let solved = (try? Cholesky(system))?.solve(right) ?? [Double](repeating: 0, count: free)
    return solved + [total - solved.reduce(0, +)]
  }
}
