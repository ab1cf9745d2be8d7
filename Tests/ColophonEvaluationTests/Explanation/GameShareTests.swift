import ColophonCore
import ColophonEvaluation
import Testing

/// Games whose shares are known.
@Suite struct GameShareTests {
  /// A game of two outputs with terms of one, two and three players.
  static func game(_ players: Int) -> CoalitionGame {
    CoalitionGame(players: players, outputs: 2) { coalitions in
      coalitions.flatMap { s -> [Double] in
        var value = 3.0
        for i in 0..<players where s[i] { value += Double(i) - 1.5 }
        if s[0] && s[1] { value += 4 }
        if s[1] && s[2] && s[3] { value -= 6 }
        return [value, s[2] ? 1 : 0]
      }
    }
  }

  /// Terms are shared equally by who makes them.
  static func expected(_ players: Int) -> [Double] {
    var shares = (0..<players).map { Double($0) - 1.5 }
    shares[0] += 2
    shares[1] += 2
    for i in 1...3 { shares[i] -= 2 }
    return shares + (0..<players).map { $0 == 2 ? 1 : 0 }
  }

  static func gap(_ shares: GameShares, _ players: Int) -> Double {
    zip(shares.values, expected(players)).map { abs($0 - $1) }.max() ?? .infinity
  }

  @Test(arguments: [4, 7])
  func allCoalitionsGiveTheShapleyValues(players: Int) throws {
    let shares = try ExactShapley.shares(of: Self.game(players))
    #expect(Self.gap(shares, players) < 1e-12)
    #expect(shares.base == [3, 0])
    #expect(shares.coalitions == 1 << players)
  }

  /// A budget that holds all sizes but not by enumeration: the regression is exact too.
  @Test func aRegressionOnAllPairsIsExact() throws {
    var random = explanationStream(1)
    let players = 17
    let shares = try KernelShapley(samples: 1 << 17).shares(
      of: Self.game(players),
      drawing: &random
    )
    #expect(shares.coalitions == 1 << 17)
    #expect(Self.gap(shares, players) < 1e-8)
  }

  @Test(arguments: [300, 3_000])
  func samplesComeNear(samples: Int) throws {
    let players = 14
    var random = explanationStream(2)
    let kernel = try KernelShapley(samples: samples).shares(
      of: Self.game(players),
      drawing: &random
    )
    let orders = try PermutationShapley(samples: samples).shares(
      of: Self.game(players),
      drawing: &random
    )
    for shares in [kernel, orders] {
      #expect(shares.coalitions <= samples)
      // The term of three players alone is left to chance, by pairs of coalitions.
      #expect(Self.gap(shares, players) < 20 / Double(samples).squareRoot())
      let whole = try Self.game(players).values([[Bool](repeating: true, count: players)])
      for k in 0..<2 {
        let sum = shares.values[k * players..<(k + 1) * players].reduce(shares.base[k], +)
        #expect(abs(sum - whole[k]) < 1e-9)
      }
    }
  }

  /// Pairs of complements cancel every term of two players, whatever is drawn.
  @Test func ordersAreExactWithoutThirdPlayers() throws {
    let game = CoalitionGame(players: 12, outputs: 1) { coalitions in
      coalitions.map { s in (s[0] && s[5] ? 8 : 0) + (s[7] ? 1 : 0) }
    }
    var random = explanationStream(3)
    let shares = try PermutationShapley(samples: 30).shares(of: game, drawing: &random)
    #expect(abs(shares.values[0] - 4) < 1e-12 && abs(shares.values[5] - 4) < 1e-12)
    #expect(abs(shares.values[7] - 1) < 1e-12)
  }

  @Test func sameStreamSameShares() throws {
    let kernel = KernelShapley(samples: 200)
    var (a, b) = (explanationStream(4), explanationStream(4))
    let first = try kernel.shares(of: Self.game(20), drawing: &a)
    #expect(try kernel.shares(of: Self.game(20), drawing: &b) == first)
  }

  @Test func aLonePlayerTakesAll() throws {
    let game = CoalitionGame(players: 1, outputs: 1) { $0.map { $0[0] ? 5 : 2 } }
    var random = explanationStream(5)
    for shares in [
      try KernelShapley(samples: 2).shares(of: game, drawing: &random),
      try PermutationShapley(samples: 2).shares(of: game, drawing: &random),
    ] {
      #expect(shares.base == [2])
      #expect(shares.values == [3])
    }
  }
}
