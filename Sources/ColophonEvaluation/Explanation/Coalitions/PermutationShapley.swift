package import ColophonCore
import ColophonMath

/// Shapley values by orders in which the players join, each with its reverse.
///
/// A player's share is the mean of what it adds when it joins; every order adds up to the whole, so
/// the shares do too. Taking an order backwards as well cancels every interaction of two players.
///
/// - SeeAlso: Castro, Gómez and Tejada, "Polynomial calculation of the Shapley value based on
///   sampling", 2009; Mitchell, Cooper, Frank and Holmes, "Sampling permutations for Shapley value
///   estimation", 2022, section 2.3.
package struct PermutationShapley: Sendable {
  /// How many coalitions are asked for at most.
  package let samples: Int

  package init(samples: Int) { self.samples = samples }

  package func shares(
    of game: CoalitionGame,
    drawing random: inout RandomStream
  ) throws -> GameShares {
    let players = game.players
    let ends = try game.ends()
    guard players > 0 else { return GameShares(base: ends.none, values: [], coalitions: 2) }
    // An order and its reverse pass players − 1 inner coalitions each.
    let pairs = max(1, (samples - 2) / max(1, 2 * (players - 1)))
    var shares = [Double](repeating: 0, count: game.outputs * players)
    for _ in 0..<pairs {
      let order = random.sample(players, of: players)
      for way in [order, order.reversed()] {
        let values = try game.values(steps(way))
        for (place, player) in way.enumerated() {
          for k in 0..<game.outputs {
            let before = place == 0 ? ends.none[k] : values[(place - 1) * game.outputs + k]
            let after = place + 1 == players ? ends.all[k] : values[place * game.outputs + k]
            shares[k * players + player] += after - before
          }
        }
      }
    }
    return GameShares(
      base: ends.none,
      values: shares.map { $0 / Double(2 * pairs) },
      coalitions: 2 + pairs * 2 * (players - 1)
    )
  }

  /// The coalitions after each joining but the last.
  private func steps(_ order: [Int]) -> [[Bool]] {
    var members = [Bool](repeating: false, count: order.count)
    return order.dropLast().map { player in
      members[player] = true
      return members
    }
  }
}
