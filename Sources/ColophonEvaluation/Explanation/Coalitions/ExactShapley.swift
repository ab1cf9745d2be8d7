/// Shapley values by all coalitions there are.
///
/// A player gets Σ_S |S|! (M − |S| − 1)! / M! (v(S ∪ i) − v(S)), coalitions in ascending order of the
/// number whose bits they are.
///
/// - SeeAlso: Shapley, "A value for n-person games", 1953.
package enum ExactShapley {
  /// The most players whose coalitions are all asked for: 65,536 of them.
  package static let mostPlayers = 16

  package static func shares(of game: CoalitionGame) throws -> GameShares {
    let players = game.players
    precondition(players <= mostPlayers, "\(players) players")
    let count = 1 << players
    let coalitions = (0..<count).map { bits in
      (0..<players).map { bits >> $0 & 1 == 1 }
    }
    let values = try game.values(coalitions)
    // By the size of the coalition without the player: 1 / (M · (M − 1 over s)).
    let weights = (0..<max(players, 1)).map { size in
      1 / (Double(players) * binomial(players - 1, size))
    }
    var shares = [Double](repeating: 0, count: game.outputs * players)
    for bits in 0..<count {
      for player in 0..<players where bits >> player & 1 == 0 {
        let weight = weights[bits.nonzeroBitCount]
        let with = bits | 1 << player
        for k in 0..<game.outputs {
          shares[k * players + player] +=
            weight * (values[with * game.outputs + k] - values[bits * game.outputs + k])
        }
      }
    }
    return GameShares(base: Array(values[..<game.outputs]), values: shares, coalitions: count)
  }

  static func binomial(_ n: Int, _ k: Int) -> Double {
    var value = 1.0
    for i in 0..<min(k, n - k) { value = value * Double(n - i) / Double(i + 1) }
    return value
  }
}
